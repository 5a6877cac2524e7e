package generator

import (
	"fmt"
	"strconv"
	"strings"
)

// Code is a field as the templates write it down, in Go.
type Code struct {
	Go     string // Title
	JSON   string // title
	Type   string // string, *string
	Tag    string // of the member of Fields, with its back quotes
	Column string // the tag of the member in the migration, the same way

	// Values that the generated tests send.
	Sample  string
	Other   string
	Zero    string   // what the field is when a request leaves it out
	Valid   []string // at the bounds
	Invalid []string // of another type, or beyond the bounds
}

func (f Field) code() Code {
	c := Code{
		Go: f.goName(), JSON: f.Name, Type: f.kind.goType,
		Tag: f.tag(), Column: f.columnTag(),
		Sample: f.sample(f.kind.sample), Other: f.sample(f.kind.other), Zero: f.kind.zero,
	}
	c.Valid, c.Invalid = f.bounds()
	if f.Optional {
		c.Type, c.Zero = "*"+c.Type, "nil"
		c.Valid = append(c.Valid, "nil")
	} else {
		c.Invalid = append([]string{"nil"}, c.Invalid...)
	}
	return c
}

func (f Field) goName() string { return goName(strings.Split(f.Name, "_")) }

// required says whether a request must have the member.
func (f Field) required() bool { return !f.Optional && f.kind.zero == "" }

// least is the smallest value or length; a text that is required is not empty.
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

// tag names the member of JSON and bounds what a request may send.
func (f Field) tag() string {
	tags := []string{tag("json", f.Name)}
	if !f.required() {
		tags = append(tags, tag("required", "false"))
	}
	if least := f.least(); least != nil {
		tags = append(tags, tag(f.kind.rules.min, strconv.FormatInt(*least, 10)))
	}
	if most := f.most(); most != nil {
		tags = append(tags, tag(f.kind.rules.max, strconv.FormatInt(*most, 10)))
	}
	if column := f.ownColumn(); column != "" {
		tags = append(tags, tag("gorm", column))
	}
	return "`" + strings.Join(tags, " ") + "`"
}

// columnTag describes the column.
func (f Field) columnTag() string {
	var settings []string
	if column := f.ownColumn(); column != "" {
		settings = append(settings, column)
	}
	if f.kind.size > 0 {
		settings = append(settings, fmt.Sprintf("size:%d", *f.most()))
	}
	if !f.Optional {
		settings = append(settings, "not null")
		if f.kind.zero != "" {
			settings = append(settings, "default:"+f.kind.zero)
		}
	}
	if settings == nil {
		return ""
	}
	return "`" + tag("gorm", strings.Join(settings, ";")) + "`"
}

// ownColumn names the column where gorm would call it something else.
func (f Field) ownColumn() string {
	words := strings.Split(f.Name, "_")
	if len(merge(words)) == len(words) {
		return ""
	}
	return "column:" + f.Name
}

func tag(key, value string) string { return key + ":" + strconv.Quote(value) }

// sample fits a value of the type into the bounds of the field.
func (f Field) sample(value string) string {
	least, most := f.least(), f.most()
	switch {
	case f.kind.measuresLength():
		text := fmt.Sprintf("%s %s", value, strings.ReplaceAll(f.Name, "_", " "))
		if n := int64(len(text)); (least == nil || n >= *least) && (most == nil || n <= *most) {
			return strconv.Quote(text)
		}
		if least == nil || *least == 0 {
			return repeat(value[:1], 1)
		}
		return repeat(value[:1], *least)
	case f.kind.rules != rules{}:
		n, _ := strconv.ParseInt(value, 10, 64)
		if least != nil && *least > 1 {
			n += *least - 1
		} else if most != nil && *most < 2 {
			n += *most - 2
		}
		return number(n)
	}
	return value
}

// bounds returns the values that are just accepted, and those that are not.
func (f Field) bounds() (valid, invalid []string) {
	invalid = append(invalid, f.kind.wrong)
	least, most := f.least(), f.most()
	switch {
	case f.kind.measuresLength():
		if least != nil && *least > 0 {
			valid, invalid = append(valid, repeat("a", *least)), append(invalid, repeat("a", *least-1))
		} else {
			valid = append(valid, `""`)
		}
		if most != nil {
			valid, invalid = append(valid, repeat("é", *most)), append(invalid, repeat("a", *most+1))
		}
	case f.kind.rules != rules{}:
		valid = append(valid, f.sample(f.kind.sample))
		if least != nil {
			valid, invalid = append(valid, number(*least)), append(invalid, number(*least-1))
		}
		if most != nil {
			valid, invalid = append(valid, number(*most)), append(invalid, number(*most+1))
		}
	default:
		valid = []string{f.kind.sample, f.kind.other}
	}
	return valid, invalid
}

// number writes a number as JSON answers are decoded: a float64.
func number(n int64) string { return strconv.FormatInt(n, 10) + ".0" }

// repeat writes a text of n letters.
func repeat(letter string, n int64) string {
	if n <= 8 {
		return strconv.Quote(strings.Repeat(letter, int(n)))
	}
	return fmt.Sprintf("strings.Repeat(%q, %d)", letter, n)
}
