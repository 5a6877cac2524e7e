package generator

import (
	"fmt"
	"slices"
	"strings"

	"fastgo/generator/field"
	"fastgo/generator/golang"
	"fastgo/generator/schema"
)

// next lists the edits left to the developer, who owns the code that uses the
// table.
func (a *Alteration) next(t *alteredTable) []string {
	var lines []string
	say := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	switch {
	case a.Empty():
		return []string{schema.MigrationFile(a.ID) + ": write its Migrate and Rollback"}
	case t.file == "":
	case a.form.verb == "rename":
		if i := slices.IndexFunc(t.fields(), func(f field.Field) bool { return f.Name == a.form.column }); i >= 0 {
			f := t.fields()[i]
			before := f.GoName()
			f.Name = a.form.to
			say("%s, %s: replace %[4]s with %[3]s", t.file, t.structOf(f), member(f), before)
		}
	case a.form.verb == "remove":
		for _, f := range a.fields {
			say("%s, %s: remove %s", t.file, t.structOf(f), f.GoName())
		}
	default:
		for _, f := range a.fields {
			complete, _, _ := added(f)
			f.Min = complete.Min // the struct allows what existing rows get
			say("%s, %s: add %s", t.file, t.structOf(f), member(f))
			if c := f.Code(); c.Default != "" && t.file != "internal/auth/user.go" {
				say("%s, SetDefaults: add f.%s = %s", t.file, c.Go, c.Default)
			}
		}
		if t.isServed() {
			lines = append(lines, t.checks()...)
		}
	}
	if t.isServed() {
		say("%s: change the Fields of suite and the requests accordingly", t.resource.File("handlers_test.go"))
	}
	return lines
}

// checks says how handlers.go validates the added references.
func (t *alteredTable) checks() []string {
	h, file := golang.Resource{Resource: t.altered}.Handlers(), t.resource.File("handlers.go")
	var all []string
	for _, r := range h.References {
		all = append(all, fmt.Sprintf("web.Reference(%q, f.%[2]s, before.%[2]s, %s)", r.JSON, r.Field, r.Rows))
	}
	references := strings.Join(all, ", ")
	switch {
	case all == nil:
		return nil
	case t.resource.Refers() != nil:
		return []string{fmt.Sprintf("%s, check: add %s", file, references)}
	}
	call := fmt.Sprintf("%s.check(tx, %s", h.Name.Var, h.CheckPass())
	return []string{
		fmt.Sprintf("%s: add func (f Fields) check(tx *gorm.DB, %sbefore Fields) error { return web.CheckReferences(%s) }", file, h.CheckParams(), references),
		fmt.Sprintf("%s, create: return the error of %sFields{}) before Create, in one transaction", file, call),
		fmt.Sprintf("%s, update: add before := %s.Fields above in.Apply, and return the error of %sbefore) below it", file, h.Name.Var, call),
	}
}

// isServed reports whether the resource has handlers.
func (t *alteredTable) isServed() bool { return t.resource != nil && !t.resource.Model }

// structOf names the struct of a field.
func (t *alteredTable) structOf(f field.Field) string {
	switch {
	case t.name == "users" && f.Settable():
		return "Profile, which users set themselves, or User"
	case f.Settable():
		return "Fields"
	}
	return t.typeName
}

// member returns the struct field for f.
func member(f field.Field) string {
	c := f.Code()
	return fmt.Sprintf("%s %s %s", c.Go, c.Type, c.Tag)
}
