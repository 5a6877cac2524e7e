package generator

import (
	"bytes"
	"fmt"
	"go/token"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"fastgo/generator/fail"
	"fastgo/generator/field"
	"fastgo/generator/golang"
	"fastgo/generator/name"
	"fastgo/generator/plan"
	"fastgo/generator/schema"
)

// longestMigration leaves room for the timestamp before the name and for the file
// extension.
const longestMigration = 100

// An Alteration is a migration of an existing table, or an empty one. It is the
// data of the template in templates/migration.
type Alteration struct {
	Name   string // add_subtitle_to_posts
	Module string
	ID     string
	Func   string // addSubtitleToPosts
	Up     Steps
	Down   Steps

	words  []string
	fields []field.Field
	form   form
}

// Steps are expressions that return an error each.
type Steps struct {
	First []string
	Last  string
}

// NewAlteration parses the name of a migration, in any case, and its fields. It
// returns all errors at once.
func NewAlteration(given string, args []string) (Alteration, error) {
	fields, err := field.Parse(args)
	a := Alteration{words: name.Words(given), fields: fields}
	a.Name = strings.Join(a.words, "_")
	if why := badMigration(given); why != "" {
		return a, fail.Join(fail.Usage("migration %q: %s", given, why), err)
	}
	a.Func = name.Unexported(a.words)
	if token.IsKeyword(a.Func) || name.IsPredeclared(a.Func) || name.IsBasePackage(a.Func) || a.Func == "init" || a.Func == "table" {
		err = fail.Join(fail.Usage("migration %q: %s cannot be a function name: use a more specific name, such as add_subtitle_to_posts", given, a.Func), err)
	}
	return a, err
}

// badMigration returns what is wrong with the name of a migration, or "".
func badMigration(given string) string {
	example := ", such as add_subtitle_to_posts"
	switch {
	case len(given) > longestMigration:
		return fmt.Sprintf("%d characters are too long: at most %d are allowed", len(given), longestMigration)
	case given == "":
		return "missing name" + example
	case !name.IsUpper(given[0]) && !name.IsLower(given[0]):
		return "must start with a letter" + example
	case strings.ContainsFunc(given, func(r rune) bool { return !name.IsRune(r) }):
		return "must consist of letters a to z, digits, - and _" + example
	}
	return ""
}

// Alteration plans a migration with a timestamp of now or later. Repeating it
// changes nothing; a different one with the same name is a conflict, because it
// may have been applied.
func (app *App) Alteration(a Alteration, now time.Time) (plan.Plan, error) {
	made, err := schema.LoadMigrations(app.FS)
	if err != nil {
		return plan.Plan{}, err
	}
	t, err := a.recognize(app, made)
	if err != nil {
		return plan.Plan{}, err
	}
	var p plan.Plan
	p.Warnings = a.complete(t)
	if app.resources != nil {
		p.Warnings = append(app.resources.Notes(), p.Warnings...)
	}
	exists := named(made, a.Name)
	if a.ID = exists; exists == "" {
		a.ID = made.Next(now) + "_" + a.Name
		p.Migrations = []string{a.ID}
		if err := fail.Join(a.mismatch(t), a.twice(app.FS)); err != nil {
			return plan.Plan{}, err
		}
	}
	a.Module = app.Module
	f, err := app.Source.Source("migration", schema.MigrationFile(a.ID), a, "migration.go.tmpl")
	if err != nil {
		return plan.Plan{}, err
	}
	changes, err := merged(app.FS, nil, []golang.File{f})
	if err != nil {
		return plan.Plan{}, err
	}
	c := changes[0]
	if c.Kept {
		return plan.Plan{}, fail.Conflict("migration %s: %s already exists: use another name, such as %s_again, or remove the file if it was never applied", a.Name, c.Path, a.Name)
	}
	list, err := addMigration(app.FS, a.Func)
	p.Changes = []plan.Change{c, list}
	p.Next = a.next(t)
	return p, err
}

// named returns the ID of the migration with a name, or "".
func named(m schema.Migrations, name string) string {
	for _, made := range m {
		if id := schema.MigrationID(made); id[len(schema.Stamp)+1:] == name {
			return id
		}
	}
	return ""
}

// twice returns an error if the migration's function is already declared.
func (a Alteration) twice(app fs.FS) error {
	files, err := fs.Glob(app, path.Join(path.Dir(schema.MigrationList), "*.go"))
	if err != nil {
		return err
	}
	for _, file := range files {
		src, err := fs.ReadFile(app, file)
		if err != nil {
			return err
		}
		if bytes.Contains(src, []byte("\nfunc "+a.Func+"(")) {
			return fail.Conflict("migration %s: %s already declares %s: use another name, such as %s_again", a.Name, file, a.Func, a.Name)
		}
	}
	return nil
}

// steps returns the expressions as Steps.
func steps(all []string) Steps {
	if len(all) == 0 {
		return Steps{Last: "nil"}
	}
	last := len(all) - 1
	return Steps{slices.Clone(all[:last]), all[last]}
}

// complete computes what the template needs, and returns warnings about the values
// in existing rows.
func (a *Alteration) complete(t *alteredTable) (warnings []string) {
	if t.unread != "" {
		warnings = append(warnings, fmt.Sprintf("%s changes %s in a way that cannot be read, so the columns were not checked", t.unread, t.name))
	}
	var adds, drops []string
	for i, f := range t.altered.Fields {
		complete, value, _ := added(f)
		add := fmt.Sprintf("database.AddColumn(tx, %q, %s", t.name, complete.Column())
		for _, x := range golang.FieldIndexes(t.altered, nil, f) {
			add += ", " + x.Code()
		}
		adds = append(adds, add+")")
		drops = append(drops, fmt.Sprintf("database.DropColumn(tx, %q, %q)", t.name, f.Name))
		switch {
		case a.form.verb == "remove":
			warnings = append(warnings, fmt.Sprintf("field %d %q: this deletes its values; a rollback restores the column without them", i+1, f))
		case value != "":
			warnings = append(warnings, fmt.Sprintf("field %d %q: existing rows get %s: add default= for another value, or optional for none", i+1, f, value))
		}
	}
	rename := func(from, to string) Steps {
		return Steps{Last: fmt.Sprintf("database.RenameColumn(tx, %q, %q, %q)", t.name, from, to)}
	}
	switch a.form.verb {
	case "rename":
		a.Up, a.Down = rename(a.form.column, a.form.to), rename(a.form.to, a.form.column)
	case "remove":
		slices.Reverse(adds)
		a.Up, a.Down = steps(drops), steps(adds)
	default:
		slices.Reverse(drops)
		a.Up, a.Down = steps(adds), steps(drops)
	}
	return warnings
}
