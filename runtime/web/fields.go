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

// Members is a body with every field of an F. The read-only members of an
// answer are accepted and ignored, so that what GET gave can be sent back.
type Members[F any] struct{ fields F }

// UnmarshalJSON reads the fields. Those that the body leaves out have the
// values that SetDefaults gives them, where an F has this method.
func (m *Members[F]) UnmarshalJSON(b []byte) error {
	setDefaults(&m.fields)
	return decode(b, &m.fields)
}

// Resolve checks what a schema cannot say.
func (m *Members[F]) Resolve(huma.Context) []error {
	return checkFields(&m.fields, func(string) bool { return true })
}

// Schema describes the body.
func (*Members[F]) Schema(r huma.Registry) *huma.Schema { return bodySchema[F](r, false) }

// MergePatch is a JSON merge patch (RFC 7396) of an F.
type MergePatch[F any] struct {
	patch   stdjson.RawMessage
	members map[string]jsontext.Value
	fields  F // as the patch alone gives them
}

// UnmarshalJSON keeps the patch until there is a row to apply it to.
func (p *MergePatch[F]) UnmarshalJSON(b []byte) error {
	p.patch = append(p.patch[:0], b...)
	if err := decode(b, &p.fields); err != nil {
		return err
	}
	return json.Unmarshal(b, &p.members)
}

// Resolve checks what a schema cannot say.
func (p *MergePatch[F]) Resolve(huma.Context) []error {
	return checkFields(&p.fields, func(name string) bool { return p.members[name] != nil })
}

// Apply sets the fields that the client has sent. A copy of the fields that
// was made before keeps its values.
func (p *MergePatch[F]) Apply(to *F) error {
	detach(reflect.ValueOf(to).Elem())
	return decode(p.patch, to)
}

// decode reads a body into fields. -0 is 0, since SQLite does not keep its sign
// and the row would be another one when it is read.
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

// detach gives the pointers of a struct copies of what they point to, since
// what is decoded is written there.
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

// setDefaults prefills the fields that a body may leave out.
func setDefaults(fields any) {
	if f, ok := fields.(interface{ SetDefaults() }); ok {
		f.SetDefaults()
	}
}

// bodySchema describes a body of F; partial makes every member optional.
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

// readOnly adds the members of the answer that the body may not set, so that
// they are accepted there: what GET gave can be sent back.
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
