package field

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"sync"

	"fastgo/generator/name"
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

// modifierNamed returns the modifier in a word, with or without a value.
func modifierNamed(word string) (modifier, bool) {
	name, _, _ := strings.Cut(word, "=")
	for _, m := range modifiers() {
		if m.name == name || slices.Contains(m.aliases, strings.ToLower(name)) {
			return m, true
		}
	}
	return modifier{}, false
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

// readModifiers applies the words after a type and returns all problems.
func (f *Field) readModifiers(words []string) (problems []string) {
	given := map[string]bool{}
	for i := 0; i < len(words); i++ {
		m, known := modifierNamed(words[i])
		if !known {
			problems = append(problems, unknownModifier(words[i]))
			continue
		}
		_, value, hasValue := strings.Cut(words[i], "=")
		switch {
		case m.takes != "" && !hasValue && i+1 < len(words): // max:200
			i++
			value, hasValue = words[i], true
		case m.name == "default": // may contain colons
			for i+1 < len(words) && !isModifier(words[i+1]) {
				i++
				value += ":" + words[i]
			}
		}
		if given[m.name] {
			problems = append(problems, fmt.Sprintf("%s is repeated", m.name))
		} else if problem := m.apply(f, value, hasValue); problem != "" {
			problems = append(problems, problem)
		}
		given[m.name] = true
	}
	return problems
}

func isModifier(word string) bool {
	_, known := modifierNamed(word)
	return known
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

func unknownModifier(word string) string {
	typed, _, _ := strings.Cut(word, "=")
	var shown, names []string
	for _, m := range modifiers() {
		names = append(append(names, m.name), m.aliases...)
		if m.takes != "" {
			m.name += "="
		}
		shown = append(shown, m.name)
	}
	if near := name.DidYouMean(strings.ToLower(typed), names); near != "" {
		return fmt.Sprintf("unknown modifier %q%s", word, near)
	}
	return fmt.Sprintf("unknown modifier %q: use %s", word, strings.Join(shown, ", "))
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

// foreign parses the target of a foreign key: Post, posts or posts.id.
func (f *Field) foreign(target string) string {
	table, column, dotted := strings.Cut(target, ".")
	switch {
	case dotted && column != "id":
		return fmt.Sprintf("references=%s: only IDs can be referenced, such as references=%s.id", target, table)
	case !f.Type.IsReference() && f.Type.GoType != "int64" && f.Type.GoType != "int32":
		return fmt.Sprintf("references= does not apply to %s: write %s:ref=%s", f.Type.Name, f.Name, table)
	}
	return f.refer(table)
}

// floatDigits is the number of decimal digits that a float64 keeps (DBL_DIG in C).
// With more, databases and Go may parse the same text differently.
const floatDigits = 15

func keptByFloat(n *big.Rat) bool {
	digits := strings.TrimLeft(strings.NewReplacer("-", "", ".", "").Replace(Decimals(n)), "0")
	_, behind, _ := strings.Cut(Decimals(n), ".")
	return len(digits) <= floatDigits && len(behind) <= floatDigits
}

// Decimals formats a number without an exponent, as short as possible.
func Decimals(n *big.Rat) string {
	text := n.FloatString(20)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}
