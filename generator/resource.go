package generator

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"reflect"
	"slices"
	"strings"
	"time"

	"fastgo/generator/project"
)

const migrationList = "migrations/migrations.go"

// A Resource is a table, its handlers and its tests. The templates of
// templates/resource are executed with it.
type Resource struct {
	Name       Name
	Module     string
	Migration  string // the id of the migration that makes the table
	SoftDelete bool
	Fields     []Code // that a client may set
	ByCode     []Code // that code sets

	model       bool // it has no handlers
	access      access
	role        string
	pluralGiven bool
	under       string // the parent, in the spelling of its type
	parent      *target
	fields      []Field
	refers      []*target // what a client may make it refer to
	needs       []*target // the rows that a test has to make first
}

// Asked is what a command line asks for.
type Asked struct {
	Name, Plural string
	Fields       []string
	Flags        Flags
	Parent       string
	SoftDelete   bool
	Model        bool // the row and its table alone
}

// NewResource reads what a command line asks for; no fields means name:string.
// The error tells all mistakes at once.
func NewResource(asked Asked) (Resource, error) {
	if len(asked.Fields) == 0 {
		asked.Fields = []string{"name:string"}
	}
	name, nameErr := ParseName(asked.Name, asked.Plural)
	fields, fieldsErr := ParseFields(asked.Fields)
	a, accessErr := asked.Flags.access()
	r := Resource{Name: name, model: asked.Model, access: a, role: asked.Flags.Role, pluralGiven: asked.Plural != "", SoftDelete: asked.SoftDelete, fields: fields}
	var parentErr error
	if asked.Parent != "" {
		var parent Name
		if parent, parentErr = ParseName(asked.Parent, ""); parentErr != nil {
			parentErr = usage("--parent %s: %v", asked.Parent, parentErr)
		}
		r.under = parent.Type
	}
	return r, join(nameErr, accessErr, parentErr, fieldsErr, r.fieldCollisions())
}

// fieldCollisions returns the fields that this resource in particular cannot have.
func (r Resource) fieldCollisions() error {
	var errs []error
	settable := false
	for i, f := range r.fields {
		settable = settable || f.settable()
		switch {
		case f.Name == "user_id" && r.access.owned:
			errs = append(errs, usage("field %d %q: user_id is the owner, whom no client may set: leave it out, or take another name, such as member_id", i+1, f.Name))
		case r.under != "" && f.Name == strings.Join(split(r.under), "_")+"_id":
			errs = append(errs, usage("field %d %q: --parent %s adds it already: leave it out", i+1, f.Name, r.under))
		case f.Global && !r.access.owned:
			errs = append(errs, usage("field %d %q: unique=global has no meaning where rows have no owner: write unique", i+1, f.Name))
		case f.target == r.Name.Type && r.Name.Type != "" && !f.Optional:
			errs = append(errs, usage("field %d %q: the first %s has no other to refer to: add optional", i+1, f.Name, r.Name.Human))
		}
	}
	if !settable && len(r.fields) > 0 {
		errs = append(errs, usage("resource %s: code sets every field: leave one without readonly and hidden", r.Name.Type))
	}
	return join(errs...)
}

// FromSpec reads a resource as the project remembers it.
func FromSpec(spec project.Resource) (Resource, error) {
	return NewResource(Asked{
		Name: spec.Name, Plural: spec.Plural, Fields: spec.Fields, Parent: spec.Parent, SoftDelete: spec.SoftDelete, Model: spec.Kind == project.Model,
		Flags: Flags{Protected: spec.Access == "owner", Shared: spec.Access == "shared", PublicRead: spec.Access == "public-read", Role: spec.Role},
	})
}

// Spec is what is remembered of the resource.
func (r Resource) Spec() project.Resource {
	spec := project.Resource{
		Schema: project.Schema, Name: r.Name.Type, Access: r.access.name, Role: r.role, Plural: r.Name.Plural(),
		Parent: r.under, SoftDelete: r.SoftDelete, Fields: []string{},
	}
	if r.model {
		spec.Kind = project.Model
	}
	for _, f := range r.fields {
		spec.Fields = append(spec.Fields, f.String())
	}
	return spec
}

// resolve finds the resources that this one refers to, or stands under, and
// says which of them it cannot.
func (r *Resource) resolve(app fs.FS) error {
	var errs []error
	if r.under != "" {
		parent, err := loadTarget(app, r.under)
		if err == nil && !r.parentReadable(parent) {
			err = usage("--parent %s: not everybody who may read %s may read %s: %s", r.under, r.Name.Humans, parent.Name.Humans, r.wayOut(parent))
		}
		if r.parent, errs = parent, append(errs, err); parent != nil {
			r.under = parent.Name.Type
		}
	}
	for i := range r.fields {
		f := &r.fields[i]
		if !f.kind.isReference() {
			continue
		}
		other := r.asTarget()
		if f.self = f.target == r.Name.Type; !f.self {
			var err error
			if other, err = loadTarget(app, f.target); err != nil {
				errs = append(errs, usage("field %d %q: %v", i+1, f, err))
				continue
			}
		}
		f.target, f.table = other.Name.Type, other.Name.Table
		if !r.model && !r.access.readable(r.role, *other) {
			errs = append(errs, usage("field %d %q: not everybody who may write %s may read %s: %s", i+1, f, r.Name.Humans, other.Name.Humans, r.wayOut(other)))
		}
		if f.settable() {
			r.refers = append(r.refers, other)
		}
	}
	if roles := r.roles(); len(roles) > 1 && !r.model {
		errs = append(errs, usage("resource %s: nobody has the roles %s at once: refer to resources of one role", r.Name.Type, strings.Join(roles, " and ")))
	}
	return join(errs...)
}

