package generator

import (
	"fastgo/generator/field"
	"fastgo/generator/name"
	"path"
	"slices"
	"strings"
)

// needsRole reports whether reading the rows takes a role that the reader may lack.
func (r *Resource) needsRole(role string) bool { return r.access.name == "role" && r.role != role }

// isHiding reports whether rows that are there may be unreadable.
func (r *Resource) isHiding(role string) bool {
	return r.access.readsOwned() || r.SoftDelete || r.needsRole(role) || r.parent != nil && r.parent.isHiding(role)
}

// needsUser reports whether the query depends on the user.
func (r *Resource) needsUser(role string) bool {
	return r.access.readsOwned() || r.needsRole(role) || r.parent != nil && r.parent.needsUser(role)
}

// roles are those that one must have to read the rows.
func (r *Resource) roles() []string {
	var all []string
	if r.role != "" {
		all = append(all, r.role)
	}
	if r.parent != nil {
		all = append(all, r.parent.roles()...)
	}
	return all
}

// isOwned reports whether a row that a user makes is readable by him alone, or
// stands under such a row.
func (r *Resource) isOwned() bool {
	return r.access.readsOwned() || r.parent != nil && r.parent.isOwned()
}

// key is the column by which a child names its parent.
func (r *Resource) key() string { return r.Name.Snake + "_id" }

// below are the resources that a row of this one needs before it can be made,
// in that order, and itself, behind those of seen.
func (r *Resource) below(seen []*Resource) []*Resource {
	return r.belowOf(seen, nil)
}

// belowOf leaves out the resources above it that wait for this one, which a row
// of it cannot need.
func (r *Resource) belowOf(seen, waiting []*Resource) []*Resource {
	if slices.Contains(seen, r) || slices.Contains(waiting, r) {
		return seen
	}
	waiting = append(slices.Clip(waiting), r)
	if r.parent != nil {
		seen = r.parent.belowOf(seen, waiting)
	}
	for _, f := range r.fields {
		if f.Type.IsReference() && !f.MayBeAbsent() {
			seen = r.relatedTo(f).belowOf(seen, waiting)
		}
	}
	return append(seen, r)
}

// relatedTo is the resource that a field refers to; nil if it was not found.
func (r *Resource) relatedTo(f field.Field) *Resource {
	for _, related := range r.related {
		if related.Name.Type == f.Related {
			return related
		}
	}
	return nil
}

// refers are the resources that a client may make this one refer to.
func (r *Resource) refers() []*Resource { return r.relatedBy(field.Field.Settable) }

// sets are those that code alone makes it refer to.
func (r *Resource) sets() []*Resource {
	return r.relatedBy(func(f field.Field) bool { return !f.Settable() })
}

func (r *Resource) relatedBy(keep func(field.Field) bool) []*Resource {
	var all []*Resource
	for _, f := range r.fields {
		if related := r.relatedTo(f); related != nil && keep(f) {
			all = append(all, related)
		}
	}
	return all
}

// goKey is the member of a child that names its parent.
func (t *Resource) goKey() string { return name.Exported(strings.Split(t.key(), "_")) }

// file returns a path in the folder of the resource.
func (r *Resource) file(name string) string { return path.Join("app", r.Name.Package, name) }
