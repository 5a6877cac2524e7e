package generator

import (
	"io/fs"
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
func (r Resource) serves(known project.Resource) bool {
	before, _ := accessNamed(known.Access)
	if known.Kind != project.Model || r.model || before.owned != r.access.owned || before.readsOwned() != r.access.readsOwned() {
		return false
	}
	spec := r.Spec()
	spec.Kind, spec.Access, spec.Role = known.Kind, known.Access, known.Role
	return reflect.DeepEqual(spec, known)
}

// model returns the files of the model that the project knows, by path: what
// of them nobody has edited becomes the resource's.
func (s Source) model(r Resource, known project.Resource) (map[string][]byte, error) {
	if !r.serves(known) {
		return nil, nil
	}
	r.model, r.role = true, known.Role
	r.access, _ = accessNamed(known.Access)
	changes, err := s.render(r)
	files := map[string][]byte{}
	for _, c := range changes {
		files[c.Path] = c.New
	}
	return files, err
}

// stillReadable refuses an access that is narrower than the model's, where what
// refers to the rows was written for everybody.
func (r Resource) stillReadable(app fs.FS, known project.Resource) error {
	if r.access.name == known.Access {
		return nil
	}
	specs, err := project.LoadResources(app)
	if err != nil {
		return err
	}
	var errs []error
	for _, spec := range specs {
		other, err := FromSpec(spec)
		if err != nil {
			return err
		}
		refers := slices.ContainsFunc(other.fields, func(f field.Field) bool { return f.Related == r.Name.Type })
		if (refers || other.under == r.Name.Type) && other.Name.Type != r.Name.Type {
			errs = append(errs, fail.Conflict("resource %s: %s refers to it and takes its rows for everybody's: leave out %s", r.Name.Type, other.Name.Type, r.access.flag(r.role)))
		}
	}
	return fail.Join(errs...)
}