// parentReadable says whether everybody who may read the rows may read the parent.
func (r *Resource) parentReadable(parent *target) bool {
	reader := r.access
	if reader.readsFree() {
		reader, _ = accessNamed("public")
	}
	return reader.readable(r.role, *parent) && !(parent.access.readsOwned() && !r.access.readsOwned())
}

// wayOut names the access that would do.
func (r *Resource) wayOut(other *target) string {
	switch other.access.reads {
	case "owner":
		return fmt.Sprintf("add -p, since each user has his own %s", other.Name.Humans)
	case "role":
		return fmt.Sprintf("add -p or %s", other.access.flag(other.role))
	}
	return "add -p or --shared"
}

// roles are those that one must have to make a row.
func (r *Resource) roles() []string {
	var all []string
	if r.role != "" {
		all = append(all, r.role)
	}
	if r.parent != nil {
		all = append(all, r.parent.roles()...)
	}
	for _, other := range r.refers {
		all = append(all, other.roles()...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// complete computes what the templates need once everything is resolved.
func (r *Resource) complete(app fs.FS) error {
	for _, f := range r.fields {
		if f.settable() {
			r.Fields = append(r.Fields, f.code())
		} else {
			r.ByCode = append(r.ByCode, f.code())
		}
	}
	var err error
	if r.parent != nil {
		if r.needs, err = r.parent.below(app, r.needs); err != nil {
			return err
		}
	}
	for _, other := range r.refers {
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
func (s Source) Resource(app fs.FS, r Resource, now time.Time) (Plan, error) {
	made, err := madeMigrations(app)
	if err != nil {
		return Plan{}, err
	}
	known, err := project.LoadResource(app, r.Name.Snake)
	if err == nil && !r.pluralGiven && known.Plural != "" { // is remembered
		r.Name, err = ParseName(known.Name, known.Plural)
	}
	unresolved := r.resolve(app)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		err = join(r.collisions(app, made), r.pathTaken(app))
	case err == nil && r.serves(known):
		err = join(r.stillReadable(app, known), r.pathTaken(app))
	case err == nil && !reflect.DeepEqual(known, r.Spec()):
		err = &Error{Conflict, []string{
			fmt.Sprintf("%s exists already, as: %s", known.Name, commandFor(known)),
			fmt.Sprintf("to change it, edit app/%s and add a migration to %s", r.Name.Package, path.Dir(migrationList)),
		}}
	}
	if err := join(err, unresolved); err != nil {
		return Plan{}, err
	}
	if err := r.complete(app); err != nil {
		return Plan{}, err
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
func (s Source) plan(app fs.FS, r Resource, known project.Resource, made made, now time.Time) (Plan, error) {
	var plan Plan
	if r.Migration = made.creating(r.Name.Table); r.Migration == "" {
		r.Migration = made.next(now) + "_create_" + r.Name.Table
		plan.Migrations = []string{r.Migration}
	}
	files, err := s.render(r)
	if err != nil {
		return Plan{}, err
	}
	model, err := s.model(r, known)
	if err != nil {
		return Plan{}, err
	}
	for i := range files {
		if err := files[i].keep(app, model[files[i].Path]); err != nil {
			return Plan{}, err
		}
	}
	list, err := addMigration(app, r.CreateFunc())
	if err != nil {
		return Plan{}, err
	}
	if plan.Changes = append(files, list); r.model {
		return plan, nil
	}
	routes, err := addRoutes(app, r.Module+"/app/"+r.Name.Package, r.handlers().Call())
	if err != nil {
		return Plan{}, err
	}
	plan.Changes, plan.Routes = append(plan.Changes, routes), r.routes()
	return plan, nil
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
	changes := []Change{created(project.ResourceFile(r.Name.Snake), state)}
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
func (r Resource) routes() []Route {
	reads, writes := r.access.who, r.access.who
	if r.access.readsFree() {
		reads = "public"
	}
	all := "/api" + r.handlers().Path
	one := all + "/{id}"
	routes := []Route{
		{"GET", all, reads}, {"POST", all, writes},
		{"GET", one, reads}, {"PUT", one, writes}, {"PATCH", one, writes}, {"DELETE", one, writes},
	}
	if r.SoftDelete {
		routes = append(routes, Route{"POST", one + "/restore", writes})
	}
	return routes
}
