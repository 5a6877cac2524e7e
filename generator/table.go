package generator

import (
	"fmt"
	"slices"
	"strings"

	"fastgo/generator/field"
	"fastgo/generator/name"
)

// A Key is a column by which a row names its parent or its owner.
type Key struct{ Go, Tag, Note, Column string }

// Keys are those of the resource.
func (r *Resource) Keys() []Key {
	var keys []Key
	if r.parent != nil {
		key := Key{Go: r.parent.goKey(), Tag: field.Tag("json", r.parent.key()), Note: "the " + r.parent.Name.Human + " that it belongs to"}
		column := fmt.Sprintf("type:bigint REFERENCES %s(id) ON DELETE CASCADE;not null", field.Quoted(r.parent.Name.Table))
		if own := field.OwnColumn(r.parent.key()); own != "" {
			key.Tag, column = key.Tag+" "+field.Tag("gorm", own), own+";"+column
		}
		key.Tag, key.Column = "`"+key.Tag+"`", "`"+field.Tag("gorm", column)+"`"
		keys = append(keys, key)
	}
	if r.access.owned {
		owner := "`" + field.Tag("json", "user_id")
		if r.access.readsFree() {
			owner += " " + field.Tag("list", "equal")
		}
		keys = append(keys, Key{"UserID", owner + "`", "the owner", "`gorm:\"type:bigint REFERENCES users(id) ON DELETE CASCADE;not null\"`"})
	}
	return keys
}

// Defaults are the fields that are prefilled.
func (r resourceCode) Defaults() []field.Code {
	return slices.DeleteFunc(slices.Clone(r.Fields), func(c field.Code) bool { return c.Default == "" })
}

// Served ends the sentence about the package.
func (r *Resource) Served() string {
	if r.model {
		return ""
	}
	return " and serves them over HTTP"
}

// Indexes are those of the table, as arguments of database.CreateTable: by what
// its rows are found, listed and held unique.
func (r *Resource) Indexes() []string {
	_, seen := r.scopeColumns()
	var all []string
	if len(seen) > 0 {
		all = r.index(all, "Index", append(seen, "id"))
	}
	if r.access.owned && !slices.Equal(seen, []string{"user_id"}) {
		all = r.index(all, "Index", []string{"user_id"})
	}
	all = r.index(all, "Index", append(seen, "created_at", "id"))
	for _, f := range r.fields {
		all = r.fieldIndexes(all, f)
	}
	return all
}

// scopeColumns returns the columns that narrow the rows of a user, and those of a
// list.
func (r *Resource) scopeColumns() (scope, seen []string) {
	if r.parent != nil {
		scope, seen = append(scope, r.parent.key()), append(seen, r.parent.key())
	}
	if r.access.owned {
		scope = append(scope, "user_id")
	}
	if r.access.readsOwned() {
		seen = append(seen, "user_id")
	}
	return slices.Clip(scope), slices.Clip(seen)
}

// fieldIndexes adds those that a field needs.
func (r *Resource) fieldIndexes(all []string, f field.Field) []string {
	scope, seen := r.scopeColumns()
	if f.Sort {
		all = r.index(all, "Index", append(seen, f.Name, "id"))
	}
	switch {
	case f.Unique && f.Global:
		all = r.index(all, "Unique", []string{f.Name})
	case f.Unique:
		all = r.index(all, "Unique", append(scope, f.Name))
	case f.Index && !f.Sort:
		all = r.index(all, "Index", append(seen, f.Name))
	}
	if leads := slices.ContainsFunc(all, func(x string) bool { return strings.Contains(x, `("`+f.Name+`"`) }); f.Type.IsReference() && !leads {
		all = r.index(all, "Index", []string{f.Name})
	}
	return all
}

// index adds one index, once.
func (r *Resource) index(all []string, kind string, columns []string) []string {
	text := fmt.Sprintf(`database.%s("%s")`, kind, strings.Join(columns, `", "`))
	if kind == "Unique" && r.SoftDelete {
		text += `.Where("deleted_at IS NULL")`
	}
	if slices.Contains(all, text) {
		return all
	}
	return append(all, text)
}

// OwnTable reports whether gorm has to be told the name of the table.
func (r *Resource) OwnTable() bool { return r.Name.OwnTable() }

// CreateFunc is the function of the migration that makes the table.
func (r resourceCode) CreateFunc() string {
	return "create" + name.Exported(strings.Split(r.Name.Table, "_"))
}
