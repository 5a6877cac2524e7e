package schema

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"fastgo/generator/fail"
	"fastgo/generator/field"
	"fastgo/generator/name"
	"fastgo/generator/project"
)

// A Schema is every resource of an application. Each spec is read once; what it
// refers to is linked when it is first asked for, so references may form a
// cycle.
type Schema struct {
	app    fs.FS
	specs  map[string]project.Resource // by the name of their file
	order  []string
	linked map[string]*Resource
}

// Load reads the specs of an application.
func Load(app fs.FS) (*Schema, error) {
	specs, err := project.LoadResources(app)
	if err != nil {
		return nil, err
	}
	s := &Schema{app: app, specs: make(map[string]project.Resource, len(specs)), linked: map[string]*Resource{}}
	for _, spec := range specs {
		file := name.Snake(spec.Name)
		s.specs[file] = spec
		s.order = append(s.order, file)
	}
	return s, nil
}

// Spec returns what was asked for under the name of a file, if anything was.
func (s *Schema) Spec(snake string) (project.Resource, bool) {
	spec, known := s.specs[snake]
	return spec, known
}

// Find returns the resource that a name means, in any spelling. The error says
// what to do where there is none.
func (s *Schema) Find(given string) (*Resource, error) {
	if why := name.CheckReference(given); why != "" {
		return nil, fail.Usage("resource %q: %s", given, why)
	}
	for _, file := range []string{name.Snake(given), strings.Join(name.SingularWords(given), "_")} {
		if _, known := s.specs[file]; known {
			return s.load(file)
		}
	}
	var known []string
	for _, file := range s.order { // by the plural that it was given
		spec := s.specs[file]
		if n, err := name.Parse(spec.Name, spec.Plural); err == nil && n.Is(given) {
			return s.load(file)
		}
		known = append(known, spec.Name)
	}
	return nil, fail.Usage("resource %s does not exist%s: create it with fastgo make:resource %s", given, name.DidYouMean(given, known), given)
}

// All returns every resource, in the order of their files.
func (s *Schema) All() ([]*Resource, error) {
	var all []*Resource
	for _, file := range s.order {
		r, err := s.load(file)
		if err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, nil
}

// load reads and links the resource of a file, once.
func (s *Schema) load(file string) (*Resource, error) {
	if r := s.linked[file]; r != nil {
		return r, nil
	}
	r, err := FromSpec(s.specs[file])
	if err != nil {
		return nil, fmt.Errorf("%s: %w", project.ResourceFile(file), err)
	}
	s.linked[file] = r
	if err := s.link(r); err != nil {
		return nil, fmt.Errorf("%s: %w", project.ResourceFile(file), err)
	}
	return r, r.migrate(s.app)
}

// link finds what a resource that is there refers to, and stands under.
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
	parent, err := s.Find(r.Under)
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
		if related, err = s.Find(f.RelatedAs); err != nil {
			return err
		}
	}
	f.Related, f.RelatedTable = related.Name.Type, related.Name.Table
	if !slices.Contains(r.Related, related) {
		r.Related = append(r.Related, related)
	}
	return nil
}

// Resolve links a new resource, and says what it cannot refer to.
func (s *Schema) Resolve(r *Resource) error {
	errs := []error{s.resolveParent(r)}
	for i := range r.Fields {
		if f := &r.Fields[i]; f.Type.IsReference() {
			errs = append(errs, s.resolveField(r, i, f))
		}
	}
	return fail.Join(append(errs, r.contradictingRoles())...)
}

func (s *Schema) resolveParent(r *Resource) error {
	if r.Under == "" {
		return nil
	}
	given := r.Under
	if err := s.linkParent(r); err != nil {
		return fail.Usage("--parent %s: %v", given, err)
	}
	switch parent := r.Parent; {
	case !r.parentReadable(parent):
		return fail.Usage("--parent %s: some readers of %s cannot read %s: %s", given, r.Name.Humans, parent.Name.Humans, r.wayOut(parent))
	case parent.SoftDelete && r.Name.Table == "restore":
		return fail.Usage("--parent %s: POST /%s/{id}/restore already undeletes a row: use another --plural, such as restorations", given, parent.Name.Table)
	}
	return nil
}

func (s *Schema) resolveField(r *Resource, i int, f *field.Field) error {
	if err := s.linkField(r, f); err != nil {
		return fail.Usage("field %d %q: %v", i+1, f, err)
	}
	if related := r.RelatedTo(*f); !r.Model && !r.Access.readable(r.Role, related) {
		return fail.Usage("field %d %q: some writers of %s cannot read %s: %s", i+1, f, r.Name.Humans, related.Name.Humans, r.wayOut(related))
	}
	return nil
}
