package generator

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
)

// A Field is one member of a resource.
type Field struct {
	Name string // subtitle: the member of JSON and the column

	Optional  bool
	Unique    bool
	Global    bool // unique in the whole table, not only among the owner's rows
	Index     bool
	Search    bool
	Filter    bool
	Sort      bool
	ReadOnly  bool // set by code
	Hidden    bool // set by code, and never shown
	Immutable bool

	kind             fieldType
	refersTo         string   // the resource of a reference, as it was written
	target, table    string   // the same in the spelling of its type, and its table
	self             bool     // the target is the resource itself
	choices          []string // of an enum
	fallback         *string  // what default= gives
	min, max, gt, lt *big.Rat
	required         bool // is said, so optional contradicts it
}

// settable reports whether a client may set the field.
func (f Field) settable() bool { return !f.ReadOnly && !f.Hidden }

// mayBeAbsent reports whether a request may leave the member out.
func (f Field) mayBeAbsent() bool { return f.Optional || f.fallback != nil || f.kind.zero != "" }

// ParseFields reads the fields of a resource: each name:type[:argument][:modifier[=value]]…,
// or with commas and colons between the modifiers, as in title:string:required,max:200.
// The error tells all mistakes at once.
func ParseFields(args []string) ([]Field, error) {
	var fields []Field
	var errs []error
	named := map[string]string{}
	for i, arg := range args {
		field, problems := parseField(arg)
		if first, twice := named[field.goName()]; twice && field.Name != "" {
			problems = append(problems, fmt.Sprintf("the same member as %q", first))
		}
		named[field.goName()] = arg
		for _, problem := range problems {
			errs = append(errs, usage("field %d %q: %s", i+1, arg, problem))
		}
		fields = append(fields, field)
	}
	return fields, join(errs...)
}

