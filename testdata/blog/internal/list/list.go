// Package list answers one page of rows at a time.
package list

import (
	"encoding/base64"
	"reflect"
	"strconv"
	"strings"

	"gorm.io/gorm"

	"example.com/blog/internal/web"
)

// Query is the input of an operation that lists rows.
type Query struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"20" doc:"Rows of a page"`
	Cursor string `query:"cursor" maxLength:"200" doc:"next_cursor of the page before"`
}

// Page is the answer that carries some rows.
type Page[T any] struct{ Body Items[T] }

// Items are the rows of a page, and where the next page starts.
type Items[T any] struct {
	Items      []T     `json:"items"`
	Limit      int     `json:"limit"`
	NextCursor *string `json:"next_cursor" doc:"null on the last page"`
}

// Rows returns a page of the rows that the query sees, in the order of their
// ids. A cursor that this package has not made is a 422.
func Rows[T any](query *gorm.DB, in *Query) (*Page[T], error) {
	after, err := decode(in.Cursor)
	if err != nil {
		return nil, err
	}
	rows := make([]T, 0, in.Limit+1)
	found := query.Where("id > ?", after).Order("id").Limit(in.Limit + 1).Find(&rows)
	if found.Error != nil {
		return nil, found.Error
	}
	page := &Page[T]{Items[T]{Items: rows, Limit: in.Limit}}
	if len(rows) > in.Limit {
		page.Body.Items = rows[:in.Limit]
		id, _ := found.Statement.Schema.PrioritizedPrimaryField.ValueOf(query.Statement.Context, reflect.ValueOf(rows[in.Limit-1]))
		next := encode(id.(int64))
		page.Body.NextCursor = &next
	}
	return page, nil
}

// mark begins each cursor, so that another text is not taken for one.
const mark = "id>"

func encode(id int64) string {
	return base64.RawURLEncoding.EncodeToString([]byte(mark + strconv.FormatInt(id, 10)))
}

func decode(cursor string) (int64, error) {
	if cursor == "" {
		return 0, nil
	}
	plain, err := base64.RawURLEncoding.Strict().DecodeString(cursor)
	digits, marked := strings.CutPrefix(string(plain), mark)
	id, wrong := strconv.ParseInt(digits, 10, 64)
	if err != nil || !marked || wrong != nil || id < 1 || encode(id) != cursor {
		return 0, web.Invalid(web.FieldError{Field: "cursor", Message: "is not a cursor of this list"})
	}
	return id, nil
}
