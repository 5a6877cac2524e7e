package schema

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"fastgo/generator/fail"
)

// parentReadable reports whether everyone who may read the rows may read the parent.
func (r *Resource) parentReadable(parent *Resource) bool {
	reader := r.Access
	if reader.ReadsFree() {
		reader, _ = AccessNamed("public")
	}
	return reader.readable(r.Role, parent) && !(parent.Access.ReadsOwned() && !r.Access.ReadsOwned())
}

// accessFix suggests a sufficient access mode.
func (r *Resource) accessFix(other *Resource) string {
	switch other.Access.reads {
	case owner:
		return fmt.Sprintf("add -p, because %s are private to each user", other.Name.Humans)
	case withRole:
		return fmt.Sprintf("add -p or %s", other.Access.Flag(other.Role))
	}
	return "add -p or --shared"
}

// RolesAsked returns the roles required to create a row, with the resources that
// require them.
func (r *Resource) RolesAsked() map[string][]string {
	all := map[string][]string{}
	add := func(name string, roles ...string) {
		for _, role := range roles {
			if !slices.Contains(all[role], name) {
				all[role] = append(all[role], name)
			}
		}
	}
	if r.Role != "" {
		add(r.Name.Type, r.Role)
	}
	if r.Parent != nil {
		add(r.Parent.Name.Type, r.Parent.Roles()...)
	}
	for _, other := range r.Refers() {
		add(other.Name.Type, other.Roles()...)
	}
	return all
}

// contradictingRoles returns an error if a row requires several roles.
func (r *Resource) contradictingRoles() error {
	roles := r.RolesAsked()
	if len(roles) < 2 || r.Model {
		return nil
	}
	var words []string
	for _, role := range slices.Sorted(maps.Keys(roles)) {
		words = append(words, fmt.Sprintf("%s (for %s)", role, strings.Join(roles[role], ", ")))
	}
	return fail.Usage("resource %s: requires the roles %s, but a user has only one: reference resources of a single role", r.Name.Type, strings.Join(words, " and "))
}
