package golang

import (
	"fmt"
	"slices"
	"strings"

	"fastgo/generator/field"
	"fastgo/generator/name"
	"fastgo/generator/schema"
)

// A Key is a foreign key to the parent or the owner.
type Key struct{ Go, Tag, Note, Column string }

// Keys returns the keys of the resource.
func (r Resource) Keys() []Key {
	var keys []Key
	if r.Parent != nil {
		key := Key{Go: r.Parent.GoKey(), Tag: field.Tag("json", r.Parent.Key()), Note: "the " + r.Parent.Name.Human + " that it belongs to"}
		if own := field.OwnColumn(r.Parent.Key()); own != "" {
			key.Tag += " " + field.Tag("gorm", own)
		}
		key.Tag, key.Column = "`"+key.Tag+"`", fmt.Sprintf("table.Ref(%q, %q).Cascade()", r.Parent.Key(), r.Parent.Name.Table)
		keys = append(keys, key)
	}
	if r.Access.Owned {
		owner := "`" + field.Tag("json", "user_id")
		if r.Access.ReadsFree() {
			owner += " " + field.Tag("list", "equal")
		}
		keys = append(keys, Key{"UserID", owner + "`", "the owner", `table.Ref("user_id", "users").Cascade()`})
	}
	return keys
}

// Defaults returns the fields with defaults.
func (r Resource) Defaults() []field.Code {
	return slices.DeleteFunc(slices.Clone(r.Members), func(c field.Code) bool { return c.Default == "" })
}

// Served returns the end of the package comment.
func (r Resource) Served() string {
	if r.Model {
		return ""
	}
	return " and serves them over HTTP"
}

// An Index is one of a table.
type Index struct {
	Columns []string
	Unique  bool
	Live    bool // leaves out rows that are deleted softly
}

// Code returns the index as a migration declares it.
func (x Index) Code() string {
	function, where := "Index", ""
	if x.Unique {
		function = "Unique"
	}
	if x.Live {
		where = `.Where("deleted_at IS NULL")`
	}
	return fmt.Sprintf(`table.%s("%s")%s`, function, strings.Join(x.Columns, `", "`), where)
}

// Indexes are those of the table: by what its rows are found, listed and held
// unique.
func (r Resource) Indexes() []Index {
	_, seen := r.ScopeColumns()
	var all []Index
	if len(seen) > 0 {
		all = index(all, append(seen, "id")...)
	}
	if r.Access.Owned && !slices.Equal(seen, []string{"user_id"}) {
		all = index(all, "user_id")
	}
	all = index(all, append(seen, "created_at", "id")...)
	for _, f := range r.Fields {
		all = FieldIndexes(r.Resource, all, f)
	}
	return all
}

// FieldIndexes appends the indexes that a field needs.
func FieldIndexes(r *schema.Resource, all []Index, f field.Field) []Index {
	scope, seen := r.ScopeColumns()
	if f.Sort {
		all = index(all, append(seen, f.Name, "id")...)
	}
	switch {
	case f.Unique && f.Global:
		all = append(all, Index{[]string{f.Name}, true, r.SoftDelete})
	case f.Unique:
		all = append(all, Index{append(scope, f.Name), true, r.SoftDelete})
	case f.Index && !f.Sort:
		all = index(all, append(seen, f.Name)...)
	}
	if leads := slices.ContainsFunc(all, func(x Index) bool { return x.Columns[0] == f.Name }); f.Type.IsReference() && !leads {
		all = index(all, f.Name)
	}
	return all
}

// index adds an index unless it is present.
func index(all []Index, columns ...string) []Index {
	if slices.ContainsFunc(all, func(x Index) bool { return !x.Unique && slices.Equal(x.Columns, columns) }) {
		return all
	}
	return append(all, Index{Columns: columns})
}

// CreateFunc returns the name of the function of the migration.
func (r Resource) CreateFunc() string {
	return "create" + name.Exported(strings.Split(r.Name.Table, "_"))
}
