package generator

import "fmt"

// rows writes the query of the rows that a user may read, in Go. Whoever has
// the role already needs no look at it.
func (r *Resource) rows(db, role string) string {
	query := fmt.Sprintf("%s.Table(%q)", db, r.Name.Table)
	switch {
	case r.access.readsOwned() && r.SoftDelete:
		query += `.Where("user_id = ? AND deleted_at IS NULL", user.ID)`
	case r.access.readsOwned():
		query += `.Where("user_id = ?", user.ID)`
	case r.SoftDelete:
		query += `.Where("deleted_at IS NULL")`
	}
	if r.needsRole(role) {
		query += fmt.Sprintf(".Scopes(user.WithRole(%q))", r.role)
	}
	if r.parent != nil && r.parent.isHiding(role) {
		query += fmt.Sprintf(`.Where("%s IN (?)", %s.Select("id"))`, r.parent.key(), r.parent.rows(db, role))
	}
	return query
}
