package table

import (
	"cmp"
	"errors"
	"slices"
	"unicode/utf8"
)

// contradiction returns an error if no value, or not the default, satisfies the rules of the column.
func (d Definition) contradiction() error {
	bounds, value := d.Bounds, d.Default
	if d.Type == StringType || d.Type == TextType {
		bounds = append(slices.Clone(bounds), Bound{">=", int64(0)})
		if d.Type == StringType {
			bounds = append(bounds, Bound{"<=", int64(d.Size)})
		}
		if text, ok := value.(string); ok {
			value = int64(utf8.RuneCountInString(text))
		}
	}
	for _, low := range bounds {
		if slices.ContainsFunc(bounds, low.excludes) {
			return errors.New("no value satisfies its bounds")
		}
	}
	switch {
	case value == nil:
	case d.Type == EnumType && !slices.Contains(d.Values, value.(string)):
		return errors.New("its default is none of its values")
	case slices.ContainsFunc(bounds, func(b Bound) bool { return !b.allows(value) }):
		return errors.New("its default is not within its bounds")
	}
	return nil
}

// allows reports whether a number, of the type of the bound, satisfies it.
func (b Bound) allows(value any) bool {
	order := 0
	switch v := value.(type) {
	case int64:
		order = cmp.Compare(v, b.Value.(int64))
	case float64:
		order = cmp.Compare(v, b.Value.(float64))
	}
	switch b.Operator {
	case ">=":
		return order >= 0
	case ">":
		return order > 0
	case "<=":
		return order <= 0
	}
	return order < 0
}

// excludes reports whether no number satisfies the lower bound b and the upper bound.
func (b Bound) excludes(upper Bound) bool {
	if b.Operator[0] != '>' || upper.Operator[0] != '<' {
		return false
	}
	if low, ok := b.Value.(int64); ok && b.Operator == ">" && upper.Operator == "<" && upper.Value == low+1 {
		return true
	}
	return !b.allows(upper.Value) || !upper.allows(b.Value)
}
