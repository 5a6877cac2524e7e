package golang

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"fastgo/generator/field"
	"fastgo/generator/name"
	"fastgo/generator/schema"
)

// testing writes what the generated tests need of the access and the fixtures.
func (h *Handlers) testing() {
	for _, t := range h.needs {
		h.Fixtures = append(h.Fixtures, fixture(t))
	}
	for i, f := range h.Fixtures {
		if !h.calls(f.Func) {
			h.Fixtures[i].Func = ""
		}
	}
	h.Client, h.Other = `User("ann")`, `User("bob")`
	ownedFixture := slices.ContainsFunc(h.needs, func(t *schema.Resource) bool { return t.Access.Owned })
	if roles := slices.Collect(maps.Keys(h.RolesAsked())); len(roles) == 1 {
		h.Client, h.Other = fmt.Sprintf(`UserWithRole("ann", %q)`, roles[0]), fmt.Sprintf(`UserWithRole("bob", %q)`, roles[0])
	} else if !h.Access.IsGuarded() && !ownedFixture {
		h.Client = "Anonymous()"
	}
	h.Address = fmt.Sprintf("%q", "/api"+h.Path)
	if h.Parent != nil {
		h.Address = fmt.Sprintf("fmt.Sprintf(%q, %s(c))", h.AddressFormat(), h.ParentFunc())
	}
}

// calls reports whether a test needs the one row of a fixture that is made once.
func (h *Handlers) calls(function string) bool {
	call := function + "(c)"
	return h.Parent != nil && h.ParentFunc() == function ||
		slices.ContainsFunc(h.Members, func(c field.Code) bool { return c.Sample == call }) ||
		slices.ContainsFunc(h.Fixtures, func(f Fixture) bool {
			return slices.ContainsFunc(f.Columns, func(c FixtureColumn) bool { return c.Value == call })
		})
}

// tests are the templates of handlers_test.go.
func (r Resource) tests() []string {
	has := func(keep func(field.Field) bool) bool { return slices.ContainsFunc(r.Fields, keep) }
	h := r.Handlers()
	var names []string
	for _, test := range []struct {
		name   string
		wanted bool
	}{
		{"01_start", true},
		{"01_self", has(func(f field.Field) bool { return f.RelatedSelf && f.Settable() })},
		{"02_change", len(h.Mutable()) > 0},
		{"02_parallel", len(h.Mutable()) > 1},
		{"03_required", len(h.Required()) > 0},
		{"04_absent", len(h.Absent()) > 0},
		{"05_immutable", len(h.Immutable()) > 0},
		{"06_guard", r.Access.IsGuarded()},
		{"07_owner", r.Access.Owned},
		{"08_own_list", r.Access.ReadsOwned()},
		{"08_one_owners_list", r.Access.Owned && r.Access.ReadsFree()},
		{"09_shared", r.Access.Name == "shared" || r.Access.Name == "role"},
		{"10_role", r.Access.Name == "role"},
		{"11_parent", r.Parent != nil},
		{"12_hidden_parent", r.Parent != nil && r.Parent.IsOwned()},
		{"12_deleted_parent", h.IsUnderSoft()},
		{"13_hidden_target", len(h.OwnedReferences()) > 0},
		{"13_deleted_target", len(h.SoftReferences()) > 0},
		{"13_role_target", len(h.RoleReferences()) > 0},
		{"14_unique", len(h.UniqueMembers()) > 0},
		{"15_unique_owner", len(h.OwnUniqueMembers()) > 0},
		{"15_unique_global", len(h.GlobalMembers()) > 0},
		{"15_unique_parent", len(h.ParentUniqueMembers()) > 0},
		{"16_restore", r.SoftDelete},
		{"17_filter", len(h.Filtered()) > 0},
		{"18_sort", len(h.Sorted()) > 0},
		{"19_search", len(h.Searched()) > 0},
		{"20_self", len(h.SelfMembers()) > 0},
		{"21_table", true},
		{"22_foreign_keys", len(h.ForeignKeys()) > 0},
	} {
		if test.wanted {
			names = append(names, "test/"+test.name+".go.tmpl")
		}
	}
	return names
}

// where returns the fields that a client may set and that fulfil a condition.
func (r Resource) where(keep func(field.Field) bool) []field.Code {
	var codes []field.Code
	rest := r.Members // whose codes these are, in their order
	for _, f := range r.Fields {
		if !f.Settable() {
			continue
		}
		if keep(f) {
			codes = append(codes, rest[0])
		}
		rest = rest[1:]
	}
	return codes
}

func names(codes []field.Code) []string {
	var all []string
	for _, c := range codes {
		all = append(all, c.JSON)
	}
	return all
}

// Required are the fields that a request must have.
func (r Resource) Required() []field.Code {
	return r.where(func(f field.Field) bool { return !f.MayBeAbsent() })
}

// Absent are the fields that a request may leave out.
func (r Resource) Absent() []field.Code { return r.where(field.Field.MayBeAbsent) }

// Mutable are the fields that can be changed.
func (r Resource) Mutable() []field.Code {
	return r.where(func(f field.Field) bool { return !f.Immutable })
}

// Immutable are those that cannot.
func (r Resource) Immutable() []field.Code {
	return r.where(func(f field.Field) bool { return f.Immutable })
}

// RequiredMutable and AbsentMutable are the two kinds of fields that a PUT may change.
func (r Resource) RequiredMutable() []field.Code {
	return r.where(func(f field.Field) bool { return !f.Immutable && !f.MayBeAbsent() })
}

// AbsentMutable are those that it may leave out.
func (r Resource) AbsentMutable() []field.Code {
	return r.where(func(f field.Field) bool { return !f.Immutable && f.MayBeAbsent() })
}

