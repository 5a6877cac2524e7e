package golang

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"fastgo/generator/field"
	"fastgo/generator/schema"
)

// A Stored is a column of a row that a test writes without the API, and the Go
// expression of its value.
type Stored struct{ Column, Value string }

// StoredColumns are those that the table has no value for.
func (h Handlers) StoredColumns() []Stored {
	var all []Stored
	if h.Parent != nil {
		all = append(all, Stored{h.Parent.Key(), field.IDFunc(h.Parent.Name.Type) + "(c)"})
	}
	if h.Access.Owned {
		all = append(all, Stored{"user_id", "c.UserID"})
	}
	for _, f := range h.Fields {
		if !f.MayBeAbsent() {
			all = append(all, Stored{f.Name, f.Stored()})
		}
	}
	return all
}

// StoredFresh reports whether they need a number, and StoredParam names the client
// where he is used.
func (h Handlers) StoredFresh() bool {
	return slices.ContainsFunc(h.StoredColumns(), func(s Stored) bool { return field.CountsRows(s.Value) })
}

// StoredParam is c, or _ where nothing depends on the client.
func (h Handlers) StoredParam() string {
	if h.StoredFresh() || slices.ContainsFunc(h.StoredColumns(), func(s Stored) bool { return strings.HasPrefix(s.Value, "c.") || strings.HasSuffix(s.Value, "(c)") }) {
		return "c"
	}
	return "_"
}

// StoredDefaults are the fields that the table has a value for.
func (r Resource) StoredDefaults() []field.Code {
	var all []field.Code
	for _, f := range r.Fields {
		if f.MayBeAbsent() && !f.Hidden {
			all = append(all, f.Code())
		}
	}
	return all
}

// Forbidden are values that the table refuses.
func (h Handlers) Forbidden() []Stored {
	var all []Stored
	for _, key := range h.Keys() {
		column := strings.Split(key.Tag, `"`)[1]
		all = append(all, Stored{column, "nil"}, Stored{column, "999999"})
	}
	for _, f := range h.Fields {
		if !f.Optional {
			all = append(all, Stored{f.Name, "nil"})
		}
		for _, value := range f.Forbidden() {
			all = append(all, Stored{f.Name, value})
		}
	}
	return all
}

// A ForeignKey is a column that refers to another table, and what the deletion
// of the row there does.
type ForeignKey struct {
	Column, Table string
	ID            string // Go: of a row there that no other row refers to
	TakesAlong    bool
}

// ForeignKeys are those of the table.
func (h Handlers) ForeignKeys() []ForeignKey {
	var all []ForeignKey
	if h.Parent != nil {
		all = append(all, ForeignKey{h.Parent.Key(), h.Parent.Name.Table, field.NewIDFunc(h.Parent.Name.Type) + "(c)", true})
	}
	if h.Access.Owned {
		all = append(all, ForeignKey{"user_id", "users", "app." + h.Other + ".UserID", true})
	}
	for _, f := range h.Fields {
		if !f.Type.IsReference() {
			continue
		}
		id := field.NewIDFunc(f.Related) + "(c)"
		if f.RelatedSelf {
			id = fmt.Sprintf("c.Insert(%q, stored(c, nil))", h.Name.Table)
		}
		all = append(all, ForeignKey{f.Name, f.RelatedTable, id, f.Type.Name == "belongs"})
	}
	return all
}

// A Query is one that a list refuses, and the parameter that it names.
type Query struct{ Text, Parameter string }

// Closed are those about fields that are not open to lists, or not in that way.
func (r Resource) Closed() []Query {
	var all []Query
	refuse := func(wrong bool, parameter, value string) {
		if wrong {
			all = append(all, Query{parameter + "=" + value, parameter})
		}
	}
	for _, f := range r.Fields {
		text, open, value := f.Type.GoType == "string", f.IsFiltered(), asked(f)
		if !f.Sort {
			all = append(all, Query{"sort=" + f.Name, "sort"})
		}
		refuse(!open, f.Name+".in", value)
		refuse(open && !f.Filter && text, f.Name+".contains", value)
		refuse(open && !f.Filter && !text && f.Type.Name != "bool", f.Name+".gte", value)
		refuse(open && (!text || f.Choices != nil), f.Name+".in", "no%20value")
	}
	return all
}

// asked is a value of the field as a query has it.
func asked(f field.Field) string {
	switch {
	case f.Choices != nil:
		return f.Choices[0]
	case f.Type.GoType == "string":
		return "a"
	case f.Type.IsReference(), f.Type.Name == "json":
		return "1"
	}
	return url.QueryEscape(strings.TrimSuffix(strings.Trim(f.Sample(), `"`), ".0"))
}

// IndexColumns are the columns of each index, as apitest reads them.
func (r Resource) IndexColumns() []string {
	var all []string
	for _, call := range r.Indexes() {
		_, columns, _ := strings.Cut(call, `("`)
		columns, _, _ = strings.Cut(columns, `")`)
		columns = strings.TrimSuffix(strings.ReplaceAll(columns, `", "`, ","), ",id")
		if !slices.Contains(all, columns) {
			all = append(all, columns)
		}
	}
	return all
}

// SoftReferences are the fields that refer to rows that may be deleted softly.
func (h Handlers) SoftReferences() []TableReference {
	return h.tableReferences(func(t *schema.Resource) bool { return t.SoftDelete })
}

// RoleReferences are those that refer to what only users with a role may read,
// who are not the only ones to write here.
func (h Handlers) RoleReferences() []TableReference {
	if h.Parent != nil && len(h.Parent.Roles()) > 0 {
		return nil
	}
	return h.tableReferences(func(t *schema.Resource) bool { return t.NeedsRole(h.Role) })
}

// A TableReference is a field, the table that it refers to, and the function
// that makes a row there.
type TableReference struct{ JSON, Table, NewFunc string }

func (h Handlers) tableReferences(keep func(t *schema.Resource) bool) []TableReference {
	var all []TableReference
	for _, f := range h.Fields {
		if f.Type.IsReference() && f.Settable() && !f.RelatedSelf && keep(h.RelatedTo(f)) {
			all = append(all, TableReference{f.Name, f.RelatedTable, field.NewIDFunc(f.Related)})
		}
	}
	return all
}

// GlobalMembers are the fields that no two users may both have, and
// ParentUniqueMembers those that rows under two parents may both have.
func (r Resource) GlobalMembers() []string {
	return names(r.where(func(f field.Field) bool { return f.Unique && f.Global && !f.Type.IsReference() }))
}

// ParentUniqueMembers are such fields.
func (r Resource) ParentUniqueMembers() []string {
	return names(r.where(func(f field.Field) bool { return f.Unique && !f.Global && r.Parent != nil && !f.Type.IsReference() }))
}

// SelfMembers are the fields that keep the row of the same kind to which they
// refer.
func (r Resource) SelfMembers() []string {
	return names(r.where(func(f field.Field) bool { return f.RelatedSelf && f.Type.Name == "ref" }))
}

// IsUnderSoft reports whether the parent may be deleted softly.
func (h Handlers) IsUnderSoft() bool { return h.Parent != nil && h.Parent.SoftDelete }

// ParentTable is the table of the parent.
func (h Handlers) ParentTable() string { return h.Parent.Name.Table }