// parseField reads one field as far as it can, and returns all that is wrong.
func parseField(arg string) (Field, []string) {
	given, rest, typed := strings.Cut(arg, ":")
	name, problem := parseFieldName(given)
	field := Field{Name: name}
	var problems []string
	if problem != "" {
		problems = append(problems, problem)
	}
	if !typed {
		return field, append(problems, "a type is missing, as in title:string")
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

// tokens cuts what stands behind a name at colons and commas, but for the
// value of default=, which may hold either.
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

// readType reads the type and its argument, and returns the words behind them,
// or what is wrong.
func (f *Field) readType(text string) (rest []string, problem string) {
	words := tokens(text)
	name, argument, _ := strings.Cut(words[0], "=")
	name, optional := strings.CutSuffix(name, "?")
	kind, why := typeNamed(name)
	if why != "" {
		return nil, fmt.Sprintf("unknown type %q%s", words[0], why)
	}
	f.kind, f.Optional, rest = kind, optional, words[1:]
	switch {
	case kind.isReference():
		return rest, f.refer(argument)
	case kind.name == "enum" && argument != "":
		list, _, _ := strings.Cut(text, ":")
		values := strings.Count(list, ",") + 1
		f.choices = append([]string{argument}, words[1:values]...)
		return words[values:], f.badChoices()
	case argument != "":
		return nil, fmt.Sprintf("%s takes no =%s", kind.name, argument)
	case kind.name == "enum":
		_, list, _ := strings.Cut(text, ":")
		list, _, _ = strings.Cut(list, ":")
		return f.readChoices(rest, strings.Count(list, ",")+1)
	case kind.name == "decimal":
		if len(rest) == 0 {
			return nil, "decimal needs its digits, as in price:decimal:10.2 (8 before the point, 2 behind it)"
		}
		return rest[1:], f.setDigits(rest[0])
	case kind.name == "string" && len(rest) > 0 && isNumber(rest[0]):
		rest = slices.Concat([]string{"max=" + rest[0]}, rest[1:])
	}
	return rest, ""
}

// refer makes the field a reference. The target is named after the field where
// nothing names it.
func (f *Field) refer(target string) (problem string) {
	if kind, _ := typeNamed("ref"); !f.kind.isReference() {
		f.kind = kind
	}
	short := strings.TrimSuffix(f.Name, "_id")
	if target == "" {
		target = short
	}
	if f.Name == "" {
		return ""
	}
	f.refersTo, f.target = target, goName(singularWords(target))
	if why := impossible(target); why != "" {
		return fmt.Sprintf("%s=%s: %s", f.kind.name, target, why)
	}
	if f.Name = short + "_id"; len(f.Name) > longestName {
		return fmt.Sprintf("a name has at most %d characters, and this one becomes %s", longestName, f.Name)
	}
	return reservedField(f.Name)
}

// readChoices reads the values of an enum, which end where a modifier begins.
// Among those that commas join, its name could be a value as well.
func (f *Field) readChoices(words []string, joined int) (rest []string, problem string) {
	for i, word := range words {
		if _, known := modifierNamed(word); !known || i == 0 {
			f.choices = append(f.choices, word)
			continue
		}
		if i < joined && strings.Trim(word, nameCharacters) == "" {
			return nil, fmt.Sprintf("%s could be a value or the modifier: write enum=%s for values alone, or enum:%s:%s",
				word, strings.Join(words[:joined], ","), strings.Join(words[:i], ","), strings.Join(words[i:joined], ":"))
		}
		return words[i:], f.badChoices()
	}
	return nil, f.badChoices()
}

func (f *Field) badChoices() string {
	for _, choice := range f.choices {
		f.kind.size = max(f.kind.size, int64(len(choice)))
	}
	if len(f.choices) < 2 {
		return "enum needs at least two values, as in status:enum:draft,published"
	}
	for i, choice := range f.choices {
		switch {
		case choice == "" || strings.Trim(choice, nameCharacters) != "" || len(choice) > 50:
			return fmt.Sprintf("the enum's value %q is not one to 50 letters, digits, - and _", choice)
		case slices.Contains(f.choices[:i], choice):
			return fmt.Sprintf("the enum has %s twice", choice)
		}
	}
	return ""
}

const nameCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"

// setDigits reads 10.2: ten digits, of which two stand behind the point.
func (f *Field) setDigits(argument string) string {
	var digits, scale int
	if _, err := fmt.Sscanf(argument+" ", "%d.%d ", &digits, &scale); err != nil || argument != fmt.Sprintf("%d.%d", digits, scale) {
		return fmt.Sprintf("decimal needs its digits, as in %s:decimal:10.2, not %q", f.Name, argument)
	}
	if digits < 1 || digits > 18 || scale < 0 || scale > digits {
		return fmt.Sprintf("decimal:%s: from 1 to 18 digits, of which at most all stand behind the point", argument)
	}
	f.kind.digits, f.kind.scale = digits, scale
	return ""
}

// String returns the field in its one canonical spelling, which ParseFields
// reads back.
func (f Field) String() string {
	parts := []string{f.Name, f.kind.name}
	switch {
	case f.kind.isReference():
		parts = []string{strings.TrimSuffix(f.Name, "_id"), f.kind.name + "=" + f.target}
	case f.kind.name == "enum" && len(f.choices) > 1 && slices.ContainsFunc(f.choices[1:], isModifier):
		parts = []string{f.Name, "enum=" + strings.Join(f.choices, ",")}
	case f.kind.name == "enum":
		parts = append(parts, strings.Join(f.choices, ","))
	case f.kind.name == "decimal":
		parts = append(parts, fmt.Sprintf("%d.%d", f.kind.digits, f.kind.scale))
	}
	for _, m := range modifiers() {
		if text, set := m.written(f); set {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, ":")
}

func isNumber(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// orList suggests the nearest candidate, or else lists all.
func orList(typed string, candidates []string) string {
	if near := DidYouMean(typed, candidates); near != "" {
		return near
	}
	return ": use " + strings.Join(candidates, ", ")
}
