package generator

import (
	"io/fs"
	"path"
	"reflect"
	"strings"
	"time"

	"fastgo/generator/fail"
	"fastgo/generator/name"
	"fastgo/generator/plan"
	"fastgo/generator/project"
)

// file returns a path in the folder of the resource.
func (r *Resource) file(name string) string { return path.Join("app", r.Name.Package, name) }

// Resource plans a resource, with a migration of that time or later. What is
// there already stays as it is, so that the same command again changes nothing,
// or completes what is missing; another spec of the same resource is refused.
func (s Source) Resource(app fs.FS, module string, r *Resource, now time.Time) (plan.Plan, error) {
	made, err := madeMigrations(app)
	if err != nil {
		return plan.Plan{}, err
	}
	schema, err := LoadSchema(app)
	if err != nil {
		return plan.Plan{}, err
	}
	known, exists := schema.Spec(r.Name.Snake)
	if exists && !r.pluralGiven && known.Plural != "" { // is remembered
		if r.Name, err = name.Parse(known.Name, known.Plural); err != nil {
			return plan.Plan{}, err
		}
	}
	unresolved := schema.Resolve(r)
	switch {
	case !exists:
		err = fail.Join(r.collisions(app, made), r.pathTaken(app))
	case r.serves(known):
		err = fail.Join(r.stillReadable(schema, known), r.pathTaken(app))
	case !reflect.DeepEqual(known, r.Spec()):
		err = fail.Join(
			fail.Conflict("%s exists already, as: %s", known.Name, commandFor(known)),
			fail.Conflict("to change it, edit app/%s and add a migration to %s", r.Name.Package, path.Dir(migrationList)),
		)
	}
	if err := fail.Join(err, unresolved); err != nil {
		return plan.Plan{}, err
	}
	before := r
	if r.serves(known) {
		before = r.asModel(known)
	}
	return s.plan(app, module, before, r, made, now)
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

// plan plans the files of a resource, which may have been another one before.
func (s Source) plan(app fs.FS, module string, before, r *Resource, made made, now time.Time) (plan.Plan, error) {
	var p plan.Plan
	id := made.creating(r.Name.Table)
	if id == "" {
		id = made.next(now) + "_create_" + r.Name.Table
		p.Migrations = []string{id}
	}
	old, err := s.render(newResourceCode(before, module, id))
	if err != nil {
		return plan.Plan{}, err
	}
	code := newResourceCode(r, module, id)
	files, err := s.render(code)
	if err != nil {
		return plan.Plan{}, err
	}
	written := map[string][]byte{}
	for _, c := range old {
		written[c.Path] = c.New
	}
	for i := range files {
		if err := files[i].Keep(app, written[files[i].Path]); err != nil {
			return plan.Plan{}, err
		}
	}
	list, err := addMigration(app, code.CreateFunc())
	if err != nil {
		return plan.Plan{}, err
	}
	if p.Changes = append(files, list); r.model {
		return p, nil
	}
	routes, err := addRoutes(app, module+"/app/"+r.Name.Package, code.handlers().Call())
	if err != nil {
		return plan.Plan{}, err
	}
	p.Changes, p.Routes = append(p.Changes, routes), code.routes()
	return p, nil
}

// collisions returns what is in the way of a new resource.
func (r *Resource) collisions(app fs.FS, made made) error {
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
func (s Source) render(r resourceCode) ([]plan.Change, error) {
	state, err := project.Encode(r.Spec())
	if err != nil {
		return nil, err
	}
	type file struct {
		target    string
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
		c, err := s.source("resource", file.target, file.data, file.templates...)
		if err != nil {
			return nil, err
		}
		changes = append(changes, c)
	}
	return changes, nil
}

// routes lists the operations of the resource, below the prefix that the
// application has by default.
func (r resourceCode) routes() []plan.Route {
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
