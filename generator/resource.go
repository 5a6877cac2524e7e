package generator

import (
	"errors"
	"io/fs"
	"path"
	"reflect"
	"strings"
	"time"

	"fastgo/generator/fail"
	"fastgo/generator/golang"
	"fastgo/generator/name"
	"fastgo/generator/plan"
	"fastgo/generator/project"
	"fastgo/generator/schema"
)

// Resource plans a resource, with a migration of now or later. Existing files are
// left unchanged: repeating the command only adds missing ones. A different spec of
// an existing resource is a conflict.
func (app *App) Resource(r *schema.Resource, now time.Time) (plan.Plan, error) {
	resources, err := app.schema()
	if err != nil {
		return plan.Plan{}, err
	}
	made, err := resources.Migrations()
	if err != nil {
		return plan.Plan{}, err
	}
	known, exists := resources.Spec(r.Name.Snake)
	if exists && !r.PluralGiven && known.Plural != "" { // as stored
		if r.Name, err = name.Parse(known.Name, known.Plural); err != nil {
			return plan.Plan{}, err
		}
	}
	unresolved := resources.Resolve(r)
	before := r
	var warnings []string
	switch {
	case !exists:
		err = fail.Join(collisions(r, app.FS, made), pathTaken(r, app.FS))
	case serves(r, known):
		before = asModel(r, known)
		err = fail.Join(stillReadable(r, resources, known), pathTaken(r, app.FS))
	case !reflect.DeepEqual(known, r.Spec()):
		before, err = app.caughtUp(resources, r)
	default:
		// Its own files do not matter here: missing ones are written again, and
		// edited ones are reported.
		if _, unread := resources.Find(r.Name.Type); unread != nil && !errors.Is(unread, fs.ErrNotExist) {
			warnings = append(warnings, unread.Error())
		}
	}
	if err := fail.Join(err, unresolved); err != nil {
		return plan.Plan{}, err
	}
	p, err := app.plan(before, r, made, now)
	p.Warnings = append(warnings, resources.Notes()...)
	return p, err
}

// caughtUp returns the resource of the stored spec if the new spec matches the current
// code, so that the stored spec is updated.
func (app *App) caughtUp(resources *schema.Schema, r *schema.Resource) (*schema.Resource, error) {
	code, err := resources.Find(r.Name.Type)
	if err != nil {
		return nil, err
	}
	if !reflect.DeepEqual(code.Spec(), r.Spec()) {
		return nil, fail.Join(
			fail.Conflict("%s already exists: %s", r.Name.Type, commandFor(code.Spec())),
			fail.Conflict("to change it, edit app/%s and add a migration to %s", r.Name.Package, path.Dir(schema.MigrationList)),
		)
	}
	return resources.Original(r.Name.Snake)
}

// commandFor returns the command that creates a resource.
func commandFor(r project.Resource) string {
	words := append([]string{"fastgo make:resource", r.Name}, r.Fields...)
	if r.Kind == project.Model {
		words[0] = "fastgo make:model"
	}
	if a, ok := schema.AccessNamed(r.Access); ok && a.Flag(r.Role) != "" {
		words = append(words, a.Flag(r.Role))
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

// plan plans the files of a resource, which may replace those of before.
func (app *App) plan(before, r *schema.Resource, made schema.Migrations, now time.Time) (plan.Plan, error) {
	var p plan.Plan
	id := made.Creating(r.Name.Table)
	if id == "" {
		id = made.Next(now) + "_create_" + r.Name.Table
		p.Migrations = []string{id}
	}
	files, err := app.render(r, id)
	if err != nil {
		return plan.Plan{}, err
	}
	written := files
	if before != r {
		if written, err = app.render(before, id); err != nil {
			return plan.Plan{}, err
		}
	}
	if p.Changes, err = merged(app.FS, written, files); err != nil {
		return plan.Plan{}, err
	}
	for i := range p.Changes { // a migration may have been applied
		if c := &p.Changes[i]; c.Class == plan.Append && c.Old != nil {
			c.New, c.Kept = c.Old, false
		}
	}
	code := golang.NewResource(r, app.Module, id)
	list, err := addMigration(app.FS, code.CreateFunc())
	if err != nil {
		return plan.Plan{}, err
	}
	if p.Changes = append(p.Changes, list); r.Model {
		return p, nil
	}
	routes, err := addRoutes(app.FS, app.Module+"/app/"+r.Name.Package, code.Handlers().Call())
	if err != nil {
		return plan.Plan{}, err
	}
	p.Changes, p.Routes = append(p.Changes, routes), routesOf(r, code.Handlers().Path)
	return p, nil
}

// collisions returns an error for each conflict of a new resource.
func collisions(r *schema.Resource, app fs.FS, made schema.Migrations) error {
	var errs []error
	if other := made.Creates(r.Name.Table); other != "" {
		errs = append(errs, fail.Conflict("resource %s: %s already creates table %s: use another name", r.Name.Type, other, r.Name.Table))
	}
	dir := path.Join("app", r.Name.Package)
	files, err := fs.Glob(app, path.Join(dir, "*.go"))
	if err != nil {
		return err
	}
	if len(files) > 0 {
		errs = append(errs, fail.Conflict("resource %s: package %s already exists: use another name", r.Name.Type, dir))
	}
	return fail.Join(errs...)
}

// render returns the files of the resource, and its spec.
func (app *App) render(r *schema.Resource, migration string) ([]golang.File, error) {
	state, err := project.Encode(r.Spec())
	if err != nil {
		return nil, err
	}
	files, err := app.Source.Resource(golang.NewResource(r, app.Module, migration))
	return append([]golang.File{{Path: project.ResourceFile(r.Name.Snake), Data: state}}, files...), err
}

// routesOf returns the operations of the resource, below the default prefix.
func routesOf(r *schema.Resource, path string) []plan.Route {
	reads, writes := r.Access.Who(r.Role), r.Access.Who(r.Role)
	if r.Access.ReadsFree() {
		reads = "public"
	}
	all := "/api" + path
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
