package field

import (
	"strconv"
	"strings"
)

// Matrix returns every field type alone and with each modifier it allows, in
// canonical form. References are to the named resource. It is used by fastgo's own
// tests.
func Matrix(target string) []string {
	var all []string
	for _, t := range fieldTypes() {
		name := t.Name
		switch t.takes {
		case nameOfRelated:
			name += "=" + target
		case listOfChoices:
			name += ":draft,in-review,done"
		case digitsOfNumber:
			name += ":10.2"
		}
		all = append(all, t.Name+"_alone:"+name)
		for _, words := range modifiersOf(t) {
			field := t.Name + "_" + strings.NewReplacer("=", "_", ":", "_", ".", "_").Replace(words.name) + ":" + name + ":" + words.written
			if parsed, err := Parse([]string{field}); err == nil {
				all = append(all, parsed[0].String())
			}
		}
	}
	return all
}

// A wording is a modifier as written after a type.
type wording struct{ name, written string }

func modifiersOf(t Type) []wording {
	values := map[string]string{"min": "2", "max": "90", "gt": "2", "lt": "90", "default": plain(t.values.sample)}
	switch {
	case t.takes == listOfChoices:
		values["default"] = "in-review"
	case t.IsNumber():
		values["default"] = "7"
	}
	var all []wording
	for _, m := range modifiers() {
		switch {
		case m.name == "required" || m.name == "references": // state the default
		case m.takes != "":
			all = append(all, wording{m.name, m.name + "=" + values[m.name]})
		default:
			all = append(all, wording{m.name, m.name})
		}
		switch m.name {
		case "unique":
			all = append(all, wording{"unique_global", "unique=global"})
		case "readonly", "hidden":
			all = append(all, wording{m.name + "_optional", m.name + ":optional"})
		}
	}
	return all
}

// plain is a text or a bool as default= takes it.
func plain(v Value) string {
	switch v := v.(type) {
	case Text:
		return string(v)
	case Bool:
		return strconv.FormatBool(bool(v))
	}
	return "{}"
}