// First and Second are two fields that can be changed.
func (r Resource) First() field.Code { return r.Mutable()[0] }

// Second is the other one.
func (r Resource) Second() field.Code { return r.Mutable()[1] }

// ImmutableMembers are the names of the immutable fields.
func (r Resource) ImmutableMembers() []string { return names(r.Immutable()) }

// UniqueMembers are the names of the fields whose values are unique.
func (r Resource) UniqueMembers() []string {
	return names(r.where(func(f field.Field) bool { return f.Unique && !f.RelatedSelf }))
}

// UniqueMutable are those among them that can be changed.
func (r Resource) UniqueMutable() []string {
	return names(r.where(func(f field.Field) bool { return f.Unique && !f.Immutable && !f.RelatedSelf }))
}

// OwnUniqueMembers are those that two users may both have.
func (r Resource) OwnUniqueMembers() []string {
	return names(r.where(func(f field.Field) bool {
		return f.Unique && !f.Global && r.Access.Owned && !f.Type.IsReference()
	}))
}

// ReadOnlyMembers are the members of an answer that a request may not set, but
// for the times.
func (r Resource) ReadOnlyMembers() []string {
	all := []string{"id"}
	if r.Parent != nil {
		all = append(all, r.Parent.Key())
	}
	if r.Access.Owned {
		all = append(all, "user_id")
	}
	for _, f := range r.Fields {
		if f.ReadOnly {
			all = append(all, f.Name)
		}
	}
	return all
}

// HiddenMembers are the fields that no answer has.
func (r Resource) HiddenMembers() []string {
	var all []string
	for _, f := range r.Fields {
		if f.Hidden {
			all = append(all, f.Name)
		}
	}
	return all
}

// OwnedReferences are the fields that refer to what a user alone may read.
func (h Handlers) OwnedReferences() []OwnedReference {
	var all []OwnedReference
	for _, f := range h.Fields {
		if f.Type.IsReference() && f.Settable() && !f.RelatedSelf && h.RelatedTo(f).IsOwned() && !f.Immutable {
			all = append(all, OwnedReference{f.Name, field.NewIDFunc(f.Related)})
		}
	}
	return all
}

// An OwnedReference is such a field, and the function that makes a row for it.
type OwnedReference struct{ JSON, NewFunc string }

// IsFresh reports whether a new row needs a number.
func (h Handlers) IsFresh() bool {
	return slices.ContainsFunc(h.Members, func(c field.Code) bool { return field.CountsRows(c.New) })
}

// CollectionParam and WithParam name the client where he is used.
func (h Handlers) CollectionParam() string {
	if h.Parent != nil {
		return "c *apitest.Client"
	}
	return "*apitest.Client"
}

// WithParam is the same for with.
func (h Handlers) WithParam() string {
	if h.IsFresh() || slices.ContainsFunc(h.Members, func(c field.Code) bool { return strings.HasSuffix(c.New, "(c)") }) {
		return "c"
	}
	return "_"
}

// GuardedWord and GuardedMethods are what needs a token.
func (h Handlers) GuardedWord() string {
	if h.Access.ReadsFree() {
		return "Write"
	}
	return "Request"
}

// GuardedMethods are the methods of one row.
func (h Handlers) GuardedMethods() []string {
	if h.Access.ReadsFree() {
		return []string{"PUT", "PATCH", "DELETE"}
	}
	return []string{"GET", "PUT", "PATCH", "DELETE"}
}

// ReadsGuarded reports whether reading needs a token.
func (h Handlers) ReadsGuarded() bool { return !h.Access.ReadsFree() }

// RoutePath begins the paths of the operations.
func (h Handlers) RoutePath() string { return "/api" + h.Path }

// Who may write, as the list of routes says it.
func (h Handlers) Who() string { return h.Access.Who }

// Outsider is the client of a user who has none of the roles.
func (h Handlers) Outsider() string {
	_, everybodys := h.RolesAsked()[schema.EverybodysRole]
	return outsider("eve", everybodys)
}

// outsider is the client of a user with the role that every account has at
// first, or with another one.
func outsider(name string, isEverybodys bool) string {
	if isEverybodys {
		return fmt.Sprintf("UserWithRole(%q, %q)", name, "guest")
	}
	return fmt.Sprintf("User(%q)", name)
}

// RoleType is the role as a part of a Go name.
func (h Handlers) RoleType() string { return name.Exported(name.Words(h.Role)) }

// CheckComment ends the comment of check.
func (h Handlers) CheckComment() string {
	if h.CheckParams() != "" {
		return " and the user may read it"
	}
	return ""
}

// ParentType, ParentHuman, ParentKey, ParentFunc and ParentNewFunc name the parent.
func (h Handlers) ParentType() string { return h.Parent.Name.Type }

// ParentHuman is the parent in a sentence.
func (h Handlers) ParentHuman() string { return h.Parent.Name.Human }

// ParentKey is the member that names it.
func (h Handlers) ParentKey() string { return h.Parent.Key() }

// ParentFunc is the function that makes one for a test.
func (h Handlers) ParentFunc() string { return field.IDFunc(h.Parent.Name.Type) }

// ParentNewFunc makes another.
func (h Handlers) ParentNewFunc() string { return field.NewIDFunc(h.Parent.Name.Type) }

// AddressFormat is the path of the collection for a parent's id.
func (h Handlers) AddressFormat() string {
	return fmt.Sprintf("/api/%s/%%v/%s", h.Parent.Name.Table, h.Name.Table)
}

// SelfFunc is the function that makes a row for another of its kind to refer to.
func (h Handlers) SelfFunc() string { return field.NewIDFunc(h.Name.Type) }
