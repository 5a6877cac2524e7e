package generator

import (
	"fmt"

	"fastgo/generator/fail"
	"fastgo/generator/field"
	"fastgo/generator/name"
	"fastgo/generator/project"
)

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
	parsed, nameErr := name.Parse(asked.Name, asked.Plural)
	fields, fieldsErr := field.Parse(asked.Fields)
	a, accessErr := asked.Flags.access()
	r := Resource{Name: parsed, model: asked.Model, access: a, role: asked.Flags.Role, pluralGiven: asked.Plural != "", SoftDelete: asked.SoftDelete, fields: fields}
	var parentErr error
	if asked.Parent != "" {
		if why := name.CheckReference(asked.Parent); why != "" {
			parentErr = fail.Usage("--parent %s: %s", asked.Parent, why)
		}
		r.under = asked.Parent
	}
	return r, fail.Join(nameErr, accessErr, parentErr, fieldsErr, r.fieldCollisions())
}

// fieldCollisions returns the fields that this resource in particular cannot have.
func (r Resource) fieldCollisions() error {
	var errs []error
	settable := false
	for i, f := range r.fields {
		settable = settable || f.Settable()
		if why := r.fieldCollision(f); why != "" {
			errs = append(errs, fail.Usage("field %d %q: %s", i+1, f.Name, why))
		}
	}
	if !settable && len(r.fields) > 0 && r.Name.Type != "" {
		errs = append(errs, fail.Usage("resource %s: code sets every field: leave one without readonly and hidden", r.Name.Type))
	}
	return fail.Join(errs...)
}

// fieldCollision says why this resource in particular cannot have a field; ""
// if it can.
func (r Resource) fieldCollision(f field.Field) string {
	switch {
	case f.GoName() == "UserID" && r.access.owned:
		return "user_id is the owner, whom no client may set: leave it out, or take another name, such as member_id"
	case r.under != "" && (f.GoName() == name.Exported(append(name.Words(r.under), "id")) || f.GoName() == name.Exported(append(name.SingularWords(r.under), "id"))):
		return fmt.Sprintf("--parent %s adds it already: leave it out", r.under)
	case f.Global && !r.access.owned:
		return "unique=global has no meaning where rows have no owner: write unique"
	case f.RelatedAs != "" && r.Name.Is(f.RelatedAs) && !f.Optional:
		return fmt.Sprintf("the first %s has no other to refer to: add optional", r.Name.Human)
	}
	return ""
}

// FromSpec reads a resource as the project remembers it.
func FromSpec(spec project.Resource) (Resource, error) {
	r, err := NewResource(Asked{
		Name: spec.Name, Plural: spec.Plural, Fields: spec.Fields, Parent: spec.Parent, SoftDelete: spec.SoftDelete, Model: spec.Kind == project.Model,
		Flags: Flags{Protected: spec.Access == "owner", Shared: spec.Access == "shared", PublicRead: spec.Access == "public-read", Role: spec.Role},
	})
	for i := range r.fields {
		r.fields[i].Related = r.fields[i].RelatedAs // is spelled as the type
	}
	return r, err
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
