package openapi

import (
	"encoding/json"
	"fmt"
	"path"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

const schemasPath = "#/components/schemas/"

// request notes every schema that a schema of a request refers to.
func (d *draft) request(s *huma.Schema) {
	for _, part := range parts(s) {
		d.request(part)
	}
	if s == nil || s.Ref == "" || d.requested[path.Base(s.Ref)] {
		return
	}
	d.requested[path.Base(s.Ref)] = true
	d.request(d.source.Components.Schemas.SchemaFromRef(s.Ref))
}

// parts returns the schemas that a schema is made of.
func parts(s *huma.Schema) []*huma.Schema {
	if s == nil {
		return nil
	}
	all := slices.Concat(s.OneOf, s.AnyOf, s.AllOf)
	if more, ok := s.AdditionalProperties.(*huma.Schema); ok {
		all = append(all, more)
	}
	if s.Items != nil {
		all = append(all, s.Items)
	}
	for _, member := range s.Properties {
		all = append(all, member)
	}
	return all
}

// schema returns a copy as the document has it, and sees to it that the
// document has all schemas that it refers to.
func (d *draft) schema(s *huma.Schema, ofRequest bool) *huma.Schema {
	if s == nil {
		return nil
	}
	copied := *s
	if s.Ref != "" {
		d.component(path.Base(s.Ref))
	}
	if ofRequest && s.Default != nil { // makers of types take a member with a default for one that is always there
		copied.Default = nil
		copied.Description = strings.TrimSpace(s.Description + fmt.Sprintf(" %v where it is left out.", s.Default))
	}
	if s.Nullable && s.Enum != nil && !slices.Contains(s.Enum, nil) {
		copied.Enum = append(slices.Clone(s.Enum), nil)
	}
	copied.Nullable = s.Nullable && s.Type != ""
	if s.Properties != nil {
		copied.Properties = make(map[string]*huma.Schema, len(s.Properties))
		for name, member := range s.Properties {
			copied.Properties[name] = d.schema(member, ofRequest)
		}
	}
	copied.Items = d.schema(s.Items, ofRequest)
	if s.AdditionalProperties == true { // as it is where nothing is said
		copied.AdditionalProperties = nil
	}
	if more, ok := s.AdditionalProperties.(*huma.Schema); ok {
		copied.AdditionalProperties = d.schema(more, ofRequest)
	}
	for _, list := range []*[]*huma.Schema{&copied.OneOf, &copied.AnyOf, &copied.AllOf} {
		*list = slices.Clone(*list)
		for i, part := range *list {
			(*list)[i] = d.schema(part, ofRequest)
		}
	}
	return &copied
}

// component adds a schema of the source to the document.
func (d *draft) component(name string) {
	if d.schemas[name] != nil {
		return
	}
	d.schemas[name] = &huma.Schema{} // for one that refers to itself
	ref := schemasPath + name
	s := d.schema(d.source.Components.Schemas.SchemaFromRef(ref), d.requested[name])
	if !d.requested[name] {
		s.Required = always(d.source.Components.Schemas.TypeFromRef(ref), s)
	}
	s.PrecomputeMessages()
	d.schemas[name] = s
}

// always lists the members that every answer of the type has: all but those
// with omitempty or omitzero. Which ones a request may leave out is no matter
// here.
func always(t reflect.Type, s *huma.Schema) []string {
	if t == nil || t.Kind() != reflect.Struct {
		return s.Required
	}
	var names []string
	for _, field := range reflect.VisibleFields(t) {
		tag := field.Tag.Get("json")
		name, options, _ := strings.Cut(tag, ",")
		if name == "" {
			name = field.Name
		}
		if s.Properties[name] == nil || slices.Contains(names, name) || field.Tag.Get("hidden") == "true" ||
			strings.Contains(options, "omitempty") || strings.Contains(options, "omitzero") {
			continue
		}
		names = append(names, name)
	}
	return names
}

// named adds a schema to the document and returns a reference to it. Where
// another one has the name, it gets a number.
func (d *draft) named(name string, s *huma.Schema) *huma.Schema {
	free := name
	for n := 2; d.schemas[free] != nil && !same(d.schemas[free], s); n++ {
		free = name + strconv.Itoa(n)
	}
	d.schemas[free] = s
	return &huma.Schema{Ref: schemasPath + free}
}

func same(a, b *huma.Schema) bool {
	one, err := json.Marshal(a)
	other, failed := json.Marshal(b)
	return err == nil && failed == nil && string(one) == string(other)
}

// registry is what the document has of the schemas of the source.
type registry struct {
	huma.Registry
	schemas map[string]*huma.Schema
}

func (r registry) Map() map[string]*huma.Schema { return r.schemas }

func (r registry) SchemaFromRef(ref string) *huma.Schema { return r.schemas[path.Base(ref)] }

func (r registry) MarshalJSON() ([]byte, error) { return json.Marshal(r.schemas) }

func (d *draft) registry() huma.Registry { return registry{d.source.Components.Schemas, d.schemas} }
