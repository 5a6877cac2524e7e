package generator

import (
	"reflect"
	"slices"

	"fastgo/generator/fail"
	"fastgo/generator/field"
	"fastgo/generator/project"
	"fastgo/generator/schema"
)

// A model is a resource without handlers. Only the application's own code uses it,
// until make:resource with the same fields adds handlers.

// serves reports whether the resource adds handlers to a known model. The access
// mode may differ as long as the table is the same.
func serves(r *schema.Resource, known project.Resource) bool {
	before, _ := schema.AccessNamed(known.Access)
	if known.Kind != project.Model || r.Model || before.Owned != r.Access.Owned || before.ReadsOwned() != r.Access.ReadsOwned() {
		return false
	}
	spec := r.Spec()
	spec.Kind, spec.Access, spec.Role = known.Kind, known.Access, known.Role
	return reflect.DeepEqual(spec, known)
}

// asModel returns the resource as the known model.
func asModel(r *schema.Resource, known project.Resource) *schema.Resource {
	model := *r
	model.Model, model.Role = true, known.Role
	model.Access, _ = schema.AccessNamed(known.Access)
	return &model
}

// stillReadable returns an error if the access is more restrictive than the model's
// and existing references assume the latter.
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
