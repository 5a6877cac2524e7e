package schema

import (
	"path"
	"slices"
	"strings"

	"fastgo/generator/fail"
	"fastgo/generator/field"
	"fastgo/generator/name"
)

// NeedsRole reports whether reading the rows takes a role that the reader may lack.
func (r *Resource) NeedsRole(role string) bool { return r.Access.ReadsRole() && r.Role != role }

// IsHiding reports whether rows that are there may be unreadable.
func (r *Resource) IsHiding(role string) bool {
	return r.Access.ReadsOwned() || r.SoftDelete || r.NeedsRole(role) || r.Parent != nil && r.Parent.IsHiding(role)
}

// NeedsUser reports whether the query depends on the user.
func (r *Resource) NeedsUser(role string) bool {
	return r.Access.ReadsOwned() || r.NeedsRole(role) || r.Parent != nil && r.Parent.NeedsUser(role)
}

// Roles are those that one must have to read the rows.
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

// IsOwned reports whether a row that a user makes is readable by him alone, or
// stands under such a row.
func (r *Resource) IsOwned() bool {
	return r.Access.ReadsOwned() || r.Parent != nil && r.Parent.IsOwned()
}

// Key is the column by which a child names its parent.
func (r *Resource) Key() string { return r.Name.Snake + "_id" }

// Below are the resources that a row of this one needs before it can be made,
// in that order, and itself, behind those of seen.
func (r *Resource) Below(seen []*Resource) []*Resource {
	return r.belowOf(seen, nil)
}

// belowOf leaves out the resources above it that wait for this one, which a row
// of it cannot need.
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

// RelatedTo is the resource that a field refers to; nil if it was not found.
func (r *Resource) RelatedTo(f field.Field) *Resource {
	for _, related := range r.Related {
		if related.Name.Type == f.Related {
			return related
		}
	}
	return nil
}

// Refers are the resources that a client may make this one refer to.
func (r *Resource) Refers() []*Resource { return r.relatedBy(field.Field.Settable) }

// Sets are those that code alone makes it refer to.
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

// GoKey is the member of a child that names its parent.
func (t *Resource) GoKey() string { return name.Exported(strings.Split(t.Key(), "_")) }

// File returns a path in the folder of the resource.
func (r *Resource) File(name string) string { return path.Join(r.Folder(), name) }

// ScopeColumns returns the columns that narrow the rows of a user, and those of a
// list.
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
			return fail.Failed("%v, so fastgo cannot write a row of %s: make it a type of field, or optional", f.Unreadable, r.Name.Type)
		}
	}
	return nil
}
