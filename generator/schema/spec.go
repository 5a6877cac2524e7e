package schema

import (
	"path"

	"fastgo/generator/fail"
	"fastgo/generator/field"
	"fastgo/generator/name"
	"fastgo/generator/project"
)

// A Resource is a table with an access mode.
type Resource struct {
	Name       name.Name
	SoftDelete bool

	Model       bool // without handlers
	Access      Access
	Role        string
	PluralGiven bool
	Under       string // the parent: its type name once linked
	Parent      *Resource
	Fields      []field.Field
	Related     []*Resource // referenced by fields
}

// Spec is a resource as given on the command line.
type Spec struct {
	Name, Plural string
	Fields       []string
	Flags        Flags
	Parent       string
	SoftDelete   bool
	Model        bool // without handlers
}

// New parses a spec; no fields means name:string. It returns all errors at once.
func New(spec Spec) (*Resource, error) {
	a, err := spec.Flags.Access()
	r, other := newResource(spec, a)
	return r, fail.Join(err, other)
}

func newResource(spec Spec, a Access) (*Resource, error) {
	if len(spec.Fields) == 0 {
		spec.Fields = []string{"name:string"}
	}
	parsed, nameErr := name.Parse(spec.Name, spec.Plural)
	fields, fieldsErr := field.Parse(spec.Fields)
	r := &Resource{
		Name: parsed, Model: spec.Model, Access: a, Role: spec.Flags.Role, PluralGiven: spec.Plural != "",
		Under: spec.Parent, SoftDelete: spec.SoftDelete, Fields: fields,
	}
	var parentErr error
	if spec.Parent != "" {
		if why := name.CheckReference(spec.Parent); why != "" {
			parentErr = fail.Usage("--parent %s: %s", spec.Parent, why)
		}
	}
	return r, fail.Join(nameErr, parentErr, fieldsErr, r.fieldCollisions())
}

// FromSpec parses a resource from its stored spec.
func FromSpec(spec project.Resource) (*Resource, error) {
	a, err := accessOf(spec.Access, spec.Role)
	if err != nil {
		return nil, err
	}
	r, err := newResource(Spec{
		Name: spec.Name, Plural: spec.Plural, Fields: spec.Fields, Parent: spec.Parent, SoftDelete: spec.SoftDelete,
		Model: spec.Kind == project.Model, Flags: Flags{Role: spec.Role},
	}, a)
	for i := range r.Fields {
		r.Fields[i].Related = r.Fields[i].RelatedAs // is a type name
	}
	return r, err
}

// Spec returns the spec to store.
func (r *Resource) Spec() project.Resource {
	spec := project.Resource{
		Schema: project.Schema, Name: r.Name.Type, Access: r.Access.Name, Role: r.Role, Plural: r.Name.Plural(),
		Parent: r.Under, SoftDelete: r.SoftDelete, Fields: []string{},
	}
	if r.Model {
		spec.Kind = project.Model
	}
	for _, f := range r.Fields {
		spec.Fields = append(spec.Fields, f.String())
	}
	return spec
}

// Folder returns the directory of the resource.
func (r *Resource) Folder() string { return path.Join("app", r.Name.Package) }
