package table

import (
	"errors"
	"fmt"
	"time"

	"example.com/blog/internal/column"
)

// An IDColumn is the primary key that most tables have.
type IDColumn struct{ base }

// ID returns the primary key id, a 64-bit number that the database counts up. A number is never given twice, not even after
// its row was deleted.
func ID() IDColumn { return IDColumn{base{Definition{Name: "id", Type: IDType, PrimaryKey: true}}} }

// A RefColumn contains the ID of a row of another table, or of the same one.
type RefColumn struct{ base }

// Ref returns a foreign key to the table parent. A referenced row cannot be deleted.
func Ref(name, parent string) RefColumn {
	return RefColumn{base{Definition{Name: name, Type: RefType, Parent: parent}}}
}

// Cascade deletes the row together with the referenced row.
func (c RefColumn) Cascade() RefColumn {
	c.def.Cascade = true
	return c
}

// Optional allows null.
func (c RefColumn) Optional() RefColumn { return RefColumn{c.optional()} }

// A TextColumn contains text. Lengths are in characters.
type TextColumn struct{ base }

// longestString is the longest varchar of PostgreSQL, in characters
// (https://www.postgresql.org/docs/current/datatype-character.html).
const longestString = 10_485_760

// String returns a column for text of at most max characters, from 1 to 10,485,760.
func String(name string, max int) TextColumn {
	c := base{Definition{Name: name, Type: StringType, Size: max}}
	if max < 1 || max > longestString {
		c = c.failing(fmt.Errorf("String(%d): must be from 1 to %d characters; Text has no limit", max, longestString))
	}
	return TextColumn{c}
}

// Text returns a column for text of any length.
func Text(name string) TextColumn { return TextColumn{base{Definition{Name: name, Type: TextType}}} }

// PrimaryKey makes the column the primary key of the table.
func (c TextColumn) PrimaryKey() TextColumn {
	c.def.PrimaryKey = true
	return c
}

// Min rejects shorter text.
func (c TextColumn) Min(length int) TextColumn { return TextColumn{c.bounded(">=", int64(length))} }

// Max rejects longer text.
func (c TextColumn) Max(length int) TextColumn { return TextColumn{c.bounded("<=", int64(length))} }

// Default sets the value of rows inserted without one.
func (c TextColumn) Default(value string) TextColumn { return TextColumn{c.defaulting(value)} }

// Optional allows null.
func (c TextColumn) Optional() TextColumn { return TextColumn{c.optional()} }

// A ValueColumn contains values of a type without bounds.
type ValueColumn[V bool | string | time.Time | column.Date | column.JSON] struct{ base }

// Bool returns a column for true and false.
func Bool(name string) ValueColumn[bool] {
	return ValueColumn[bool]{base{Definition{Name: name, Type: BoolType}}}
}

// Enum returns a column for one of the values.
func Enum(name string, values ...string) ValueColumn[string] {
	c := base{Definition{Name: name, Type: EnumType, Values: values}}
	if len(values) == 0 {
		c = c.failing(errors.New("Enum needs its values"))
	}
	return ValueColumn[string]{c}
}

// Date returns a column for a day, which is a column.Date in Go.
func Date(name string) ValueColumn[column.Date] {
	return ValueColumn[column.Date]{base{Definition{Name: name, Type: DateType}}}
}

// DateTime returns a column for a point in time, in UTC with milliseconds.
func DateTime(name string) ValueColumn[time.Time] {
	return ValueColumn[time.Time]{base{Definition{Name: name, Type: DateTimeType}}}
}

// JSON returns a column for any document, which is a column.JSON in Go.
func JSON(name string) ValueColumn[column.JSON] {
	return ValueColumn[column.JSON]{base{Definition{Name: name, Type: JSONType}}}
}

// Default sets the value of rows inserted without one.
func (c ValueColumn[V]) Default(value V) ValueColumn[V] { return ValueColumn[V]{c.defaulting(value)} }

// Optional allows null.
func (c ValueColumn[V]) Optional() ValueColumn[V] { return ValueColumn[V]{c.optional()} }

// A Definition describes a column independently of the database.
type Definition struct {
	Name       string
	Type       Type
	Size       int // of a String: its longest value, in characters
	PrimaryKey bool
	Optional   bool     // null is allowed
	Default    any      // nil, or a bool, int64, float64, string, column.Date or time.Time
	Bounds     []Bound  // of a number, or of the length of a text in characters
	Values     []string // of an Enum
	Parent     string   // of a Ref: the referenced table
	Cascade    bool     // of a Ref: rows are deleted with their parent, which otherwise cannot be deleted
	Err        error    // the first error in building the column, or a contradiction between its rules
}

// A Type is the type of a column. Each dialect maps it to SQL.
type Type int

// The types, named after their constructors.
const (
	IDType Type = iota
	RefType
	StringType
	TextType
	IntType
	BigIntType
	FloatType
	DecimalType
	BoolType
	DateType
	DateTimeType
	JSONType
	EnumType
)

// A Bound is a limit on the values of a column, such as >= 1.
type Bound struct {
	Operator string // >=, >, <= or <
	Value    any    // int64 or float64
}

// base is embedded in every column. Its methods return copies, so that columns can be shared.
type base struct{ def Definition }

// Definition implements Column.
func (b base) Definition() Definition {
	if b.def.Err == nil {
		b.def.Err = b.def.contradiction()
	}
	return b.def
}

func (base) isPart() {}

func (b base) optional() base {
	b.def.Optional = true
	return b
}

func (b base) bounded(operator string, value any) base {
	b.def.Bounds = append(b.def.Bounds[:len(b.def.Bounds):len(b.def.Bounds)], Bound{operator, value})
	return b
}

func (b base) defaulting(value any) base {
	b.def.Default = value
	return b
}

func (b base) failing(err error) base {
	if b.def.Err == nil {
		b.def.Err = err
	}
	return b
}
