package generator

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
)

// Code is a field as the templates write it down, in Go.
type Code struct {
	Go       string // Title
	JSON     string // title
	Type     string // string, *string
	Tag      string // of the member of the row, with its back quotes
	Snapshot string // the Go type in the migration
	Column   string // the tag there, the same way
	Default  string // the value that a request may leave out, or that a new row has; "" if there is none
	Note     string // behind the value, where it does not speak for itself

	// Values that the generated tests send, and read in an answer.
	Sample  string
	Other   string
	New     string   // what a new row has: the sample, or a value that no other has
	Zero    string   // what the field is when a request leaves it out
	Valid   []string // at the bounds
	Invalid []string // of another type, or beyond the bounds
}

func (f Field) code() Code {
	c := Code{
		Go: f.goName(), JSON: f.Name, Type: f.kind.code(), Snapshot: f.kind.code(),
		Tag: "`" + strings.Join(f.tags(), " ") + "`", Column: f.columnTag(),
		Sample: f.sample(), Other: f.other(), Zero: f.kind.zero,
	}
	if f.kind.old != "" {
		c.Snapshot = f.kind.old
	}
	c.Valid, c.Invalid = f.bounds()
	c.Valid = distinct(c.Valid)
	if c.New = c.Sample; f.Unique {
		c.New = f.fresh()
	}
	if f.Optional {
		c.Type, c.Snapshot, c.Zero = "*"+c.Type, "*"+c.Snapshot, "nil"
		c.Valid = append(c.Valid, "nil")
	} else {
		c.Invalid = append([]string{"nil"}, c.Invalid...)
	}
	f.writeDefault(&c)
	return c
}

// distinct leaves out what was there before.
func distinct(values []string) []string {
	var all []string
	for _, value := range values {
		if !slices.Contains(all, value) {
			all = append(all, value)
		}
	}
	return all
}

// writeDefault adds the value of default=, in Go and as the tests see it.
func (f Field) writeDefault(c *Code) {
	if f.fallback == nil {
		return
	}
	c.Default, _ = f.kind.literal(f, *f.fallback)
	c.Zero = f.answered(*f.fallback)
	if f.kind.isDecimal() {
		c.Note = " // " + f.exact(*f.fallback)
	}
	switch {
	case !f.Optional:
	case f.kind.isDecimal(), f.kind.goType == "int32", f.kind.goType == "int64", f.kind.goType == "float64":
		c.Default = fmt.Sprintf("new(%s(%s))", f.kind.code(), c.Default)
	default:
		c.Default = fmt.Sprintf("new(%s)", c.Default)
	}
}

// tags are those of the member of the row.
func (f Field) tags() []string {
	name := f.Name
	if f.Hidden {
		name = "-"
	}
	all := []string{tag("json", name)}
	switch {
	case f.Hidden:
	case f.ReadOnly:
		all = append(all, tag("readOnly", "true"))
	default:
		if f.mayBeAbsent() {
			all = append(all, tag("required", "false"))
		}
		if f.Immutable {
			all = append(all, tag("immutable", "true"))
		}
		all = append(all, f.schemaTags()...)
	}
	if f.ReadOnly && f.choices != nil {
		all = append(all, tag("enum", strings.Join(f.choices, ",")))
	}
	if words := f.listed(); words != "" {
		all = append(all, tag("list", words))
	}
	if column := f.ownColumn(); column != "" {
		all = append(all, tag("gorm", column))
	}
	return all
}

// schemaTags are the rules that a request is held to.
func (f Field) schemaTags() []string {
	all := slices.Clone(f.kind.tags)
	number := func(key string, n *big.Rat) {
		if n != nil {
			all = append(all, tag(key, decimals(n)))
		}
	}
	switch {
	case f.kind.isLength():
		number("minLength", f.least())
		number("maxLength", f.most())
	case f.kind.isDecimal():
		all = append(all, tag("pattern", f.pattern()))
		if f.min == nil && f.gt == nil && f.kind.bounds[0] != "" {
			all = append(all, tag("minimum", f.kind.bounds[0]))
		}
		if f.max == nil && f.lt == nil && f.kind.bounds[1] != "" {
			all = append(all, tag("maximum", f.kind.bounds[1]))
		}
		fallthrough
	case f.kind.isNumber():
		number("minimum", f.min)
		number("exclusiveMinimum", f.gt)
		number("maximum", f.max)
		number("exclusiveMaximum", f.lt)
	case f.choices != nil:
		all = append(all, tag("enum", strings.Join(f.choices, ",")))
	case f.kind.isReference():
		all = append(all, tag("minimum", "1"))
	}
	return all
}

