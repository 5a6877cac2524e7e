package generator

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"fastgo/generator/gosource"
	"fastgo/generator/project"
)

const migrationList = "migrations/migrations.go"

// A Resource is a table, its handlers and its tests. The templates of
// templates/resource are executed with it.
type Resource struct {
	Name      Name
	Module    string
	Protected bool   // each row has an owner
	Migration string // the id of the migration that makes the table
	Access    Access
	Fields    []Code

	fields []Field
}

// NewResource reads the arguments of make:resource; no fields means
// name:string. The error tells all mistakes at once.
func NewResource(name string, fields []string, protected bool) (Resource, error) {
	if len(fields) == 0 {
		fields = []string{"name:string"}
	}
	n, nameErr := ParseName(name)
	f, fieldsErr := ParseFields(fields)
	if err := join(nameErr, fieldsErr); err != nil {
		return Resource{}, err
	}
	r := Resource{Name: n, Protected: protected, fields: f}
	r.Access = r.access()
	for _, field := range f {
		r.Fields = append(r.Fields, field.code())
	}
	return r, nil
}

// First is the field that tests change where any will do.
func (r Resource) First() Code { return r.Fields[0] }

// Required are the fields that a request must have.
func (r Resource) Required() []Code { return r.where(Field.required) }

// Absent are the fields that a request may leave out.
func (r Resource) Absent() []Code { return r.where(func(f Field) bool { return !f.required() }) }

func (r Resource) where(keep func(Field) bool) []Code {
	var codes []Code
	for i, f := range r.fields {
		if keep(f) {
			codes = append(codes, r.Fields[i])
		}
	}
	return codes
}

// RepeatsStrings says whether the tests need the package strings.
func (r Resource) RepeatsStrings() bool {
	return slices.ContainsFunc(r.Fields, func(c Code) bool {
		return strings.Contains(strings.Join(append(append(c.Valid, c.Invalid...), c.Sample), " "), "strings.Repeat")
	})
}

// Spec is what is remembered of the resource.
func (r Resource) Spec() project.Resource {
	spec := project.Resource{Schema: project.Schema, Name: r.Name.Type, Protected: r.Protected, Fields: []string{}}
	for _, f := range r.fields {
		spec.Fields = append(spec.Fields, f.String())
	}
	return spec
}

// file returns a path in the folder of the resource.
func (r Resource) file(name string) string { return path.Join("app", r.Name.Package, name) }

// call is the line of routes.go.
func (r Resource) call() string { return r.Name.Package + r.Access.Line }

// Resource plans a new resource, with a migration of that time or later. A
// resource that exists is left as it is: the plan says so, or that the spec is
// another one.
func (s Source) Resource(app fs.FS, r Resource, now time.Time) (Plan, error) {
	known, err := project.LoadResource(app, r.Name.Snake)
	if errors.Is(err, fs.ErrNotExist) {
		return s.newResource(app, r, now)
	} else if err != nil {
		return Plan{}, err
	}
	spec := r.Spec()
	if known.Protected != spec.Protected || !slices.Equal(known.Fields, spec.Fields) {
		return Plan{}, conflict("%s exists already, as: %s\nTo change it, edit app/%s and add a migration to %s",
			known.Name, commandFor(known), r.Name.Package, path.Dir(migrationList))
	}
	return s.existing(app, r)
}

// commandFor is the command that makes a resource.
func commandFor(r project.Resource) string {
	words := append([]string{"fastgo make:resource", r.Name}, r.Fields...)
	if r.Protected {
		words = append(words, "-p")
	}
	return strings.Join(words, " ")
}

func (s Source) newResource(app fs.FS, r Resource, now time.Time) (Plan, error) {
	made, err := madeMigrations(app)
	if err != nil {
		return Plan{}, err
	}
	if err := r.collisions(app, made); err != nil {
		return Plan{}, err
	}
	r.Migration = made.next(now) + "_create_" + r.Name.Table
	changes, err := s.render(r)
	if err != nil {
		return Plan{}, err
	}
	list, err := edit(app, migrationList, r.CreateFunc()+"(),", func(src []byte) ([]byte, error) {
		return gosource.AddElement(src, "All", r.CreateFunc()+"()")
	})
	if err != nil {
		return Plan{}, err
	}
	pkg := r.Module + "/app/" + r.Name.Package
	routes, err := edit(app, "routes.go", fmt.Sprintf("%s (import %q)", r.call(), pkg), func(src []byte) ([]byte, error) {
		return gosource.AddCall(src, pkg, "routes", r.call())
	})
	if err != nil {
		return Plan{}, err
	}
	return Plan{Changes: append(changes, list, routes), Routes: r.routes(), Migrations: []string{r.Migration}}, nil
}

