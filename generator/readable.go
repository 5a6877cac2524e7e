package generator

import (
	"fastgo/generator/fail"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// parentReadable reports whether everybody who may read the rows may read the parent.
func (r *Resource) parentReadable(parent *Resource) bool {
	reader := r.access
	if reader.readsFree() {
		reader, _ = accessNamed("public")
	}
	return reader.readable(r.role, parent) && !(parent.access.readsOwned() && !r.access.readsOwned())
}

// wayOut names the access that would do.
func (r *Resource) wayOut(other *Resource) string {
	switch other.access.reads {
	case "owner":
		return fmt.Sprintf("add -p, since each user has his own %s", other.Name.Humans)
	case "role":
		return fmt.Sprintf("add -p or %s", other.access.flag(other.role))
	}
	return "add -p or --shared"
}

// rolesAsked are those that one must have to make a row, with the resources that ask
// for them.
func (r *Resource) rolesAsked() map[string][]string {
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
	for _, other := range r.refers() {
		add(other.Name.Type, other.roles()...)
	}
	return all
}

// contradictingRoles says which roles nobody has at once.
func (r *Resource) contradictingRoles() error {
	roles := r.rolesAsked()
	if len(roles) < 2 || r.model {
		return nil
	}
	var words []string
	for _, role := range slices.Sorted(maps.Keys(roles)) {
		words = append(words, fmt.Sprintf("%s (for %s)", role, strings.Join(roles[role], ", ")))
	}
	return fail.Usage("resource %s: nobody has the roles %s at once: refer to resources of one role", r.Name.Type, strings.Join(words, " and "))
}