// pattern is what the text of a decimal looks like.
func (f Field) pattern() string {
	whole := fmt.Sprintf("[0-9]{1,%d}", f.kind.digits-f.kind.scale)
	switch {
	case f.kind.scale == 0:
		return "^-?" + whole + "$"
	case f.kind.scale == f.kind.digits:
		whole = "0"
	}
	return fmt.Sprintf("^-?%s([.][0-9]{1,%d})?$", whole, f.kind.scale)
}

// listed is what a list can do with the field.
func (f Field) listed() string {
	var words []string
	switch {
	case f.Hidden:
		return ""
	case f.Filter:
		words = append(words, "filter")
	case f.isFiltered():
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

// isFiltered reports whether a list can be filtered by the field.
func (f Field) isFiltered() bool {
	return !f.Hidden && (f.Filter || f.kind.equal || f.Unique || f.Index)
}

// columnTag is the tag of the member of the migration.
func (f Field) columnTag() string { return f.columnTagWith(f.columnDefault()) }

// columnTagWith is the tag with a default of the column, as gorm reads it.
func (f Field) columnTagWith(fallback string) string {
	var settings []string
	if column := f.ownColumn(); column != "" {
		settings = append(settings, column)
	}
	if column := f.columnType(); column != "" {
		settings = append(settings, "type:"+column)
	}
	if !f.Optional {
		settings = append(settings, "not null")
	}
	if fallback != "" {
		settings = append(settings, "default:"+fallback)
	}
	if settings == nil {
		return ""
	}
	return "`" + tag("gorm", strings.Join(settings, ";")) + "`"
}

// columnType is the SQL type with the constraints of the column; "" where gorm
// finds it by the Go type.
func (f Field) columnType() string {
	kind, checks := f.kind.column, f.checks()
	switch {
	case f.kind.name == "ref":
		return fmt.Sprintf("bigint REFERENCES %s(id) ON DELETE RESTRICT", quoted(f.table))
	case f.kind.name == "belongs":
		return fmt.Sprintf("bigint REFERENCES %s(id) ON DELETE CASCADE", quoted(f.table))
	case strings.Contains(kind, "%d"):
		kind = fmt.Sprintf(kind, f.size())
	}
	if checks == nil {
		return kind
	}
	return kind + " CHECK (" + strings.Join(checks, " AND ") + ")"
}

// checks are the rules that the database keeps as well.
func (f Field) checks() []string {
	if !f.settable() {
		return nil
	}
	var all []string
	column := quoted(f.Name)
	compare := func(operator string, n *big.Rat) {
		if n == nil {
			return
		}
		if f.kind.isDecimal() {
			n = new(big.Rat).Quo(n, f.kind.step())
		}
		all = append(all, column+" "+operator+" "+decimals(n))
	}
	switch {
	case f.kind.isLength():
		column = "length(" + column + ")"
		if least := f.least(); least != nil && least.Sign() > 0 {
			compare(">=", least)
		}
		compare("<=", f.most())
	case f.kind.isNumber():
		if f.kind.name == "percent" && f.min == nil && f.gt == nil {
			compare(">=", f.least())
		}
		if f.kind.name == "percent" && f.max == nil && f.lt == nil {
			compare("<=", f.most())
		}
		compare(">=", f.min)
		compare(">", f.gt)
		compare("<=", f.max)
		compare("<", f.lt)
	case f.choices != nil:
		all = append(all, fmt.Sprintf("%s IN ('%s')", column, strings.Join(f.choices, "','")))
	}
	return all
}

// columnDefault is the default of the column.
func (f Field) columnDefault() string {
	switch {
	case f.fallback == nil:
		if f.Optional {
			return ""
		}
		return f.kind.zero
	case f.kind.isDecimal():
		code, _ := f.kind.literal(f, *f.fallback)
		return code
	case f.kind.name == "date" || f.kind.goType == "string": // null would be no text, and a(b) a function
		return "'" + *f.fallback + "'"
	case f.kind.name == "datetime":
		return "'" + strings.Replace(strings.TrimSuffix(strings.Trim(f.answered(*f.fallback), `"`), "Z"), "T", " ", 1) + ".000'"
	case f.kind.isNumber():
		n, _ := f.number(*f.fallback)
		return decimals(n)
	}
	return *f.fallback
}

func tag(key, value string) string { return key + ":" + strconv.Quote(value) }
