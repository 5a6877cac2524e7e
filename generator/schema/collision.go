package schema

import (
	"fmt"

	"fastgo/generator/fail"
	"fastgo/generator/field"
	"fastgo/generator/name"
)

// fieldCollisions returns an error for each field that this resource cannot have.
func (r *Resource) fieldCollisions() error {
	var errs []error
	settable := false
	for i, f := range r.Fields {
		settable = settable || f.Settable()
		if why := r.FieldCollision(f); why != "" {
			errs = append(errs, fail.Usage("field %d %q: %s", i+1, f.Name, why))
		}
	}
	if !settable && len(r.Fields) > 0 && r.Name.Type != "" {
		errs = append(errs, fail.Usage("resource %s: clients cannot set any field: leave one without readonly and hidden", r.Name.Type))
	}
	return fail.Join(errs...)
}

// FieldCollision returns why this resource cannot have a field, or "".
func (r *Resource) FieldCollision(f field.Field) string {
	switch {
	case f.GoName() == "UserID" && r.Access.Owned:
		return "user_id stores the owner, which clients cannot set: remove it, or use another name, such as member_id"
	case r.Under != "" && (f.GoName() == name.Exported(append(name.Words(r.Under), "id")) || f.GoName() == name.Exported(append(name.SingularWords(r.Under), "id"))):
		return fmt.Sprintf("--parent %s already adds it: remove the field", r.Under)
	case f.Global && !r.Access.Owned:
		return "unique=global applies only to owned rows: write unique"
	case f.RelatedAs != "" && r.Name.Is(f.RelatedAs) && !f.Optional:
		return fmt.Sprintf("the first %s cannot reference another one: add optional", r.Name.Human)
	}
	return ""
}
