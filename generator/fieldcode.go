package generator

import (
	"fmt"
	"strconv"
	"strings"
)

// Code is a field as the templates write it.
type Code struct {
	Go      string // Title
	JSON    string // title
	Type    string // string, *string
	Tag     string // the tag of the member of Fields, with its back quotes
	Column  string // the tag of the column in the migration, the same way
	Sample  string // JSON that is accepted
	Other   string // other JSON that is accepted
	Invalid []Invalid
}

// An Invalid is JSON that the API refuses, and why.
type Invalid struct{ Why, JSON string }

// code writes the field down in Go.
func (f Field) code() Code {
	c := Code{Go: f.goName(), JSON: f.Name, Type: f.kind.goType, Sample: f.sample(f.kind.sample), Other: f.sample(f.kind.other)}
	if f.Optional {
		c.Type = "*" + c.Type
	}
	tags := []string{tag("json", f.Name)}
	if f.Optional || f.kind.lax {
		tags = append(tags, tag("required", "false"))
	}
	tags = append(tags, f.rules()...)
	column := f.column()
	if column != "" {
		tags = append(tags, tag("gorm", column))
		c.Column = "`" + tag("gorm", column) + "`"
	}
	c.Tag = "`" + strings.Join(tags, " ") + "`"
	c.Invalid = f.invalid()
	return c
}

func (f Field) goName() string { return goName(strings.Split(f.Name, "_")) }

// least is the smallest value or length; a string that must be given must not
// be empty either.
func (f Field) least() *int64 {
	if one := int64(1); f.min == nil && f.kind.measuresLength() && !f.Optional {
		return &one
	}
	return f.min
}

// most is the largest value or length.
func (f Field) most() *int64 {
	if f.max == nil && f.kind.size > 0 {
		return &f.kind.size
	}
	return f.max
}

// rules are the schema tags, which bound what a request may send.
func (f Field) rules() []string {
	var tags []string
	if least := f.least(); least != nil {
		tags = append(tags, tag(f.kind.bounds.min, strconv.FormatInt(*least, 10)))
	}
	if most := f.most(); most != nil {
		tags = append(tags, tag(f.kind.bounds.max, strconv.FormatInt(*most, 10)))
	}
	return tags
}

// column is what gorm has to know about the column.
func (f Field) column() string {
	var settings []string
	if strings.Join(merge(strings.Split(f.Name, "_")), "_") != f.Name {
		settings = append(settings, "column:"+f.Name)
	}
	if f.kind.size > 0 {
		settings = append(settings, fmt.Sprintf("size:%d", f.longest()))
	}
	if !f.Optional {
		settings = append(settings, "not null")
	}
	return strings.Join(settings, ";")
}

func tag(key, value string) string { return key + ":" + strconv.Quote(value) }

// sample fits a value of the type to the bounds of the field.
func (f Field) sample(literal string) string {
	least, most := f.least(), f.most()
	switch {
	case f.kind.measuresLength() && least != nil && *least > 1:
		return quoted(literal[1:2], *least)
	case f.kind.measuresLength():
		return literal
	case f.kind.bounds != bounds{}:
		n, _ := strconv.ParseInt(literal, 10, 64)
		if least != nil && n < *least {
			n += *least - 1
		}
		if most != nil && n > *most {
			n = *most
		}
		return strconv.FormatInt(n, 10)
	}
	return literal
}

// invalid lists what breaks each rule of the field.
func (f Field) invalid() []Invalid {
	list := []Invalid{{"the wrong type", f.kind.wrong}}
	if !f.Optional {
		list = append(list, Invalid{"null", "null"})
	}
	least, most := f.least(), f.most()
	switch {
	case f.kind.measuresLength():
		if least != nil && *least > 0 {
			list = append(list, Invalid{"too short", quoted("a", *least-1)})
		}
		if most != nil && *most <= longestString {
			list = append(list, Invalid{"too long", quoted("a", *most+1)})
		}
	case f.kind.bounds != bounds{}:
		if least != nil {
			list = append(list, Invalid{"too small", strconv.FormatInt(*least-1, 10)})
		}
		if most != nil {
			list = append(list, Invalid{"too large", strconv.FormatInt(*most+1, 10)})
		}
	}
	return list
}

func quoted(letter string, n int64) string {
	return strconv.Quote(strings.Repeat(letter, int(n)))
}
