package generator

import (
	"reflect"
	"slices"

	"fastgo/generator/fail"
	"fastgo/generator/field"
	"fastgo/generator/project"
	"fastgo/generator/schema"
)

// A model is a resource without handlers. What reads and writes its rows is the
// application's own code, until make:resource of the same fields serves it.

// serves reports whether the resource is the model that the project knows, to
// which it adds handlers. Who may call them is open as long as the table is the
// same: a row has an owner or none.
func serves(r *schema.Resource, known project.Resource) bool {
	before, _ := schema.AccessNamed(known.Access)
	if known.Kind != project.Model || r.Model || before.Owned != r.Access.Owned || before.ReadsOwned() != r.Access.ReadsOwned() {
		return false
	}
	spec := r.Spec()
	spec.Kind, spec.Access, spec.Role = known.Kind, known.Access, known.Role
	return reflect.DeepEqual(spec, known)
}

// asModel is the resource as the model that the project knows.
func asModel(r *schema.Resource, known project.Resource) *schema.Resource {
	model := *r
	model.Model, model.Role = true, known.Role
	model.Access, _ = schema.AccessNamed(known.Access)
	return &model
}

// stillReadable refuses an access that is narrower than the model's, where what
// refers to the rows was written for everybody.
func stillReadable(r *schema.Resource, resources *schema.Schema, known project.Resource) error {
	if r.Access.Name == known.Access {
		return nil
	}
	var errs []error
	all, err := resources.All()
	if err != nil {
		return err
	}
	for _, other := range all {
		refers := slices.ContainsFunc(other.Fields, func(f field.Field) bool { return f.Related == r.Name.Type })
		if (refers || other.Under == r.Name.Type) && other.Name.Type != r.Name.Type {
			errs = append(errs, fail.Conflict("resource %s: %s references it and treats its rows as shared: remove %s", r.Name.Type, other.Name.Type, r.Access.Flag(r.Role)))
		}
	}
	return fail.Join(errs...)
}
