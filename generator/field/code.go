package field

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
)

// Code is a field in Go, the data of templates.
type Code struct {
	Go      string // Title
	JSON    string // title
	Type    string // string, *string
	Tag     string // struct tag, with backquotes
	Column  string // column in the migration
	Default string // the default, or the value of a new row; "" if none
	Note    string // comment after the value, if it is not obvious
}

// Code returns the field in Go.
func (f Field) Code() Code {
	c := Code{
		Go: f.GoName(), JSON: f.Name, Type: f.Type.Code(),
		Tag: "`" + strings.Join(f.tags(), " ") + "`", Column: f.Column(),
	}
	if f.Optional {
		c.Type = "*" + c.Type
	}
	f.writeDefault(&c)
	return c
}

// writeDefault adds the value of default= in Go.
func (f Field) writeDefault(c *Code) {
	if f.DefaultValue == nil {
		return
	}
	c.Default, _ = f.Type.Literal(f, *f.DefaultValue)
	if f.Type.IsDecimal() {
		c.Note = " // " + f.exact(*f.DefaultValue)
	}
	switch {
	case !f.Optional:
	case f.Type.IsNumber():
		c.Default = fmt.Sprintf("new(%s(%s))", f.Type.Code(), c.Default)
	default:
		c.Default = fmt.Sprintf("new(%s)", c.Default)
	}
}

// tags returns the tags of the struct field.
func (f Field) tags() []string {
	name := f.Name
	if f.Hidden {
		name = "-"
	}
	all := []string{Tag("json", name)}
	switch {
	case f.Hidden:
	case f.ReadOnly:
		all = append(all, Tag("readOnly", "true"))
	default:
		if f.MayBeAbsent() {
			all = append(all, Tag("required", "false"))
		}
		if f.Immutable {
			all = append(all, Tag("immutable", "true"))
		}
		all = append(all, f.schemaTags()...)
	}
	if f.ReadOnly && f.Choices != nil {
		all = append(all, Tag("enum", strings.Join(f.Choices, ",")))
	}
	if words := f.Listed(); words != "" {
		all = append(all, Tag("list", words))
	}
	if column := f.ownColumn(); column != "" {
		all = append(all, Tag("gorm", column))
	}
	return all
}

// schemaTags returns the tags with validation rules.
func (f Field) schemaTags() []string {
	all := slices.Clone(f.Type.tags)
	number := func(key string, n *big.Rat) {
		if n != nil {
			all = append(all, Tag(key, Decimals(n)))
		}
	}
	switch {
	case f.Type.IsLength():
		number("minLength", f.Least())
		number("maxLength", f.Most())
	case f.Type.IsDecimal():
		all = append(all, Tag("pattern", f.pattern()))
		if f.Min == nil && f.Gt == nil && f.Type.bounds[0] != "" {
			all = append(all, Tag("minimum", f.Type.bounds[0]))
		}
		if f.Max == nil && f.Lt == nil && f.Type.bounds[1] != "" {
			all = append(all, Tag("maximum", f.Type.bounds[1]))
		}
		fallthrough
	case f.Type.IsNumber():
		number("minimum", f.Min)
		number("exclusiveMinimum", f.Gt)
		number("maximum", f.Max)
		number("exclusiveMaximum", f.Lt)
	case f.Choices != nil:
		all = append(all, Tag("enum", strings.Join(f.Choices, ",")))
	case f.Type.IsReference():
		all = append(all, Tag("minimum", "1"))
	}
	return all
}

// pattern returns the pattern of a decimal string.
func (f Field) pattern() string {
	whole := fmt.Sprintf("[0-9]{1,%d}", f.Type.digits-f.Type.scale)
	switch {
	case f.Type.scale == 0:
		return "^-?" + whole + "$"
	case f.Type.scale == f.Type.digits:
		whole = "0"
	}
	return fmt.Sprintf("^-?%s([.][0-9]{1,%d})?$", whole, f.Type.scale)
}

// Listed returns the list tag of the field.
func (f Field) Listed() string {
	var words []string
	switch {
	case f.Hidden:
		return ""
	case f.Filter:
		words = append(words, "filter")
	case f.IsFiltered():
		words = append(words, "equal")
	}
	if f.Sort {
		words = append(words, "sort")
	}
	if f.Search {
		words = append(words, "search")
	}
	return strings.Join(words, ",")
}

// IsFiltered reports whether a list can be filtered by the field.
func (f Field) IsFiltered() bool {
	return !f.Hidden && (f.Filter || f.Type.equal || f.Unique || f.Index)
}
