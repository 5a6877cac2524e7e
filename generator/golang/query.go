package golang

import (
	"fmt"

	"fastgo/generator/schema"
)

// Rows returns the Go code of the query for the rows that a user may read. A user known
// to have the role is not checked again.
func Rows(r *schema.Resource, db, role string) string {
	query := fmt.Sprintf("%s.Table(%q)", db, r.Name.Table)
	switch {
	case r.Access.ReadsOwned() && r.SoftDelete:
		query += `.Where("user_id = ? AND deleted_at IS NULL", user.ID)`
	case r.Access.ReadsOwned():
		query += `.Where("user_id = ?", user.ID)`
	case r.SoftDelete:
		query += `.Where("deleted_at IS NULL")`
	}
	if r.NeedsRole(role) {
		query += fmt.Sprintf(".Scopes(user.WithRole(%q))", r.Role)
	}
	if r.Parent != nil && r.Parent.IsHiding(role) {
		query += fmt.Sprintf(`.Where("%s IN (?)", %s.Select("id"))`, r.Parent.Key(), Rows(r.Parent, db, role))
	}
	return query
}
