package generator

import (
	"fmt"
	"slices"
	"strings"

	"fastgo/generator/fail"
	"fastgo/generator/field"
	"fastgo/generator/name"
	"fastgo/generator/schema"
)

// A form is the change that the name of a migration describes.
type form struct {
	verb   string // add, remove, rename, or "" if unknown
	column string // or a word for several columns
	to     string // the new name
	table  string
}

const knownForms = "add_subtitle_to_posts, remove_subtitle_from_posts"

// forms returns all interpretations of a name, because the name of a column or table
// may contain words such as to.
func forms(words []string) []form {
	join := func(words []string) string { return strings.Join(words, "_") }
	var all []form
	for i, word := range words {
		if i == 0 || i == len(words)-1 {
			continue
		}
		column, table := join(words[1:i]), join(words[i+1:])
		switch {
		case words[0] == "add" && word == "to":
			all = append(all, form{verb: "add", column: column, table: table})
		case (words[0] == "remove" || words[0] == "drop") && word == "from":
			all = append(all, form{verb: "remove", column: column, table: table})
		case words[0] == "rename" && (word == "in" || word == "on"):
			for j := 2; j < i-1; j++ {
				if words[j] == "to" {
					all = append(all, form{"rename", join(words[1:j]), join(words[j+1 : i]), table})
				}
			}
		}
	}
	return all
}

// recognize finds the table to change and returns all errors at once. Without a
// form, the table is empty.
func (a *Alteration) recognize(app *App, made schema.Migrations) (*alteredTable, error) {
	readings := forms(a.words)
	if readings == nil {
		if len(a.fields) > 0 {
			return nil, fail.Usage("migration %q: the name does not say what to do with the fields: use one like %s; make:model creates a table", a.Name, knownForms)
		}
		return &alteredTable{altered: &schema.Resource{}}, nil
	}
	tables := tables(made)
	known := func(f form) bool { return slices.Contains(tables, f.table) }
	i := slices.IndexFunc(readings, known)
	if i < 0 {
		a.form = readings[len(readings)-1]
		return nil, fail.Usage("migration %q: no migration creates table %s%s; for an empty migration use another name, such as change_%s",
			a.Name, a.form.table, name.DidYouMean(a.form.table, tables), a.form.table)
	}
	a.form = readings[i]
	t, err := loadTable(app, a.form.table, made)
	if err != nil {
		return nil, err
	}
	for _, other := range readings[i:] { // prefer an existing column
		if known(other) && slices.Contains(t.columns, other.column) && other.table == a.form.table {
			a.form = other
			break
		}
	}
	t.altered.Fields = slices.Clone(a.fields)
	return t, fail.Join(a.missing(t), t.resources.Resolve(t.altered), a.badFields(t))
}

// missing returns an error if arguments are missing or unnecessary.
func (a *Alteration) missing(t *alteredTable) error {
	switch {
	case a.form.verb == "rename" && len(a.fields) > 0:
		return fail.Usage("migration %q: renaming keeps the type: remove the fields", a.Name)
	case a.form.verb == "rename" || len(a.fields) > 0:
		return nil
	}
	if a.form.verb == "remove" && slices.Contains(t.fixed, a.form.column) {
		return a.fixed(t, a.form.column)
	}
	example, why := a.form.column+":string", "the column type is missing"
	if a.form.column == "" {
		example = "subtitle:string"
	}
	if a.form.verb == "remove" {
		why = "the column type is missing, which a rollback needs"
		if i := slices.IndexFunc(t.fields(), func(f field.Field) bool { return f.Name == a.form.column }); i >= 0 {
			example = t.fields()[i].String()
			if _, _, problem := added(t.fields()[i]); problem != "" {
				example += ":optional"
			}
		}
	}
	return fail.Usage("migration %q: %s: fastgo make:migration %s %s", a.Name, why, a.Name, example)
}

// badFields returns an error for each field that the table, or its existing rows,
// cannot have.
func (a *Alteration) badFields(t *alteredTable) error {
	var errs []error
	for i, f := range a.fields {
		if why := t.altered.FieldCollision(f); why != "" && a.form.verb != "remove" {
			errs = append(errs, fail.Usage("field %d %q: %s", i+1, f, why))
		}
		if _, _, why := added(f); why != "" {
			errs = append(errs, fail.Usage("field %d %q: %s", i+1, f, why))
		}
	}
	return fail.Join(errs...)
}

// fixed returns the error for a column that cannot be removed or renamed.
func (a *Alteration) fixed(t *alteredTable, column string) error {
	return fail.Usage("migration %q: the application uses column %s.%s, so it cannot be changed", a.Name, t.name, column)
}

// mismatch returns an error for each column that exists already, or does not exist.
func (a *Alteration) mismatch(t *alteredTable) error {
	var errs []error
	bad := func(format string, args ...any) {
		errs = append(errs, fail.Usage("migration %q: %s", a.Name, fmt.Sprintf(format, args...)))
	}
	leaves := func(column string) {
		switch {
		case slices.Contains(t.fixed, column):
			errs = append(errs, a.fixed(t, column))
		case t.columns != nil && !slices.Contains(t.columns, column):
			bad("table %s has no column %s%s", t.name, column, name.DidYouMean(column, t.columns))
		}
	}
	comes := func(column string) {
		name := func(column string) string { return name.Exported(strings.Split(column, "_")) }
		if i := slices.IndexFunc(t.columns, func(there string) bool { return name(there) == name(column) }); i >= 0 {
			bad("table %s already has a column %s: use another name", t.name, t.columns[i])
		}
	}
	for _, f := range a.fields {
		if a.form.verb == "remove" {
			leaves(f.Name)
		} else {
			comes(f.Name)
		}
	}
	if a.form.verb == "rename" {
		leaves(a.form.column)
		comes(a.form.to)
		if _, why := field.ParseName(a.form.to); why != "" {
			bad("%s: %s", a.form.to, why)
		}
	}
	return fail.Join(errs...)
}

// Empty reports whether the migration has to be written by hand.
func (a Alteration) Empty() bool { return a.form.verb == "" }
