package web

import (
	stdjson "encoding/json"
	"maps"
	"reflect"
	"slices"

	"github.com/danielgtaylor/huma/v2"
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Members is a body with every field of an F. Read-only members are accepted and
// ignored, so that clients can send back what GET returned.
type Members[F any] struct{ fields F }

// UnmarshalJSON decodes the fields. Omitted ones get their values from SetDefaults,
// if F has this method.
func (m *Members[F]) UnmarshalJSON(b []byte) error {
	setDefaults(&m.fields)
	return decode(b, &m.fields)
}

// Resolve checks rules that a schema cannot express.
func (m *Members[F]) Resolve(huma.Context) []error {
	return checkFields(&m.fields, func(string) bool { return true })
}

// Schema describes the body.
func (*Members[F]) Schema(r huma.Registry) *huma.Schema { return bodySchema[F](r, false) }

// MergePatch is a JSON merge patch (RFC 7396) of an F.
type MergePatch[F any] struct {
	patch   stdjson.RawMessage
	members map[string]jsontext.Value
	fields  F // the patch applied to an empty F
}

// UnmarshalJSON stores the patch for Apply.
func (p *MergePatch[F]) UnmarshalJSON(b []byte) error {
	p.patch = append(p.patch[:0], b...)
	if err := decode(b, &p.fields); err != nil {
		return err
	}
	return json.Unmarshal(b, &p.members)
}

// Resolve checks rules that a schema cannot express.
func (p *MergePatch[F]) Resolve(huma.Context) []error {
	return checkFields(&p.fields, func(name string) bool { return p.members[name] != nil })
}

// Apply sets the fields that the client sent. It does not change earlier copies
// of the fields.
func (p *MergePatch[F]) Apply(to *F) error {
	detach(reflect.ValueOf(to).Elem())
	return decode(p.patch, to)
}

// decode decodes a body into fields. It turns -0 into 0, because SQLite does not
// keep the sign and the row would differ when read back.
func decode(b []byte, fields any) error {
	if err := json.Unmarshal(b, fields); err != nil {
		return err
	}
	v := reflect.ValueOf(fields).Elem()
	for i := range v.NumField() {
		if field := reflect.Indirect(v.Field(i)); field.CanFloat() && field.Float() == 0 && field.CanSet() {
			field.SetFloat(0)
		}
	}
	return nil
}

// detach replaces the pointers of a struct by pointers to copies, because decoding
// writes through them.
func detach(fields reflect.Value) {
	for i := range fields.NumField() {
		field := fields.Field(i)
		if field.Kind() != reflect.Pointer || field.IsNil() || !field.CanSet() {
			continue
		}
		copied := reflect.New(field.Type().Elem())
		copied.Elem().Set(field.Elem())
		field.Set(copied)
	}
}

// Schema describes the body.
func (*MergePatch[F]) Schema(r huma.Registry) *huma.Schema { return bodySchema[F](r, true) }

// setDefaults sets the fields that a body may omit.
func setDefaults(fields any) {
	if f, ok := fields.(interface{ SetDefaults() }); ok {
		f.SetDefaults()
	}
}

// bodySchema returns the schema of F as a body; partial makes every member optional.
func bodySchema[F any](r huma.Registry, partial bool) *huma.Schema {
	schema := *r.SchemaFromRef(r.Schema(reflect.TypeFor[F](), true, "").Ref)
	schema.Properties = make(map[string]*huma.Schema, len(schema.Properties))
	var defaults map[string]any
	if !partial {
		defaults = defaultsOf[F](schema.Required)
	}
	for name, member := range r.SchemaFromRef(r.Schema(reflect.TypeFor[F](), true, "").Ref).Properties {
		if value, prefilled := defaults[name]; prefilled {
			copied := *member
			copied.Default = value
			member = &copied
		}
		schema.Properties[name] = member
	}
	if partial {
		schema.Required = nil
	}
	schema.PrecomputeMessages()
	return &schema
}

// defaultsOf returns the values, as JSON has them, of the members that a body
// may leave out and that are not null then.
func defaultsOf[F any](required []string) map[string]any {
	var fields F
	setDefaults(&fields)
	values := members(fields)
	maps.DeleteFunc(values, func(name string, value any) bool { return value == nil || slices.Contains(required, name) })
	return values
}

func members(fields any) map[string]any {
	var all map[string]any
	if encoded, err := stdjson.Marshal(fields); err == nil {
		_ = stdjson.Unmarshal(encoded, &all)
	}
	return all
}

// readOnly adds the read-only members of the response to the body's schema, so that
// clients can send back what GET returned.
func readOnly[I, O any](r huma.Registry, op *huma.Operation) {
	in, hasBody := reflect.TypeFor[I]().FieldByName("Body")
	out, answers := reflect.TypeFor[O]().FieldByName("Body")
	if !hasBody || !answers || out.Type.Kind() != reflect.Struct {
		return
	}
	if _, ofFields := reflect.New(in.Type).Interface().(interface{ ofFields() }); !ofFields {
		return
	}
	body := op.RequestBody.Content[mediaJSON].Schema
	for name := range r.SchemaFromRef(r.Schema(out.Type, true, "").Ref).Properties {
		if body.Properties[name] == nil {
			body.Properties[name] = &huma.Schema{ReadOnly: true, Description: "Accepted and ignored"}
		}
	}
}

func (*Members[F]) ofFields()    {}
func (*MergePatch[F]) ofFields() {}
