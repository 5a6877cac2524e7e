package generator

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"fastgo/generator/fail"
)

// resolve finds the resources that this one refers to, or stands under, and
// says which of them it cannot.
func (r *Resource) resolve(app fs.FS) error {
	var errs []error
	if r.under != "" {
		parent, err := loadTarget(app, r.under)
		if err != nil {
			err = fail.Usage("--parent %s: %v", r.under, err)
		} else if !r.parentReadable(parent) {
			err = fail.Usage("--parent %s: not everybody who may read %s may read %s: %s", r.under, r.Name.Humans, parent.Name.Humans, r.wayOut(parent))
		} else if parent.soft && r.Name.Table == "restore" {
			err = fail.Usage("--parent %s: POST /%s/{id}/restore brings a deleted row back: take another --plural, such as restorations", r.under, parent.Name.Table)
		}
		if r.parent, errs = parent, append(errs, err); parent != nil {
			r.under = parent.Name.Type
		}
	}
	for i := range r.fields {
		f := &r.fields[i]
		if !f.Type.IsReference() {
			continue
		}
		other := r.asTarget()
		if f.RelatedSelf = r.Name.Is(f.RelatedAs); !f.RelatedSelf {
			var err error
			if other, err = loadTarget(app, f.RelatedAs); err != nil {
				errs = append(errs, fail.Usage("field %d %q: %v", i+1, f, err))
				continue
			}
		}
		f.Related, f.RelatedTable = other.Name.Type, other.Name.Table
		if !r.model && !r.access.readable(r.role, *other) {
			errs = append(errs, fail.Usage("field %d %q: not everybody who may write %s may read %s: %s", i+1, f, r.Name.Humans, other.Name.Humans, r.wayOut(other)))
		}
		if f.Settable() {
			r.refers = append(r.refers, other)
		} else {
			r.sets = append(r.sets, other)
		}
	}
	if roles := r.roles(); len(roles) > 1 && !r.model {
		var words []string
		for _, role := range slices.Sorted(maps.Keys(roles)) {
			words = append(words, fmt.Sprintf("%s (for %s)", role, strings.Join(roles[role], ", ")))
		}
		errs = append(errs, fail.Usage("resource %s: nobody has the roles %s at once: refer to resources of one role", r.Name.Type, strings.Join(words, " and ")))
	}
	return fail.Join(errs...)
}

// parentReadable reports whether everybody who may read the rows may read the parent.
func (r *Resource) parentReadable(parent *target) bool {
	reader := r.access
	if reader.readsFree() {
		reader, _ = accessNamed("public")
	}
	return reader.readable(r.role, *parent) && !(parent.access.readsOwned() && !r.access.readsOwned())
}

// wayOut names the access that would do.
func (r *Resource) wayOut(other *target) string {
	switch other.access.reads {
	case "owner":
		return fmt.Sprintf("add -p, since each user has his own %s", other.Name.Humans)
	case "role":
		return fmt.Sprintf("add -p or %s", other.access.flag(other.role))
	}
	return "add -p or --shared"
}

// roles are those that one must have to make a row, with the resources that ask
// for them.
func (r *Resource) roles() map[string][]string {
	all := map[string][]string{}
	add := func(name string, roles ...string) {
		for _, role := range roles {
			if !slices.Contains(all[role], name) {
				all[role] = append(all[role], name)
			}
		}
	}
	if r.role != "" {
		add(r.Name.Type, r.role)
	}
	if r.parent != nil {
		add(r.parent.Name.Type, r.parent.roles()...)
	}
	for _, other := range r.refers {
		add(other.Name.Type, other.roles()...)
	}
	return all
}
