package schema

import (
	"fmt"
	"path"
	"strings"

	"fastgo/generator/fail"
	"fastgo/generator/field"
	"fastgo/generator/project"
)

// understood returns an error for a spec with an access or a type of field that
// this fastgo does not know.
func understood(spec project.Resource) error {
	_, err := accessOf(spec.Access, spec.Role)
	for _, text := range spec.Fields {
		if unknown := field.UnknownType(text); err == nil && unknown != "" {
			err = fmt.Errorf("field %q has the unknown type %q: install the fastgo version that wrote it, or a newer one", text, unknown)
		}
	}
	return err
}

// Spec returns the spec in a file, if it exists.
func (s *Schema) Spec(snake string) (project.Resource, bool) {
	spec, known := s.specs[snake]
	return spec.Resource, known
}

// fromFile reads the resource of a file, which tells the words of its name: HTTPY2
// may be http_y2.
func fromFile(spec project.Stored) (*Resource, error) {
	typeName := spec.Name
	spec.Name = strings.TrimSuffix(path.Base(spec.File), path.Ext(spec.File))
	r, err := FromSpec(spec.Resource)
	if err == nil && r.Name.Type != typeName {
		err = fmt.Errorf("describes %s, which belongs into another file", typeName)
	}
	if err != nil {
		return nil, fail.Failed("%s: %v", spec.File, err)
	}
	return r, nil
}