// collisions returns what is in the way of a new resource.
func (r Resource) collisions(app fs.FS, made made) error {
	var errs []error
	if other := made.creates(r.Name.Table); other != "" {
		errs = append(errs, conflict("resource %s: %s makes a table %s already: take another name", r.Name.Type, other, r.Name.Table))
	}
	dir := path.Join("app", r.Name.Package)
	files, err := fs.Glob(app, path.Join(dir, "*.go"))
	if err != nil {
		return err
	}
	if len(files) > 0 {
		errs = append(errs, conflict("resource %s: there is a package %s already: take another name", r.Name.Type, dir))
	}
	return join(errs...)
}

// render returns the files that belong to the resource alone.
func (s Source) render(r Resource) ([]Change, error) {
	state, err := project.Encode(r.Spec())
	if err != nil {
		return nil, err
	}
	changes := []Change{created(project.ResourceFile(r.Name.Snake), state)}
	for _, file := range []struct{ template, target string }{
		{"handlers.go.tmpl", r.file("handlers.go")},
		{"handlers_test.go.tmpl", r.file("handlers_test.go")},
		{"post.go.tmpl", r.file(r.Name.Package + ".go")},
		{"migration.go.tmpl", migrationFile(r.Migration)},
	} {
		if file.template == "migration.go.tmpl" && r.Migration == "" {
			continue // the owner has removed it
		}
		c, err := s.template(file.template, file.target, r)
		if err != nil {
			return nil, err
		}
		changes = append(changes, c)
	}
	return changes, nil
}

// existing plans nothing: it shows what has stayed as fastgo wrote it.
func (s Source) existing(app fs.FS, r Resource) (Plan, error) {
	made, err := madeMigrations(app)
	if err != nil {
		return Plan{}, err
	}
	r.Migration = made.creating(r.Name.Table)
	changes, err := s.render(r)
	if err != nil {
		return Plan{}, err
	}
	var plan Plan
	for _, c := range append(changes, created(migrationList, nil), created("routes.go", nil)) {
		current, err := fs.ReadFile(app, c.Path)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return Plan{}, err
		}
		c.Kept = current == nil || c.Class != Shared && !same(current, c.New)
		c.Old, c.New = current, current
		plan.Changes = append(plan.Changes, c)
	}
	return plan, nil
}

// edit plans a change inside a file of the owner's. Where the place is gone
// the change says which line to add.
func edit(app fs.FS, file, line string, change func([]byte) ([]byte, error)) (Change, error) {
	old, err := fs.ReadFile(app, file)
	if errors.Is(err, fs.ErrNotExist) {
		return Change{Path: file, Class: classOf(file), Conflict: "the file is gone. Write it, with this line: " + line}, nil
	} else if err != nil {
		return Change{}, err
	}
	c := Change{Path: file, Old: old, New: old, Class: classOf(file)}
	edited, err := change(old)
	var shape *gosource.ShapeError
	switch {
	case errors.As(err, &shape):
		c.Conflict = fmt.Sprintf("%s. Add this line by hand, then run the command again: %s", shape.Reason, line)
		return c, nil
	case err != nil:
		return c, fmt.Errorf("%s: %w", file, err)
	}
	c.New = edited
	return c, nil
}

// routes lists the operations of the resource.
func (r Resource) routes() []Route {
	access, all := r.Access.Name, "/"+r.Name.Table
	one := all + "/{id}"
	return []Route{
		{"GET", all, access}, {"POST", all, access},
		{"GET", one, access}, {"PUT", one, access}, {"PATCH", one, access}, {"DELETE", one, access},
	}
}
