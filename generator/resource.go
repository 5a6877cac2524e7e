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

// Resource plans a resource, with a migration of that time or later. What is
// there already stays as it is, so that the same command again changes nothing,
// or completes what is missing; another spec of the same resource is refused.
func (s Source) Resource(app fs.FS, r Resource, now time.Time) (Plan, error) {
	made, err := madeMigrations(app)
	if err != nil {
		return Plan{}, err
	}
	known, err := project.LoadResource(app, r.Name.Snake)
	if errors.Is(err, fs.ErrNotExist) {
		err = r.collisions(app, made)
	} else if spec := r.Spec(); err == nil && (known.Protected != spec.Protected || !slices.Equal(known.Fields, spec.Fields)) {
		err = &Error{Conflict, []string{
			fmt.Sprintf("%s exists already, as: %s", known.Name, commandFor(known)),
			fmt.Sprintf("to change it, edit app/%s and add a migration to %s", r.Name.Package, path.Dir(migrationList)),
		}}
	}
	if err != nil {
		return Plan{}, err
	}
	return s.plan(app, r, made, now)
}

// commandFor is the command that makes a resource.
func commandFor(r project.Resource) string {
	words := append([]string{"fastgo make:resource", r.Name}, r.Fields...)
	if r.Protected {
		words = append(words, "-p")
	}
	return strings.Join(words, " ")
}

func (s Source) plan(app fs.FS, r Resource, made made, now time.Time) (Plan, error) {
	plan := Plan{Routes: r.routes()}
	if r.Migration = made.creating(r.Name.Table); r.Migration == "" {
		r.Migration = made.next(now) + "_create_" + r.Name.Table
		plan.Migrations = []string{r.Migration}
	}
	files, err := s.render(r)
	if err != nil {
		return Plan{}, err
	}
	for i := range files {
		if err := files[i].keep(app); err != nil {
			return Plan{}, err
		}
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
	plan.Changes = append(files, list, routes)
	return plan, nil
}

// keep leaves a file that is there as it is.
func (c *Change) keep(app fs.FS) error {
	current, err := fs.ReadFile(app, c.Path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	c.Kept = !same(current, c.New)
	c.Old, c.New = current, current
	return err
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
		c, err := s.template(file.template, file.target, r)
		if err != nil {
			return nil, err
		}
		changes = append(changes, c)
	}
	return changes, nil
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
