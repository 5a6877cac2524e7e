package web

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// Path is the part of an input that names the row under which others stand:
// the post in /posts/{post_id}/comments/{id}.
type Path struct{ parent int64 }

// Parent returns the id of the row under which this one stands; 0 where the
// path of the operation names none.
func (p *Path) Parent() int64 { return p.parent }

// Resolve reads the id from the path.
func (p *Path) Resolve(c huma.Context) []error {
	name := parentParameter(c.Operation().Path)
	if name == "" {
		return nil
	}
	id, err := strconv.ParseInt(c.Param(name), 10, 64)
	if err != nil || id < 1 {
		return []error{&huma.ErrorDetail{Location: "path." + name, Message: "must be the id of a row"}}
	}
	p.parent = id
	return nil
}

// parentParameter returns post_id for /posts/{post_id}/comments/{id}.
func parentParameter(path string) string {
	_, rest, _ := strings.Cut(path, "{")
	name, _, _ := strings.Cut(rest, "}")
	if name == "id" {
		return ""
	}
	return name
}

// describeParent adds the parent's id to the parameters of the API document.
func describeParent[I any](op *huma.Operation) {
	name := parentParameter(op.Path)
	if _, ok := any(new(I)).(interface{ Parent() int64 }); !ok || name == "" {
		return
	}
	least := 1.0
	op.Parameters = append(op.Parameters, &huma.Param{
		Name: name, In: "path", Required: true, Example: 1,
		Schema: &huma.Schema{Type: huma.TypeInteger, Format: "int64", Minimum: &least},
	})
}

// Scoped returns the query, if rows sees the row of the id under which the
// query's rows stand. Otherwise whatever is done with it returns
// gorm.ErrRecordNotFound.
func Scoped(query, rows *gorm.DB, id int64) *gorm.DB {
	query = query.Session(&gorm.Session{})
	found, err := exists(rows, id)
	if err == nil && !found {
		err = gorm.ErrRecordNotFound
	}
	if err != nil {
		_ = query.AddError(err)
	}
	return query
}

// A ReferenceCheck is one of CheckReferences.
type ReferenceCheck struct {
	field   string
	id, old int64
	rows    *gorm.DB
}

// Reference describes a field that holds an id, and held another one before. The
// query rows sees all rows that the field may refer to.
func Reference[ID int64 | *int64](field string, id, old ID, rows *gorm.DB) ReferenceCheck {
	return ReferenceCheck{field, number(id), number(old), rows}
}

func number(id any) int64 {
	switch id := id.(type) {
	case int64:
		return id
	case *int64:
		if id != nil {
			return *id
		}
	}
	return 0
}

// CheckReferences returns a 422 that names the fields that refer anew to a row
// that their query does not see. Within a transaction it holds the rows that
// are there until the end.
func CheckReferences(references ...ReferenceCheck) error {
	var fields []FieldError
	for _, r := range references {
		if r.id == 0 || r.id == r.old { // no row, or still the same
			continue
		}
		found, err := exists(r.rows, r.id)
		if err != nil {
			return fmt.Errorf("look up %s: %w", r.field, err)
		}
		if !found {
			fields = append(fields, FieldError{r.field, "does not name a row that you can read"})
		}
	}
	if fields != nil {
		return Invalid(fields...)
	}
	return nil
}

// exists reports whether a query sees the row of an id.
func exists(rows *gorm.DB, id int64) (bool, error) {
	query := rows.Session(&gorm.Session{}).Select("1").Where("id = ?", id).Limit(1)
	if _, inTransaction := query.Statement.ConnPool.(gorm.TxCommitter); inTransaction {
		query = query.Clauses(clause.Locking{Strength: "SHARE"})
	}
	var one int
	found := query.Scan(&one)
	return found.RowsAffected == 1, found.Error
}

// violatedReference is the answer to a write that a foreign key forbids.
func violatedReference(method string) *Error {
	if method == http.MethodDelete {
		return NewError(http.StatusConflict, "Other rows refer to this one")
	}
	return NewError(http.StatusUnprocessableEntity, "A row that this one refers to does not exist")
}
