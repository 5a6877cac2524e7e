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

// Path is the part of an input that identifies the parent row: the post in
// /posts/{post_id}/comments/{id}.
type Path struct{ parent int64 }

// Parent returns the ID of the parent row, or 0 if the path has none.
func (p *Path) Parent() int64 { return p.parent }

// Resolve parses the ID in the path.
func (p *Path) Resolve(c huma.Context) []error {
	name := parentParameter(c.Operation().Path)
	if name == "" {
		return nil
	}
	id, err := strconv.ParseInt(c.Param(name), 10, 64)
	if err != nil || id < 1 {
		return []error{&huma.ErrorDetail{Location: "path." + name, Message: "must be a row ID"}}
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

// describeParent adds the parent's ID to the parameters in the API document.
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

// Scoped returns the query if rows contains the parent row with the given ID.
// Otherwise every use of it returns gorm.ErrRecordNotFound.
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

// A ReferenceCheck is an argument of CheckReferences.
type ReferenceCheck struct {
	field      string
	id, before int64
	rows       *gorm.DB
}

// Reference describes a field that references the row id and referenced before
// earlier. The query rows selects the rows that the field may reference.
func Reference[ID int64 | *int64](field string, id, before ID, rows *gorm.DB) ReferenceCheck {
	return ReferenceCheck{field, idOf(id), idOf(before), rows}
}

func idOf(id any) int64 {
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

// CheckReferences returns a 422 that lists the changed fields whose row does not
// exist. In a transaction it locks the referenced rows until the end.
func CheckReferences(references ...ReferenceCheck) error {
	var fields []FieldError
	for _, r := range references {
		if r.id == 0 || r.id == r.before { // none, or unchanged
			continue
		}
		found, err := exists(r.rows, r.id)
		if err != nil {
			return fmt.Errorf("look up %s: %w", r.field, err)
		}
		if !found {
			fields = append(fields, FieldError{r.field, "must be the ID of a row that you can read"})
		}
	}
	if fields != nil {
		return Invalid(fields...)
	}
	return nil
}

// exists reports whether a query selects the row with an ID.
func exists(rows *gorm.DB, id int64) (bool, error) {
	query := rows.Session(&gorm.Session{}).Select("1").Where("id = ?", id).Limit(1)
	if _, inTransaction := query.Statement.ConnPool.(gorm.TxCommitter); inTransaction {
		query = query.Clauses(clause.Locking{Strength: "SHARE"})
	}
	var one int
	found := query.Scan(&one)
	return found.RowsAffected == 1, found.Error
}

// violatedReference returns the error for a violated foreign key.
func violatedReference(method string) *Error {
	if method == http.MethodDelete {
		return NewError(http.StatusConflict, "Other rows reference this row")
	}
	return NewError(http.StatusUnprocessableEntity, "A referenced row does not exist")
}
