package generator

import (
	"fmt"
	"strconv"
	"strings"
)

const (
	longestString = 10_000  // code points; text is for more
	longestText   = 100_000 // code points, so that a body of 1 MiB has room for it
	largestNumber = 1<<53 - 1
)

// A Field is one member of a resource that a client may set.
type Field struct {
	Name     string // subtitle: the member of JSON and the column
	Optional bool

	kind     fieldType
	min, max *int64
}

// ParseFields reads the fields of a resource, each name:type[:argument][:modifier[=value]]….
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
	parts := strings.Split(arg, ":")
	name, problem := parseFieldName(parts[0])
	field := Field{Name: name}
	var problems []string
	if problem != "" {
		problems = append(problems, problem)
	}
	if len(parts) == 1 {
		return field, append(problems, "a type is missing, as in title:string")
	}
	kind, why := typeNamed(parts[1])
	if why != "" {
		return field, append(problems, fmt.Sprintf("unknown type %q%s", parts[1], why))
	}
	field.kind = kind
	modifiers := parts[2:]
	if len(modifiers) > 0 && kind.size > 0 && isNumber(modifiers[0]) {
		modifiers[0] = "max=" + modifiers[0]
	}
	given := map[string]bool{}
	for _, modifier := range modifiers {
		name, _, _ := strings.Cut(modifier, "=")
		if given[name] {
			problems = append(problems, fmt.Sprintf("%s is given twice", name))
		} else if problem := field.modify(modifier); problem != "" {
			problems = append(problems, problem)
		}
		given[name] = true
	}
	return field, append(problems, field.badBounds()...)
}

// modify applies one modifier, or says what is wrong with it.
func (f *Field) modify(modifier string) string {
	name, given, hasValue := strings.Cut(modifier, "=")
	switch {
	case name == "optional" && hasValue:
		return "optional takes no value"
	case name == "optional":
		f.Optional = true
		return ""
	case name != "min" && name != "max":
		return fmt.Sprintf("unknown modifier %q%s", modifier, orList(name, []string{"optional", "min=", "max="}))
	case f.kind.rules == rules{}:
		return fmt.Sprintf("%s= has no meaning for %s", name, f.kind.name)
	}
	n, err := strconv.ParseInt(given, 10, 64)
	if err != nil {
		return fmt.Sprintf("%s= takes a whole number, as in %s=20, not %q", name, name, given)
	}
	if name == "min" {
		f.min = &n
	} else {
		f.max = &n
	}
	return ""
}

// badBounds says which bounds cannot be.
func (f *Field) badBounds() []string {
	var problems []string
	least, most := f.least(), f.most()
	if f.kind.measuresLength() {
		limit, instead := int64(longestText), ""
		if f.kind.size > 0 {
			limit, instead = longestString, fmt.Sprintf(" (use %s:text)", f.Name)
		}
		if most != nil && (*most < 1 || *most > limit) {
			problems = append(problems, fmt.Sprintf("max= of a %s is from 1 to %d%s", f.kind.name, limit, instead))
		}
		if least != nil && (*least < 0 || *least > limit) {
			problems = append(problems, fmt.Sprintf("min= of a %s is from 0 to %d", f.kind.name, limit))
		}
		if least != nil && most != nil && *least > *most {
			problems = append(problems, fmt.Sprintf("min=%d is more than max=%d", *least, *most))
		}
		return problems
	}
	for _, bound := range []*int64{least, most} {
		if bound != nil && (*bound > largestNumber || *bound < -largestNumber) {
			problems = append(problems, fmt.Sprintf("%d is more than JSON numbers hold exactly: %d at most", *bound, int64(largestNumber)))
		}
	}
	if least != nil && most != nil && *least >= *most {
		problems = append(problems, fmt.Sprintf("min=%d is not less than max=%d", *least, *most))
	}
	return problems
}

// parseFieldName returns the name of the member in JSON, or "" and what is wrong.
func parseFieldName(given string) (name, problem string) {
	switch {
	case given == "":
		return "", "a name is missing, as in title:string"
	case len(given) > longestName:
		return "", fmt.Sprintf("a name has at most %d characters", longestName)
	case !isUpper(given[0]) && !isLower(given[0]):
		return "", "a name begins with a letter"
	case strings.ContainsFunc(given, func(r rune) bool { return r == ' ' || !isNameRune(r) }):
		return "", "a name has the letters a to z, digits and _"
	case strings.HasSuffix(given, "_") || strings.Contains(given, "__"):
		return "", "a name has single underscores, between words"
	}
	name = strings.Join(split(given), "_")
	return name, reservedField(name)
}

// reservedField says why a member of that name would collide.
func reservedField(name string) string {
	switch name {
	case "id", "created_at", "updated_at":
		return fmt.Sprintf("every resource has %s already: leave it out", name)
	case "deleted_at":
		return "gorm hides rows by deleted_at: take another name, such as removed_at"
	case "user_id":
		return "user_id is the owner, which -p adds and no client may set: leave it out, or take another name, such as member_id"
	case "fields":
		return "the generated type is called Fields: take another name, such as columns"
	case "ctid", "cmin", "cmax", "tableoid", "xmin", "xmax":
		return fmt.Sprintf("PostgreSQL has a column %s in every table: take another name", name)
	}
	return ""
}

// String returns the field in its one canonical spelling, which ParseFields
// reads back.
func (f Field) String() string {
	parts := []string{f.Name, f.kind.name}
	if f.Optional {
		parts = append(parts, "optional")
	}
	if f.min != nil {
		parts = append(parts, fmt.Sprintf("min=%d", *f.min))
	}
	if f.max != nil && *f.max != f.kind.size {
		parts = append(parts, fmt.Sprintf("max=%d", *f.max))
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
