package openapi

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
)

// A sampler generates values that schemas allow.
type sampler struct {
	schemas map[string]*huma.Schema
	request bool // omit read-only members; otherwise omit optional ones
}

// sample returns a value that the schema allows, or nil if none is found. name is
// the member or parameter with the value.
func (d *draft) sample(s *huma.Schema, name string, request bool) any {
	value := sampler{d.schemas, request}.value(s, name, 0)
	if value == nil {
		return nil
	}
	var result huma.ValidateResult
	huma.Validate(d.registry(), s, huma.NewPathBuffer(nil, 0), huma.ModeReadFromServer, value, &result)
	if len(result.Errors) > 0 {
		return nil
	}
	return value
}

// maxSampleDepth limits recursive schemas.
const maxSampleDepth = 6

func (m sampler) value(s *huma.Schema, name string, depth int) any {
	switch {
	case s == nil || depth > maxSampleDepth:
		return nil
	case s.Ref != "":
		return m.value(m.schemas[path.Base(s.Ref)], name, depth+1)
	case len(s.Examples) > 0:
		return s.Examples[0]
	case s.Default != nil:
		return s.Default
	case len(s.Enum) > 0:
		return s.Enum[0]
	}
	switch s.Type {
	case huma.TypeBoolean:
		return true
	case huma.TypeInteger, huma.TypeNumber:
		return number(s)
	case huma.TypeString:
		return text(s, name)
	case huma.TypeArray:
		if item := m.value(s.Items, name, depth+1); item != nil {
			return []any{item}
		}
		return []any{}
	case huma.TypeObject:
		return m.object(s, depth)
	}
	for _, choice := range slices.Concat(s.OneOf, s.AnyOf) {
		if value := m.value(choice, name, depth+1); value != nil {
			return value
		}
	}
	return map[string]any{"any": "JSON"}
}

func (m sampler) object(s *huma.Schema, depth int) any {
	members := map[string]any{}
	for name, member := range s.Properties {
		if m.request && member.ReadOnly || !m.request && !slices.Contains(s.Required, name) {
			continue
		}
		if value := m.value(member, name, depth+1); value != nil || member.Nullable {
			members[name] = value
		}
	}
	return members
}

func number(s *huma.Schema) any {
	value := 1.0
	for _, bound := range []struct {
		limit *float64
		step  float64
	}{{s.Minimum, 0}, {s.ExclusiveMinimum, 1}} {
		if bound.limit != nil && value < *bound.limit+bound.step {
			value = *bound.limit + bound.step
		}
	}
	if s.Maximum != nil && value > *s.Maximum {
		value = *s.Maximum
	}
	if s.ExclusiveMaximum != nil && value >= *s.ExclusiveMaximum {
		value = *s.ExclusiveMaximum - 1
	}
	return value
}

// text returns a value with the right format, pattern or length.
func text(s *huma.Schema, name string) any {
	for _, known := range []struct{ format, value string }{
		{"date-time", "2026-01-01T12:00:00Z"}, {"date", "2026-01-01"}, {"time", "12:00:00Z"}, {"email", "john@example.com"},
		{"uri", "https://example.com"}, {"uri-reference", "/path"}, {"hostname", "example.com"}, {"uuid", "0192b4e0-7c1a-7d3e-8f21-5a6b7c8d9e0f"},
		{"ip", "192.0.2.1"}, {"ipv4", "192.0.2.1"}, {"ipv6", "2001:db8::1"}, {"date-time-http", "Thu, 01 Jan 2026 12:00:00 GMT"},
	} {
		if s.Format == known.format {
			return known.value
		}
	}
	if s.ContentEncoding == "base64" {
		return "aGVsbG8="
	}
	if s.Pattern != "" {
		return matching(s.Pattern)
	}
	value := sentence(withArticle(wordsOf(name)))
	if s.MinLength != nil {
		value += strings.Repeat(".", max(0, min(*s.MinLength, 1000)-len(value)))
	}
	if s.MaxLength != nil && utf8.RuneCountInString(value) > *s.MaxLength {
		value = string([]rune(value)[:*s.MaxLength])
	}
	return value
}

// matching returns a common value that matches the pattern, or nil.
func matching(pattern string) any {
	re, err := regexp.Compile(pattern)
	if err != nil {
		return nil
	}
	for _, value := range []string{
		"hello-world", "Hello", "12.50", "12.5", "12", "0.0001", "+4930123456", "#3366cc", "12:30", "12:30:00", "https://example.com", "john@example.com", "AB-12",
	} {
		if re.MatchString(value) {
			return value
		}
	}
	return nil
}
