package field

import (
	"fmt"
	"slices"
	"strings"

	"fastgo/generator/name"
)

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
