package golang

import (
	"fmt"
	"slices"
	"strings"

	"fastgo/generator/field"
	"fastgo/generator/name"
	"fastgo/generator/schema"
)

// A Key is a column by which a row names its parent or its owner.
type Key struct{ Go, Tag, Note, Column string }

// Keys are those of the resource.
func (r Resource) Keys() []Key {
	var keys []Key
	if r.Parent != nil {
		key := Key{Go: r.Parent.GoKey(), Tag: field.Tag("json", r.Parent.Key()), Note: "the " + r.Parent.Name.Human + " that it belongs to"}
		column := fmt.Sprintf("type:bigint REFERENCES %s(id) ON DELETE CASCADE;not null", field.Quoted(r.Parent.Name.Table))
		if own := field.OwnColumn(r.Parent.Key()); own != "" {
			key.Tag, column = key.Tag+" "+field.Tag("gorm", own), own+";"+column
		}
		key.Tag, key.Column = "`"+key.Tag+"`", "`"+field.Tag("gorm", column)+"`"
		keys = append(keys, key)
	}
	if r.Access.Owned {
		owner := "`" + field.Tag("json", "user_id")
		if r.Access.ReadsFree() {
			owner += " " + field.Tag("list", "equal")
		}
		keys = append(keys, Key{"UserID", owner + "`", "the owner", "`gorm:\"type:bigint REFERENCES users(id) ON DELETE CASCADE;not null\"`"})
	}
	return keys
}

// Defaults are the fields that are prefilled.
func (r Resource) Defaults() []field.Code {
	return slices.DeleteFunc(slices.Clone(r.Members), func(c field.Code) bool { return c.Default == "" })
}

// Served ends the sentence about the package.
func (r Resource) Served() string {
	if r.Model {
		return ""
	}
	return " and serves them over HTTP"
}

// Indexes are those of the table, as arguments of database.CreateTable: by what
// its rows are found, listed and held unique.
func (r Resource) Indexes() []string {
	_, seen := r.ScopeColumns()
	var all []string
	if len(seen) > 0 {
		all = index(r.Resource, all, "Index", append(seen, "id"))
	}
	if r.Access.Owned && !slices.Equal(seen, []string{"user_id"}) {
		all = index(r.Resource, all, "Index", []string{"user_id"})
	}
	all = index(r.Resource, all, "Index", append(seen, "created_at", "id"))
	for _, f := range r.Fields {
		all = FieldIndexes(r.Resource, all, f)
	}
	return all
}

// FieldIndexes adds those that a field needs.
func FieldIndexes(r *schema.Resource, all []string, f field.Field) []string {
	scope, seen := r.ScopeColumns()
	if f.Sort {
		all = index(r, all, "Index", append(seen, f.Name, "id"))
	}
	switch {
	case f.Unique && f.Global:
		all = index(r, all, "Unique", []string{f.Name})
	case f.Unique:
		all = index(r, all, "Unique", append(scope, f.Name))
	case f.Index && !f.Sort:
		all = index(r, all, "Index", append(seen, f.Name))
	}
	if leads := slices.ContainsFunc(all, func(x string) bool { return strings.Contains(x, `("`+f.Name+`"`) }); f.Type.IsReference() && !leads {
		all = index(r, all, "Index", []string{f.Name})
	}
	return all
}

// index adds one index, once.
func index(r *schema.Resource, all []string, kind string, columns []string) []string {
	text := fmt.Sprintf(`database.%s("%s")`, kind, strings.Join(columns, `", "`))
	if kind == "Unique" && r.SoftDelete {
		text += `.Where("deleted_at IS NULL")`
	}
	if slices.Contains(all, text) {
		return all
	}
	return append(all, text)
}

// CreateFunc is the function of the migration that makes the table.
func (r Resource) CreateFunc() string {
	return "create" + name.Exported(strings.Split(r.Name.Table, "_"))
}
