package schema

import (
	"path"
	"slices"
	"strings"

	"fastgo/generator/fail"
	"fastgo/generator/field"
	"fastgo/generator/name"
)

// NeedsRole reports whether reading the rows requires a role that the reader may lack.
func (r *Resource) NeedsRole(role string) bool { return r.Access.ReadsRole() && r.Role != role }

// IsHiding reports whether existing rows may be unreadable.
func (r *Resource) IsHiding(role string) bool {
	return r.Access.ReadsOwned() || r.SoftDelete || r.NeedsRole(role) || r.Parent != nil && r.Parent.IsHiding(role)
}

// NeedsUser reports whether the query depends on the user.
func (r *Resource) NeedsUser(role string) bool {
	return r.Access.ReadsOwned() || r.NeedsRole(role) || r.Parent != nil && r.Parent.NeedsUser(role)
}

// Roles returns the roles required to read the rows.
func (r *Resource) Roles() []string {
	var all []string
	if r.Role != "" {
		all = append(all, r.Role)
	}
	if r.Parent != nil {
		all = append(all, r.Parent.Roles()...)
	}
	return all
}

// IsOwned reports whether a row is readable only by the user who created it, or has
// such a parent.
func (r *Resource) IsOwned() bool {
	return r.Access.ReadsOwned() || r.Parent != nil && r.Parent.IsOwned()
}

// Key returns the foreign key column of a child.
func (r *Resource) Key() string { return r.Name.Snake + "_id" }

// Below appends to seen the resources whose rows must exist before one of this
// resource can be created, in order, and the resource itself.
func (r *Resource) Below(seen []*Resource) []*Resource {
	return r.belowOf(seen, nil)
}

// belowOf leaves out the waiting resources that led here, which a row cannot
// require.
func (r *Resource) belowOf(seen, waiting []*Resource) []*Resource {
	if slices.Contains(seen, r) || slices.Contains(waiting, r) {
		return seen
	}
	waiting = append(slices.Clip(waiting), r)
	if r.Parent != nil {
		seen = r.Parent.belowOf(seen, waiting)
	}
	for _, f := range r.Fields {
		if f.Type.IsReference() && !f.MayBeAbsent() {
			seen = r.RelatedTo(f).belowOf(seen, waiting)
		}
	}
	return append(seen, r)
}

// RelatedTo returns the resource that a field references, or nil if it was not found.
func (r *Resource) RelatedTo(f field.Field) *Resource {
	for _, related := range r.Related {
		if related.Name.Type == f.Related {
			return related
		}
	}
	return nil
}

// Refers returns the resources that clients may reference from this one.
func (r *Resource) Refers() []*Resource { return r.relatedBy(field.Field.Settable) }

// Sets returns the resources that only code may reference from this one.
func (r *Resource) Sets() []*Resource {
	return r.relatedBy(func(f field.Field) bool { return !f.Settable() })
}

func (r *Resource) relatedBy(keep func(field.Field) bool) []*Resource {
	var all []*Resource
	for _, f := range r.Fields {
		if related := r.RelatedTo(f); related != nil && keep(f) {
			all = append(all, related)
		}
	}
	return all
}

// GoKey returns the Go field of a child for its foreign key.
func (t *Resource) GoKey() string { return name.Exported(strings.Split(t.Key(), "_")) }

// File returns a path in the package of the resource.
func (r *Resource) File(name string) string { return path.Join(r.Folder(), name) }

// ScopeColumns returns the columns that scope the rows a user may write, and those
// that scope a list.
func (r *Resource) ScopeColumns() (scope, seen []string) {
	if r.Parent != nil {
		scope, seen = append(scope, r.Parent.Key()), append(seen, r.Parent.Key())
	}
	if r.Access.Owned {
		scope = append(scope, "user_id")
	}
	if r.Access.ReadsOwned() {
		seen = append(seen, "user_id")
	}
	return slices.Clip(scope), slices.Clip(seen)
}

// Unreadable returns why no row of the resource can be written: code does not tell
// the type of a column that needs a value.
func (r *Resource) Unreadable() error {
	for _, f := range r.Fields {
		if f.Unreadable != nil && !f.Optional {
			return fail.Failed("%v, so fastgo cannot create a row of %s: use a type that fastgo knows, or make it optional", f.Unreadable, r.Name.Type)
		}
	}
	return nil
}
