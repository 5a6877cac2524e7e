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

// request marks every schema that a request schema references.
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

// parts returns the schemas that a schema is composed of.
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

// schema returns a copy for the document, and adds the schemas it references to
// the document.
func (d *draft) schema(s *huma.Schema, ofRequest bool) *huma.Schema {
	if s == nil {
		return nil
	}
	copied := *s
	if s.Ref != "" {
		d.component(path.Base(s.Ref))
	}
	if ofRequest && s.Default != nil { // type generators treat a member with a default as always present
		copied.Default = nil
		copied.Description = fmt.Sprintf("Default: %v", s.Default)
		if s.Description != "" {
			copied.Description = strings.TrimSuffix(s.Description, ".") + ". " + copied.Description
		}
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
	if s.AdditionalProperties == true { // the default
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
	d.schemas[name] = &huma.Schema{} // it may reference itself
	ref := schemasPath + name
	s := d.schema(d.source.Components.Schemas.SchemaFromRef(ref), d.requested[name])
	if !d.requested[name] {
		s.Required = always(d.source.Components.Schemas.TypeFromRef(ref), s)
	}
	s.PrecomputeMessages()
	d.schemas[name] = s
}

// always returns the members that every response of the type has: all but those
// with omitempty or omitzero, whether or not a request may omit them.
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

// named adds a schema to the document and returns a reference to it. If the name
// is taken, a number is appended.
func (d *draft) named(name string, s *huma.Schema) *huma.Schema {
	free := name
	for n := 2; d.schemas[free] != nil && !equal(d.schemas[free], s); n++ {
		free = name + strconv.Itoa(n)
	}
	d.schemas[free] = s
	return &huma.Schema{Ref: schemasPath + free}
}

func equal(a, b *huma.Schema) bool {
	one, err := json.Marshal(a)
	other, failed := json.Marshal(b)
	return err == nil && failed == nil && string(one) == string(other)
}

// registry holds the schemas of the source that the document uses.
type registry struct {
	huma.Registry
	schemas map[string]*huma.Schema
}

func (r registry) Map() map[string]*huma.Schema { return r.schemas }

func (r registry) SchemaFromRef(ref string) *huma.Schema { return r.schemas[path.Base(ref)] }

func (r registry) MarshalJSON() ([]byte, error) { return json.Marshal(r.schemas) }

func (d *draft) registry() huma.Registry { return registry{d.source.Components.Schemas, d.schemas} }
