package generator

import (
	"reflect"
	"slices"

	"fastgo/generator/fail"
	"fastgo/generator/field"
	"fastgo/generator/project"
)

// A model is a resource without handlers. What reads and writes its rows is the
// application's own code, until make:resource of the same fields serves it.

// serves reports whether the resource is the model that the project knows, to
// which it adds handlers. Who may call them is open as long as the table is the
// same: a row has an owner or none.
func (r *Resource) serves(known project.Resource) bool {
	before, _ := accessNamed(known.Access)
	if known.Kind != project.Model || r.model || before.owned != r.access.owned || before.readsOwned() != r.access.readsOwned() {
		return false
	}
	spec := r.Spec()
	spec.Kind, spec.Access, spec.Role = known.Kind, known.Access, known.Role
	return reflect.DeepEqual(spec, known)
}

// asModel is the resource as the model that the project knows.
func (r *Resource) asModel(known project.Resource) *Resource {
	model := *r
	model.model, model.role = true, known.Role
	model.access, _ = accessNamed(known.Access)
	return &model
}

// stillReadable refuses an access that is narrower than the model's, where what
// refers to the rows was written for everybody.
func (r *Resource) stillReadable(schema *Schema, known project.Resource) error {
	if r.access.name == known.Access {
		return nil
	}
	all, err := schema.All()
	if err != nil {
		return err
	}
	var errs []error
	for _, other := range all {
		refers := slices.ContainsFunc(other.fields, func(f field.Field) bool { return f.Related == r.Name.Type })
		if (refers || other.under == r.Name.Type) && other.Name.Type != r.Name.Type {
			errs = append(errs, fail.Conflict("resource %s: %s refers to it and takes its rows for everybody's: leave out %s", r.Name.Type, other.Name.Type, r.access.flag(r.role)))
		}
	}
	return fail.Join(errs...)
}
