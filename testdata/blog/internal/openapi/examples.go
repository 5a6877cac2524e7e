package openapi

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
)

// A sampler generates values that schemas allow.
type sampler struct {
	registry huma.Registry
	request  bool // omit read-only members; otherwise omit optional ones
}

// sample returns a value that the schema allows, or nil if none is found. name is
// the member or parameter with the value.
func (d *draft) sample(s *huma.Schema, name string, request bool) any {
	m := sampler{d.registry(), request}
	return m.first(s, m.value(s, name, 0))
}

// first returns the first of the values that the schema allows.
func (m sampler) first(s *huma.Schema, values ...any) any {
	for _, value := range values {
		var result huma.ValidateResult
		huma.Validate(m.registry, s, huma.NewPathBuffer(nil, 0), huma.ModeReadFromServer, value, &result)
		if value != nil && len(result.Errors) == 0 {
			return value
		}
	}
	return nil
}

// maxSampleDepth limits recursive schemas.
const maxSampleDepth = 6

func (m sampler) value(s *huma.Schema, name string, depth int) any {
	switch {
	case s == nil || depth > maxSampleDepth:
		return nil
	case s.Ref != "":
		return m.value(m.registry.SchemaFromRef(s.Ref), name, depth+1)
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
		return m.first(s, numbers(s)...)
	case huma.TypeString:
		return m.first(s, texts(s, name)...)
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

// numbers returns 1 and what is near the bounds.
func numbers(s *huma.Schema) []any {
	values := []any{1.0}
	for _, bound := range []*float64{s.Minimum, s.ExclusiveMinimum, s.Maximum, s.ExclusiveMaximum} {
		if bound != nil {
			values = append(values, *bound, *bound+1, *bound-1)
		}
	}
	return values
}

// texts returns words about the name, as long as they may be, and one text of
// each usual format or pattern.
func texts(s *huma.Schema, name string) []any {
	formats := []any{
		"hello-world", "Hello", "12.50", "12.5", "12", "0.0001", "+4930123456", "#3366cc", "12:30", "12:30:00", "https://example.com",
		"john@example.com", "example.com", "2026-01-01T12:00:00Z", "2026-01-01", "12:00:00Z", "Thu, 01 Jan 2026 12:00:00 GMT",
		"0192b4e0-7c1a-7d3e-8f21-5a6b7c8d9e0f", "192.0.2.1", "2001:db8::1", "AB-12", "aGVsbG8=",
	}
	if s.Format+s.Pattern+s.ContentEncoding != "" {
		return formats
	}
	value := sentence(withArticle(wordsOf(name)))
	if s.MinLength != nil {
		value += strings.Repeat(".", max(0, min(*s.MinLength, 1000)-len(value)))
	}
	if s.MaxLength != nil && utf8.RuneCountInString(value) > *s.MaxLength {
		value = string([]rune(value)[:*s.MaxLength])
	}
	return []any{value}
}
