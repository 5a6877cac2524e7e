package generator

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"fastgo/generator/fail"
	"fastgo/generator/field"
	"fastgo/generator/name"
	"fastgo/generator/project"
)

// A target is a resource that another one refers to, or stands under.
type target struct {
	Name   name.Name
	access access
	role   string
	soft   bool
	fields []field.Field
	parent *target
}

// loadTarget reads what the project remembers of a resource, whose name may be
// spelled in any way.
func loadTarget(app fs.FS, given string) (*target, error) {
	if why := name.CheckReference(given); why != "" {
		return nil, fail.Usage("resource %q: %s", given, why)
	}
	for _, words := range [][]string{name.Merge(name.Words(given)), name.SingularWords(given)} {
		spec, err := project.LoadResource(app, strings.Join(words, "_"))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		return newTarget(app, spec)
	}
	return findTarget(app, given)
}

// findTarget looks for a resource by the plural that it was given.
func findTarget(app fs.FS, given string) (*target, error) {
	specs, err := project.LoadResources(app)
	if err != nil {
		return nil, err
	}
	var known []string
	for _, spec := range specs {
		name, err := name.Parse(spec.Name, spec.Plural)
		if err == nil && name.Is(given) {
			return newTarget(app, spec)
		}
		known = append(known, spec.Name)
	}
	return nil, fail.Usage("there is no resource %s%s: make it first, with fastgo make:resource %s", given, name.DidYouMean(given, known), given)
}

func newTarget(app fs.FS, spec project.Resource) (*target, error) {
	r, err := FromSpec(spec)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", project.ResourceFile(spec.Name), err)
	}
	if err := r.resolve(app); err != nil {
		return nil, err
	}
	if err := r.migrate(app); err != nil {
		return nil, err
	}
	return r.asTarget(), nil
}

// asTarget is the resource as others refer to it.
func (r *Resource) asTarget() *target {
	return &target{Name: r.Name, access: r.access, role: r.role, soft: r.SoftDelete, fields: r.fields, parent: r.parent}
}

// rows writes the query of the rows that a user may read, in Go. Whoever has
// the role already needs no look at it.
func (t *target) rows(db, role string) string {
	query := fmt.Sprintf("%s.Table(%q)", db, t.Name.Table)
	switch {
	case t.access.readsOwned() && t.soft:
		query += `.Where("user_id = ? AND deleted_at IS NULL", user.ID)`
	case t.access.readsOwned():
		query += `.Where("user_id = ?", user.ID)`
	case t.soft:
		query += `.Where("deleted_at IS NULL")`
	}
	if t.needsRole(role) {
		query += fmt.Sprintf(".Scopes(user.WithRole(%q))", t.role)
	}
	if t.parent != nil && t.parent.isHiding(role) {
		query += fmt.Sprintf(`.Where("%s IN (?)", %s.Select("id"))`, t.parent.key(), t.parent.rows(db, role))
	}
	return query
}

func (t *target) needsRole(role string) bool { return t.access.name == "role" && t.role != role }

// isHiding reports whether rows that are there may be unreadable.
func (t *target) isHiding(role string) bool {
	return t.access.readsOwned() || t.soft || t.needsRole(role) || t.parent != nil && t.parent.isHiding(role)
}

// needsUser reports whether the query depends on the user.
func (t *target) needsUser(role string) bool {
	return t.access.readsOwned() || t.needsRole(role) || t.parent != nil && t.parent.needsUser(role)
}

// roles are those that one must have to read the rows.
func (t *target) roles() []string {
	var all []string
	if t.role != "" {
		all = append(all, t.role)
	}
	if t.parent != nil {
		all = append(all, t.parent.roles()...)
	}
	return all
}

// isOwned reports whether a row that a user makes is readable by him alone, or
// stands under such a row.
func (t *target) isOwned() bool {
	return t.access.readsOwned() || t.parent != nil && t.parent.isOwned()
}

// key is the column by which a child names its parent.
func (t *target) key() string { return t.Name.Snake + "_id" }

// below are the resources that a row of this one needs before it can be made,
// in that order, and itself.
func (t *target) below(app fs.FS, seen []*target) ([]*target, error) {
	known := func(name string) bool {
		return slices.ContainsFunc(seen, func(o *target) bool { return o.Name.Type == name })
	}
	if known(t.Name.Type) {
		return seen, nil
	}
	var err error
	if t.parent != nil {
		if seen, err = t.parent.below(app, seen); err != nil {
			return nil, err
		}
	}
	for _, f := range t.fields {
		if !f.Type.IsReference() || f.MayBeAbsent() || known(f.Related) || f.Related == t.Name.Type {
			continue
		}
		other, err := loadTarget(app, f.Related)
		if err != nil {
			return nil, err
		}
		if seen, err = other.below(app, seen); err != nil {
			return nil, err
		}
	}
	return append(seen, t), nil
}
