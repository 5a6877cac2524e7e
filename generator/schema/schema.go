package schema

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"fastgo/generator/fail"
	"fastgo/generator/field"
	"fastgo/generator/inspect"
	"fastgo/generator/name"
	"fastgo/generator/project"
)

// A Schema is every resource of an application, linked once; references may form
// a cycle. What its code says of a resource is read when the resource is asked
// for, and counts more than what fastgo was asked for.
type Schema struct {
	app    fs.FS
	module string
	specs  map[string]project.Stored // by file name
	order  []string
	linked map[string]*Resource
	read   map[*Resource]error // the resources whose code was read, and why it could not be
	routes *inspect.Routes
	notes  []string

	migrations Migrations
}

// Load reads the specs of an application. One that this fastgo does not understand
// is an error, whatever the command is about.
func Load(app fs.FS, module string) (*Schema, error) {
	stored, err := project.LoadResources(app)
	if err != nil {
		return nil, err
	}
	s := &Schema{
		app: app, module: module, specs: make(map[string]project.Stored, len(stored)), linked: map[string]*Resource{},
		read: map[*Resource]error{}, routes: inspect.NewRoutes(app, RoutesFolder, module),
	}
	var errs []error
	for _, spec := range stored {
		if err := understood(spec.Resource); err != nil {
			errs = append(errs, fail.Failed("%s: %v", spec.File, err))
		}
		file := strings.TrimSuffix(path.Base(spec.File), path.Ext(spec.File))
		s.specs[file] = spec
		s.order = append(s.order, file)
	}
	return s, fail.Join(errs...)
}

// Migrations lists the migrations of the application, once.
func (s *Schema) Migrations() (Migrations, error) {
	var err error
	if s.migrations == nil {
		s.migrations, err = LoadMigrations(s.app)
	}
	return s.migrations, err
}

// Notes are the resources whose code says something else than their spec, a line
// each.
func (s *Schema) Notes() []string { return s.notes }

func (s *Schema) find(given string) (*Resource, error) {
	if why := name.CheckReference(given); why != "" {
		return nil, fail.Usage("resource %q: %s", given, why)
	}
	for _, file := range []string{name.Snake(given), strings.Join(name.SingularWords(given), "_")} {
		if _, known := s.specs[file]; known {
			return s.load(file)
		}
	}
	var known []string
	for _, file := range s.order { // by its given plural
		spec := s.specs[file]
		if n, err := name.Parse(file, spec.Plural); err == nil && n.Is(given) {
			return s.load(file)
		}
		known = append(known, spec.Name)
	}
	return nil, fail.Usage("resource %s does not exist%s: create it with fastgo make:resource %s", given, name.DidYouMean(given, known), given)
}

// All returns all resources, sorted by file name. What one of them refers
// to may be missing.
func (s *Schema) All() ([]*Resource, error) {
	var all []*Resource
	for _, file := range s.order {
		r, err := s.load(file)
		if r == nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, nil
}

// load links the resource of a file, once.
func (s *Schema) load(file string) (*Resource, error) {
	if r := s.linked[file]; r != nil {
		return r, s.read[r]
	}
	r, err := fromFile(s.specs[file])
	if err != nil {
		return nil, err
	}
	s.linked[file] = r
	if err := s.link(r); err != nil {
		s.read[r] = fail.Failed("%s: %v", s.specs[file].File, err)
		return r, s.read[r]
	}
	return r, nil
}

// link finds the references and the parent of an existing resource.
func (s *Schema) link(r *Resource) error {
	var errs []error
	if r.Under != "" {
		errs = append(errs, s.linkParent(r))
	}
	for i := range r.Fields {
		if r.Fields[i].Type.IsReference() {
			errs = append(errs, s.linkField(r, &r.Fields[i]))
		}
	}
	return fail.Join(errs...)
}

func (s *Schema) linkParent(r *Resource) error {
	parent, err := s.find(r.Under)
	if err != nil {
		return err
	}
	for above := parent; above != nil; above = above.Parent {
		if above == r {
			return errors.New("it is its own parent, through " + parent.Name.Type)
		}
	}
	r.Parent, r.Under = parent, parent.Name.Type
	return nil
}

func (s *Schema) linkField(r *Resource, f *field.Field) error {
	related := r
	if f.RelatedSelf = r.Name.Is(f.RelatedAs); !f.RelatedSelf {
		var err error
		if related, err = s.find(f.RelatedAs); err != nil {
			return err
		}
	}
	f.Related, f.RelatedTable = related.Name.Type, related.Name.Table
	if !slices.Contains(r.Related, related) {
		r.Related = append(r.Related, related)
	}
	return nil
}

// RoutesFolder is the directory of routes.go.
const RoutesFolder = "app"
