package web

import (
	"encoding"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
)

// A rule is a constraint on a struct field that its schema cannot express.
type rule struct {
	name      string // of the member
	index     []int
	immutable bool
	check     func(reflect.Value) string // returns what is wrong, or ""; may be nil
}

// rulesByType caches the results of rulesOf.
var rulesByType sync.Map // of reflect.Type to []rule

// rulesOf returns the rules of a struct type.
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

// checkOf returns the check for a field: times have a four-digit year, and numbers
// that are strings in JSON respect their bounds.
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

// checkBounds parses the bounds in a field's tags as values of its type.
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
			panic(fmt.Sprintf("invalid bound %q: %v", b.text, err))
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

// checkFields returns an error for each given field that violates a rule.
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

// checkImmutable returns a 422 that lists the immutable fields that differ.
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

// equal reports whether two values of a field are equal in the database, which
// stores times in milliseconds.
func equal(a, b reflect.Value) bool {
	if a.Kind() == reflect.Pointer {
		return a.IsNil() && b.IsNil() || !a.IsNil() && !b.IsNil() && equal(a.Elem(), b.Elem())
	}
	if t, ok := a.Interface().(time.Time); ok {
		return t.Truncate(time.Millisecond).Equal(b.Interface().(time.Time).Truncate(time.Millisecond))
	}
	return reflect.DeepEqual(a.Interface(), b.Interface())
}
