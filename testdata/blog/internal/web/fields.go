package web

import (
	"encoding"
	stdjson "encoding/json"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"time"

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
	return json.Unmarshal(b, &m.fields)
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
	if err := json.Unmarshal(b, &p.fields); err != nil {
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
	return json.Unmarshal(p.patch, to)
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
		defaults = defaultsOf[F]()
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

// defaultsOf returns the members that SetDefaults prefills, as JSON has them.
func defaultsOf[F any]() map[string]any {
	var zero, prefilled F
	setDefaults(&prefilled)
	before, after := members(zero), members(prefilled)
	for name, value := range after {
		if reflect.DeepEqual(before[name], value) {
			delete(after, name)
		}
	}
	return after
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

// A rule is what a struct field is held to beyond its schema.
type rule struct {
	name      string // of the member
	index     []int
	immutable bool
	check     func(reflect.Value) string // says what is wrong; nil checks nothing
}

// rulesByType holds what rulesOf has found.
var rulesByType sync.Map // of reflect.Type to []rule

// rulesOf reads the rules of a struct once.
func rulesOf(t reflect.Type) []rule {
	if known, ok := rulesByType.Load(t); ok {
		return known.([]rule)
	}
	var rules []rule
	for _, field := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		found := rule{name: name, index: field.Index, immutable: field.Tag.Get("immutable") == "true", check: checkOf(field)}
		if found.immutable || found.check != nil {
			rules = append(rules, found)
		}
	}
	rulesByType.Store(t, rules)
	return rules
}

// checkOf returns what a field is checked for: times have a year of four
// digits, and numbers that JSON carries as a text keep their bounds.
func checkOf(field reflect.StructField) func(reflect.Value) string {
	t := field.Type
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	_, isText := reflect.New(t).Interface().(encoding.TextUnmarshaler)
	switch {
	case t == reflect.TypeFor[time.Time]():
		return checkYear
	case isText && t.Kind() == reflect.Int64:
		return checkBounds(field.Tag, t)
	}
	return nil
}

func checkYear(v reflect.Value) string {
	if year := v.Interface().(time.Time).UTC().Year(); year < 1 || year > 9999 {
		return "must be between the years 1 and 9999 in UTC"
	}
	return ""
}

// checkBounds reads the bounds of a field in the type's own text.
func checkBounds(tag reflect.StructTag, t reflect.Type) func(reflect.Value) string {
	type bound struct {
		words string
		text  string
		holds func(value, bound int64) bool
		value int64
	}
	var bounds []bound
	for _, b := range []bound{
		{words: "must be at least", text: tag.Get("minimum"), holds: func(v, b int64) bool { return v >= b }},
		{words: "must be at most", text: tag.Get("maximum"), holds: func(v, b int64) bool { return v <= b }},
		{words: "must be more than", text: tag.Get("exclusiveMinimum"), holds: func(v, b int64) bool { return v > b }},
		{words: "must be less than", text: tag.Get("exclusiveMaximum"), holds: func(v, b int64) bool { return v < b }},
	} {
		if b.text == "" {
			continue
		}
		parsed := reflect.New(t)
		if err := parsed.Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(b.text)); err != nil {
			panic(fmt.Sprintf("the bound %q of a field is not valid: %v", b.text, err))
		}
		b.value = parsed.Elem().Int()
		bounds = append(bounds, b)
	}
	if bounds == nil {
		return nil
	}
	return func(v reflect.Value) string {
		for _, b := range bounds {
			if !b.holds(v.Int(), b.value) {
				return b.words + " " + b.text
			}
		}
		return ""
	}
}

// checkFields returns what is wrong with the fields that were given.
func checkFields(fields any, given func(name string) bool) []error {
	v := reflect.ValueOf(fields).Elem()
	var wrong []error
	for _, rule := range rulesOf(v.Type()) {
		value := v.FieldByIndex(rule.index)
		if rule.check == nil || !given(rule.name) || value.Kind() == reflect.Pointer && value.IsNil() {
			continue
		}
		if message := rule.check(reflect.Indirect(value)); message != "" {
			wrong = append(wrong, &huma.ErrorDetail{Location: "body." + rule.name, Message: message})
		}
	}
	return wrong
}

// checkImmutable returns a 422 that names the fields tagged immutable that
// differ.
func checkImmutable(before, after any) error {
	old, changed := reflect.ValueOf(before).Elem(), reflect.ValueOf(after).Elem()
	var fields []FieldError
	for _, rule := range rulesOf(old.Type()) {
		if rule.immutable && !equal(old.FieldByIndex(rule.index), changed.FieldByIndex(rule.index)) {
			fields = append(fields, FieldError{rule.name, "cannot be changed"})
		}
	}
	if fields != nil {
		return Invalid(fields...)
	}
	return nil
}

// equal compares two values of a field as the database keeps them: times in
// milliseconds.
func equal(a, b reflect.Value) bool {
	if a.Kind() == reflect.Pointer {
		return a.IsNil() && b.IsNil() || !a.IsNil() && !b.IsNil() && equal(a.Elem(), b.Elem())
	}
	if t, ok := a.Interface().(time.Time); ok {
		return t.Truncate(time.Millisecond).Equal(b.Interface().(time.Time).Truncate(time.Millisecond))
	}
	return reflect.DeepEqual(a.Interface(), b.Interface())
}
