package generator

import "strings"

// FieldMatrix returns each type of a field alone and with each modifier that
// it may have, in their canonical spelling. A reference is to the resource
// named. fastgo's own tests make applications of them.
func FieldMatrix(target string) []string {
	var all []string
	for _, t := range fieldTypes() {
		name := t.name
		switch {
		case t.isReference():
			name += "=" + target
		case t.name == "enum":
			name += ":draft,in-review,done"
		case t.name == "decimal":
			name += ":10.2"
		}
		all = append(all, t.name+"_alone:"+name)
		for _, words := range modifiersOf(t) {
			field := t.name + "_" + strings.NewReplacer("=", "_", ":", "_", ".", "_").Replace(words.name) + ":" + name + ":" + words.written
			if parsed, err := ParseFields([]string{field}); err == nil {
				all = append(all, parsed[0].String())
			}
		}
	}
	return all
}

// A wording is a modifier as it may stand behind a type.
type wording struct{ name, written string }

func modifiersOf(t fieldType) []wording {
	values := map[string]string{"min": "2", "max": "90", "gt": "2", "lt": "90", "default": strings.Trim(t.values.sample, `"`)}
	switch {
	case t.name == "enum":
		values["default"] = "in-review"
	case t.isNumber():
		values["default"] = "7"
	}
	var all []wording
	for _, m := range modifiers() {
		switch {
		case m.name == "required" || m.name == "references": // say what is so already
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
