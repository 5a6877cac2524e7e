package field

import (
	"fmt"
	"math/big"
	"strings"
	"sync"
)

// A modifier is a word after the type of a field. To add one, add a row to
// modifiers.
type modifier struct {
	name    string
	aliases []string
	takes   string // an example value; "" if it takes none
	// bool is the mark that the word sets; for others set applies the value, or
	// says what is wrong with it.
	mark func(*Field) *bool
	set  func(f *Field, value string) (problem string)
	text func(f Field) string // the value that is set; "" if none
}

// modifiers are in canonical order.
var modifiers = sync.OnceValue(newModifiers)

func newModifiers() []modifier {
	bound := func(name string, of func(*Field) **big.Rat) modifier {
		return modifier{name: name, takes: "20",
			set: func(f *Field, value string) string { return f.bound(name, value, of(f)) },
			text: func(f Field) string {
				if b := *of(&f); b != nil && (name != "max" || f.Type.size == 0 || b.Cmp(big.NewRat(f.Type.size, 1)) != 0) {
					return Decimals(b)
				}
				return ""
			}}
	}
	return []modifier{
		{name: "required", mark: func(f *Field) *bool { return &f.required }, text: func(Field) string { return "" }},
		{name: "optional", aliases: []string{"nullable", "null", "?"}, mark: func(f *Field) *bool { return &f.Optional }},
		{name: "unique", aliases: []string{"uniq"}, mark: func(f *Field) *bool { return &f.Unique },
			set: func(f *Field, value string) string {
				if f.Global = value == "global"; !f.Global {
					return fmt.Sprintf("unique accepts only =global (unique in the whole table, not per owner), not %q", value)
				}
				return ""
			},
			text: func(f Field) string {
				if f.Global {
					return "global"
				}
				return ""
			}},
		{name: "index", aliases: []string{"indexed"}, mark: func(f *Field) *bool { return &f.Index }},
		bound("min", func(f *Field) **big.Rat { return &f.Min }),
		bound("max", func(f *Field) **big.Rat { return &f.Max }),
		bound("gt", func(f *Field) **big.Rat { return &f.Gt }),
		bound("lt", func(f *Field) **big.Rat { return &f.Lt }),
		{name: "search", aliases: []string{"searchable"}, mark: func(f *Field) *bool { return &f.Search }},
		{name: "filter", aliases: []string{"filterable"}, mark: func(f *Field) *bool { return &f.Filter }},
		{name: "sort", aliases: []string{"sortable"}, mark: func(f *Field) *bool { return &f.Sort }},
		{name: "readonly", aliases: []string{"read_only", "guarded"}, mark: func(f *Field) *bool { return &f.ReadOnly }},
		{name: "hidden", aliases: []string{"secret"}, mark: func(f *Field) *bool { return &f.Hidden }},
		{name: "immutable", mark: func(f *Field) *bool { return &f.Immutable }},
		{name: "references", aliases: []string{"foreign", "constrained"}, takes: "Post", set: (*Field).foreign,
			text: func(Field) string { return "" }},
		{name: "default", takes: "draft",
			set: func(f *Field, value string) string { f.DefaultValue = &value; return "" },
			text: func(f Field) string {
				if f.DefaultValue == nil {
					return ""
				}
				return *f.DefaultValue
			}},
	}
}

// written returns the modifier in canonical form, if the field has it.
func (m modifier) written(f Field) (text string, set bool) {
	value := ""
	if m.text != nil {
		value = m.text(f)
	}
	switch {
	case value != "" || m.name == "default" && f.DefaultValue != nil:
		return m.name + "=" + value, true
	case m.mark == nil || m.name == "required":
		return "", false
	}
	return m.name, *m.mark(&f)
}

func (m modifier) apply(f *Field, value string, hasValue bool) (problem string) {
	switch {
	case m.takes != "" && !hasValue:
		return fmt.Sprintf("%s= needs a value, such as %s=%s", m.name, m.name, m.takes)
	case hasValue && m.set == nil:
		return fmt.Sprintf("%s does not accept a value", m.name)
	case m.mark != nil:
		*m.mark(f) = true
	}
	if hasValue {
		return m.set(f, value)
	}
	return ""
}

// bound parses the value of min=, max=, gt= or lt=.
func (f *Field) bound(name, given string, into **big.Rat) string {
	n, ok := new(big.Rat).SetString(given)
	switch {
	case f.Type.measure == nothing, f.Type.IsLength() && (name == "gt" || name == "lt"):
		return fmt.Sprintf("%s= does not apply to %s", name, f.Type.Name)
	case !ok || strings.ContainsAny(given, "/eExXbBoOpP_") || len(given) > 30:
		return fmt.Sprintf("%s= needs a number, such as %s=20, not %q", name, name, given)
	case !f.Type.isFloat() && !new(big.Rat).Quo(n, f.Type.Step()).IsInt():
		if f.Type.scale > 0 {
			return fmt.Sprintf("%s= needs a number with at most %d digits after the point, not %q", name, f.Type.scale, given)
		}
		return fmt.Sprintf("%s= needs an integer, such as %s=20, not %q", name, name, given)
	case f.Type.isFloat() && !keptByFloat(n):
		return fmt.Sprintf("%s=%s has more than the %d digits of a float: round it, or use %s:decimal:18.2", name, given, floatDigits, f.Name)
	}
	*into = n
	return ""
}
