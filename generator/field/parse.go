package field

import (
	"fmt"
	"slices"
	"strings"

	"fastgo/generator/fail"
)

// Parse parses fields of the form name:type[:argument][:modifier[=value]]…, or with
// commas and colons between the modifiers, such as title:string:required,max:200.
// It returns all errors at once.
func Parse(args []string) ([]Field, error) {
	var fields []Field
	var errs []error
	named := map[string]string{}
	for i, arg := range args {
		field, problems := parseField(arg)
		if first, twice := named[field.GoName()]; twice && field.Name != "" {
			problems = append(problems, fmt.Sprintf("same field as %q", first))
		}
		named[field.GoName()] = arg
		for _, problem := range problems {
			errs = append(errs, fail.Usage("field %d %q: %s", i+1, arg, problem))
		}
		fields = append(fields, field)
	}
	return fields, fail.Join(errs...)
}

// parseField parses one field as far as possible and returns all problems.
func parseField(arg string) (Field, []string) {
	given, rest, typed := strings.Cut(arg, ":")
	name, problem := ParseName(given)
	field := Field{Name: name}
	var problems []string
	if problem != "" {
		problems = append(problems, problem)
	}
	if !typed {
		return field, append(problems, "missing type: write name:type, such as title:string")
	}
	words, why := field.readType(rest)
	if why != "" {
		return field, append(problems, why)
	}
	problems = append(problems, field.readModifiers(words)...)
	if problems == nil {
		problems = field.contradictions()
	}
	return field, problems
}

// tokens splits what follows the name at colons and commas, except the value of
// default=, which may contain both.
func tokens(rest string) []string {
	var words []string
	whole := false
	for _, part := range strings.Split(rest, ":") {
		if whole = whole || strings.HasPrefix(part, "default="); whole {
			words = append(words, part)
			continue
		}
		words = append(words, strings.Split(part, ",")...)
	}
	return words
}

// readType parses the type and its argument, and returns the remaining words, or
// what is wrong.
func (f *Field) readType(text string) (rest []string, problem string) {
	words := tokens(text)
	name, argument, _ := strings.Cut(words[0], "=")
	name, optional := strings.CutSuffix(name, "?")
	kind, why := typeNamed(name)
	if why != "" {
		return nil, fmt.Sprintf("unknown type %q%s", words[0], why)
	}
	f.Type, f.Optional, rest = kind, optional, words[1:]
	switch {
	case kind.IsReference():
		return rest, f.refer(argument)
	case kind.takes == listOfChoices && argument != "":
		list, _, _ := strings.Cut(text, ":")
		values := strings.Count(list, ",") + 1
		f.Choices = append([]string{argument}, words[1:values]...)
		return words[values:], f.badChoices()
	case argument != "":
		return nil, fmt.Sprintf("%s does not accept =%s", kind.Name, argument)
	case kind.takes == listOfChoices:
		_, list, _ := strings.Cut(text, ":")
		list, _, _ = strings.Cut(list, ":")
		return f.readChoices(rest, strings.Count(list, ",")+1)
	case kind.takes == digitsOfNumber:
		if len(rest) == 0 {
			return nil, "decimal needs digits, such as price:decimal:10.2 (10 digits, 2 of them after the point)"
		}
		return rest[1:], f.setDigits(rest[0])
	case kind.takes == lengthOfText && len(rest) > 0 && IsNumber(rest[0]):
		rest = slices.Concat([]string{"max=" + rest[0]}, rest[1:])
	}
	return rest, ""
}

// readChoices parses the values of an enum, up to the first modifier. If it follows
// a comma it is ambiguous, because it could be a value.
func (f *Field) readChoices(words []string, joined int) (rest []string, problem string) {
	for i, word := range words {
		if _, known := modifierNamed(word); !known || i == 0 {
			f.Choices = append(f.Choices, word)
			continue
		}
		if i < joined && strings.Trim(word, nameCharacters) == "" {
			return nil, fmt.Sprintf("%s could be a value or a modifier: write enum=%s for values only, or enum:%s:%s",
				word, strings.Join(words[:joined], ","), strings.Join(words[:i], ","), strings.Join(words[i:joined], ":"))
		}
		return words[i:], f.badChoices()
	}
	return nil, f.badChoices()
}

func (f *Field) badChoices() string {
	for _, choice := range f.Choices {
		f.Type.size = max(f.Type.size, int64(len(choice)))
	}
	if len(f.Choices) < 2 {
		return "enum needs at least two values, such as status:enum:draft,published"
	}
	for i, choice := range f.Choices {
		switch {
		case choice == "" || strings.Trim(choice, nameCharacters) != "" || len(choice) > 50:
			return fmt.Sprintf("enum value %q must consist of 1 to 50 letters, digits, - and _", choice)
		case slices.Contains(f.Choices[:i], choice):
			return fmt.Sprintf("enum value %s is repeated", choice)
		}
	}
	return ""
}

const nameCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"

// setDigits parses 10.2: ten digits, two of them after the point.
func (f *Field) setDigits(argument string) string {
	var digits, scale int
	if _, err := fmt.Sscanf(argument+" ", "%d.%d ", &digits, &scale); err != nil || argument != fmt.Sprintf("%d.%d", digits, scale) {
		return fmt.Sprintf("decimal needs digits, such as %s:decimal:10.2, not %q", f.Name, argument)
	}
	if digits < 1 || digits > 18 || scale < 0 || scale > digits {
		return fmt.Sprintf("decimal:%s: must have 1 to 18 digits, with no more than that after the point", argument)
	}
	f.Type.digits, f.Type.scale = digits, scale
	return ""
}

// String returns the field in canonical form, which Parse accepts.
func (f Field) String() string {
	parts := []string{f.Name, f.Type.Name}
	switch {
	case f.Type.IsReference():
		parts = []string{strings.TrimSuffix(f.Name, "_id"), f.Type.Name + "=" + f.Related}
	case f.Type.takes == listOfChoices && len(f.Choices) > 1 && slices.ContainsFunc(f.Choices[1:], isModifier):
		parts = []string{f.Name, "enum=" + strings.Join(f.Choices, ",")}
	case f.Type.takes == listOfChoices:
		parts = append(parts, strings.Join(f.Choices, ","))
	case f.Type.takes == digitsOfNumber:
		parts = append(parts, fmt.Sprintf("%d.%d", f.Type.digits, f.Type.scale))
	}
	for _, m := range modifiers() {
		if text, set := m.written(f); set {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, ":")
}
