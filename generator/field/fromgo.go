package field

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"
)

// FromGo returns the field for a struct field: its column, its Go type without a
// pointer, and its tag. It lacks what a tag cannot express (unique, the target of a
// reference). The error says why no field type matches.
func FromGo(column, goType string, optional, settable bool, tag reflect.StructTag) (Field, error) {
	text, err := typeFromGo(goType, tag)
	if err != nil {
		return Field{}, err
	}
	words := append([]string{column, text}, boundsFromGo(goType, tag)...)
	for _, word := range []struct {
		is   bool
		word string
	}{
		{optional, "optional"},
		{!settable && column != "" && tag.Get("json") != "-", "readonly"},
		{tag.Get("json") == "-", "hidden"},
		{tag.Get("immutable") == "true", "immutable"},
	} {
		if word.is {
			words = append(words, word.word)
		}
	}
	for _, word := range strings.Split(tag.Get("list"), ",") {
		if word == "filter" || word == "sort" || word == "search" {
			words = append(words, word)
		}
	}
	f, problems := parseField(strings.Join(words, ":"))
	if problems != nil {
		return Field{}, fmt.Errorf("%s", strings.Join(problems, "; "))
	}
	return f, nil
}

var digitsInPattern = regexp.MustCompile(`\{1,([0-9]+)\}`)

// typeFromGo returns the type with its argument, as in a field specification.
func typeFromGo(goType string, tag reflect.StructTag) (string, error) {
	if choices := tag.Get("enum"); choices != "" && goType == "string" {
		return "enum=" + choices, nil
	}
	var scale int
	if _, err := fmt.Sscanf(goType, "column.Decimal[column.Scale%d]", &scale); err == nil {
		whole := 18 - scale
		if m := digitsInPattern.FindStringSubmatch(tag.Get("pattern")); m != nil {
			_, _ = fmt.Sscanf(m[1], "%d", &whole)
		}
		return fmt.Sprintf("decimal:%d.%d", whole+scale, scale), nil
	}
	best := ""
	for _, t := range fieldTypes() {
		if t.GoType != goType || t.IsReference() || t.takes == listOfChoices {
			continue
		}
		switch {
		case t.tags != nil && t.fits(tag):
			return t.Name, nil
		case t.tags == nil && t.measure == length:
			if (t.size > 0) == (tag.Get("maxLength") != "") {
				best = t.Name
			}
		case t.tags == nil:
			best = t.Name
		}
	}
	if best == "" {
		return "", fmt.Errorf("no field type for Go type %s", goType)
	}
	return best, nil
}

// fits reports whether a struct field has all rules of the type.
func (t Type) fits(tag reflect.StructTag) bool {
	for _, rule := range t.tags {
		key, _, _ := strings.Cut(rule, ":")
		if value, _ := reflect.StructTag(rule).Lookup(key); tag.Get(key) != value {
			return false
		}
	}
	return true
}

// boundsFromGo returns the bounds in a struct tag.
func boundsFromGo(goType string, tag reflect.StructTag) (words []string) {
	keys := [][2]string{{"minimum", "min"}, {"exclusiveMinimum", "gt"}, {"maximum", "max"}, {"exclusiveMaximum", "lt"}}
	if goType == "string" {
		if tag.Get("pattern") != "" || tag.Get("enum") != "" {
			return nil
		}
		if tag.Get("minLength") == "" && tag.Get("required") == "" && tag.Get("json") != "-" && tag.Get("readOnly") == "" {
			words = append(words, "min=0")
		}
		keys = [][2]string{{"minLength", "min"}, {"maxLength", "max"}}
	}
	for _, key := range keys {
		value, has := tag.Lookup(key[0])
		if has && key[0] == "minLength" && value == "1" {
			continue // implied for required strings
		}
		if has {
			words = append(words, key[1]+"="+value)
		}
	}
	return words
}
