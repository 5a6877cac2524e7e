package generator

import (
	"errors"
	"io/fs"
	"path"
	"reflect"
	"slices"
	"strings"
	"time"

	"fastgo/generator/fail"
	"fastgo/generator/field"
	"fastgo/generator/name"
	"fastgo/generator/plan"
	"fastgo/generator/project"
)

// A Resource is a table, its handlers and its tests. The templates of
// templates/resource are executed with it.
type Resource struct {
	Name       name.Name
	Module     string
	Migration  string // the id of the migration that makes the table
	SoftDelete bool
	Fields     []field.Code // that a client may set
	ByCode     []field.Code // that code sets

	model       bool // it has no handlers
	access      access
	role        string
	pluralGiven bool
	under       string // the parent, in the spelling of its type
	parent      *target
	fields      []field.Field
	refers      []*target // what a client may make it refer to
	sets        []*target // what code alone does
	needs       []*target // the rows that a test has to make first
}

// complete computes what the templates need once everything is resolved.
func (r *Resource) complete(app fs.FS) error {
	for _, f := range r.fields {
		if f.Settable() {
			r.Fields = append(r.Fields, f.Code())
		} else {
			r.ByCode = append(r.ByCode, f.Code())
		}
	}
	var err error
	if r.parent != nil {
		if r.needs, err = r.parent.below(app, r.needs); err != nil {
			return err
		}
	}
	for _, other := range slices.Concat(r.refers, r.sets) {
		if other.Name.Type == r.Name.Type {
			continue
		}
		if r.needs, err = other.below(app, r.needs); err != nil {
			return err
		}
	}
	return nil
}

// file returns a path in the folder of the resource.
func (r Resource) file(name string) string { return path.Join("app", r.Name.Package, name) }

// Resource plans a resource, with a migration of that time or later. What is
// there already stays as it is, so that the same command again changes nothing,
// or completes what is missing; another spec of the same resource is refused.
func (s Source) Resource(app fs.FS, r Resource, now time.Time) (plan.Plan, error) {
	made, err := madeMigrations(app)
	if err != nil {
		return plan.Plan{}, err
	}
	known, err := project.LoadResource(app, r.Name.Snake)
	if err == nil && !r.pluralGiven && known.Plural != "" { // is remembered
		r.Name, err = name.Parse(known.Name, known.Plural)
	}
	unresolved := r.resolve(app)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		err = fail.Join(r.collisions(app, made), r.pathTaken(app))
	case err == nil && r.serves(known):
		err = fail.Join(r.stillReadable(app, known), r.pathTaken(app))
	case err == nil && !reflect.DeepEqual(known, r.Spec()):
		err = fail.Join(
			fail.Conflict("%s exists already, as: %s", known.Name, commandFor(known)),
			fail.Conflict("to change it, edit app/%s and add a migration to %s", r.Name.Package, path.Dir(migrationList)),
		)
	}
	if err := fail.Join(err, unresolved); err != nil {
		return plan.Plan{}, err
	}
	if err := r.complete(app); err != nil {
		return plan.Plan{}, err
	}
	return s.plan(app, r, known, made, now)
}

// commandFor is the command that makes a resource.
func commandFor(r project.Resource) string {
	words := append([]string{"fastgo make:resource", r.Name}, r.Fields...)
	if r.Kind == project.Model {
		words[0] = "fastgo make:model"
	}
	if a, ok := accessNamed(r.Access); ok && a.flag(r.Role) != "" {
		words = append(words, a.flag(r.Role))
	}
	if r.Parent != "" {
		words = append(words, "--parent", r.Parent)
	}
	if r.Plural != "" {
		words = append(words, "--plural", r.Plural)
	}
	if r.SoftDelete {
		words = append(words, "--soft-delete")
	}
	return strings.Join(words, " ")
}

// plan plans the files of the resource, which the project may know as a model.
func (s Source) plan(app fs.FS, r Resource, known project.Resource, made made, now time.Time) (plan.Plan, error) {
	var p plan.Plan
	if r.Migration = made.creating(r.Name.Table); r.Migration == "" {
		r.Migration = made.next(now) + "_create_" + r.Name.Table
		p.Migrations = []string{r.Migration}
	}
	files, err := s.render(r)
	if err != nil {
		return plan.Plan{}, err
	}
	model, err := s.model(r, known)
	if err != nil {
		return plan.Plan{}, err
	}
	for i := range files {
		if err := files[i].Keep(app, model[files[i].Path]); err != nil {
			return plan.Plan{}, err
		}
	}
	list, err := addMigration(app, r.CreateFunc())
	if err != nil {
		return plan.Plan{}, err
	}
	if p.Changes = append(files, list); r.model {
		return p, nil
	}
	routes, err := addRoutes(app, r.Module+"/app/"+r.Name.Package, r.handlers().Call())
	if err != nil {
		return plan.Plan{}, err
	}
	p.Changes, p.Routes = append(p.Changes, routes), r.routes()
	return p, nil
}

// collisions returns what is in the way of a new resource.
func (r Resource) collisions(app fs.FS, made made) error {
	var errs []error
	if other := made.creates(r.Name.Table); other != "" {
		errs = append(errs, fail.Conflict("resource %s: %s makes a table %s already: take another name", r.Name.Type, other, r.Name.Table))
	}
	dir := path.Join("app", r.Name.Package)
	files, err := fs.Glob(app, path.Join(dir, "*.go"))
	if err != nil {
		return err
	}
	if len(files) > 0 {
		errs = append(errs, fail.Conflict("resource %s: there is a package %s already: take another name", r.Name.Type, dir))
	}
	return fail.Join(errs...)
}

// render returns the files that belong to the resource alone.
func (s Source) render(r Resource) ([]plan.Change, error) {
	state, err := project.Encode(r.Spec())
	if err != nil {
		return nil, err
	}
	type file struct {
		Related   string
		templates []string
		data      any
	}
	files := []file{
		{r.file(r.Name.Package + ".go"), []string{"post.go.tmpl"}, r},
		{migrationFile(r.Migration), []string{"migration.go.tmpl"}, r},
	}
	if !r.model {
		files = append([]file{
			{r.file("handlers.go"), r.handlerTemplates(), r.handlers()},
			{r.file("handlers_test.go"), r.tests(), r.handlers()},
		}, files...)
	}
	changes := []plan.Change{created(project.ResourceFile(r.Name.Snake), state)}
	for _, file := range files {
		c, err := s.source("resource", file.Related, file.data, file.templates...)
		if err != nil {
			return nil, err
		}
		changes = append(changes, c)
	}
	return changes, nil
}

// routes lists the operations of the resource, below the prefix that the
// application has by default.
func (r Resource) routes() []plan.Route {
	reads, writes := r.access.who, r.access.who
	if r.access.readsFree() {
		reads = "public"
	}
	all := "/api" + r.handlers().Path
	one := all + "/{id}"
	routes := []plan.Route{
		{Method: "GET", Path: all, Who: reads}, {Method: "POST", Path: all, Who: writes},
		{Method: "GET", Path: one, Who: reads}, {Method: "PUT", Path: one, Who: writes},
		{Method: "PATCH", Path: one, Who: writes}, {Method: "DELETE", Path: one, Who: writes},
	}
	if r.SoftDelete {
		routes = append(routes, plan.Route{Method: "POST", Path: one + "/restore", Who: writes})
	}
	return routes
}
