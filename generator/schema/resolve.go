package schema

import (
	"fastgo/generator/fail"
	"fastgo/generator/field"
)

// Find returns the resource that a name means, in any spelling, as the code has
// it. The error says what to do where there is none.
func (s *Schema) Find(given string) (*Resource, error) {
	r, err := s.find(given)
	if err != nil {
		return nil, err
	}
	return r, s.readCode(r)
}

// Resolve links a new resource, and returns an error for each reference that it
// cannot have.
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
	err := s.linkParent(r)
	if err == nil {
		err = s.readCode(r.Parent)
	}
	if err != nil {
		return fail.Usage("--parent %s: %v", given, err)
	}
	switch parent := r.Parent; {
	case !r.parentReadable(parent):
		return fail.Usage("--parent %s: some readers of %s cannot read %s: %s", given, r.Name.Humans, parent.Name.Humans, r.accessFix(parent))
	case parent.SoftDelete && r.Name.Table == "restore":
		return fail.Usage("--parent %s: POST /%s/{id}/restore already undeletes a row: use another --plural, such as restorations", given, parent.Name.Table)
	}
	return nil
}

func (s *Schema) resolveField(r *Resource, i int, f *field.Field) error {
	err := s.linkField(r, f)
	if err == nil && !f.RelatedSelf {
		err = s.readCode(r.RelatedTo(*f))
	}
	if err != nil {
		return fail.Usage("field %d %q: %v", i+1, f, err)
	}
	if related := r.RelatedTo(*f); !r.Model && !r.Access.readable(r.Role, related) {
		return fail.Usage("field %d %q: some writers of %s cannot read %s: %s", i+1, f, r.Name.Humans, related.Name.Humans, r.accessFix(related))
	}
	return nil
}

// Original returns a resource as it was asked for, whatever its code says by now.
func (s *Schema) Original(snake string) (*Resource, error) {
	r, err := fromFile(s.specs[snake])
	if err != nil {
		return nil, err
	}
	return r, s.link(r)
}
