package table

import (
	"time"

	"fastgo/runtime/column"
)

// An IDColumn is the primary key that most tables have.
type IDColumn struct{ base }

// ID returns the primary key id, a 64-bit number that the database counts up. A number is never given twice, not even after
// its row was deleted.
func ID() IDColumn { return IDColumn{base{Definition{Name: "id", Type: IDType, PrimaryKey: true}}} }

// A RefColumn holds the id of a row of another table, or of the same one.
type RefColumn struct{ base }

// Ref returns a column that refers to the id of a row in the table parent. A row that is referred to cannot be deleted.
func Ref(name, parent string) RefColumn {
	return RefColumn{base{Definition{Name: name, Type: RefType, Parent: parent}}}
}

// Cascade deletes the row together with the row that it refers to.
func (c RefColumn) Cascade() RefColumn {
	c.def.Cascade = true
	return c
}

// Optional allows null.
func (c RefColumn) Optional() RefColumn { return RefColumn{c.optional()} }

// A TextColumn holds text. Its lengths are in characters.
type TextColumn struct{ base }

// String returns a column for text of at most max characters.
func String(name string, max int) TextColumn {
	return TextColumn{base{Definition{Name: name, Type: StringType, Size: max}}}
}

// Text returns a column for text of any length.
func Text(name string) TextColumn { return TextColumn{base{Definition{Name: name, Type: TextType}}} }

// PrimaryKey makes the column the primary key of the table.
func (c TextColumn) PrimaryKey() TextColumn {
	c.def.PrimaryKey = true
	return c
}

// Min refuses shorter text.
func (c TextColumn) Min(length int) TextColumn { return TextColumn{c.bounded(">=", int64(length))} }

// Max refuses longer text.
func (c TextColumn) Max(length int) TextColumn { return TextColumn{c.bounded("<=", int64(length))} }

// Default is the value of rows that are stored without one.
func (c TextColumn) Default(value string) TextColumn { return TextColumn{c.defaulting(value)} }

// Optional allows null.
func (c TextColumn) Optional() TextColumn { return TextColumn{c.optional()} }

// A ValueColumn holds values of one type that have no bounds.
type ValueColumn[V bool | string | time.Time | column.Date | column.JSON] struct{ base }

// Bool returns a column for true and false.
func Bool(name string) ValueColumn[bool] {
	return ValueColumn[bool]{base{Definition{Name: name, Type: BoolType}}}
}

// Enum returns a column for one of the values.
func Enum(name string, values ...string) ValueColumn[string] {
	return ValueColumn[string]{base{Definition{Name: name, Type: EnumType, Values: values}}}
}

// Date returns a column for a day, which is a column.Date in Go.
func Date(name string) ValueColumn[column.Date] {
	return ValueColumn[column.Date]{base{Definition{Name: name, Type: DateType}}}
}

// DateTime returns a column for a point in time, kept in UTC with milliseconds.
func DateTime(name string) ValueColumn[time.Time] {
	return ValueColumn[time.Time]{base{Definition{Name: name, Type: DateTimeType}}}
}

// JSON returns a column for any document, which is a column.JSON in Go.
func JSON(name string) ValueColumn[column.JSON] {
	return ValueColumn[column.JSON]{base{Definition{Name: name, Type: JSONType}}}
}

// Default is the value of rows that are stored without one.
func (c ValueColumn[V]) Default(value V) ValueColumn[V] { return ValueColumn[V]{c.defaulting(value)} }

// Optional allows null.
func (c ValueColumn[V]) Optional() ValueColumn[V] { return ValueColumn[V]{c.optional()} }

// A Definition is what a column is, whichever database it is for.
type Definition struct {
	Name       string
	Type       Type
	Size       int // of a String: its longest value, in characters
	PrimaryKey bool
	Optional   bool     // null is allowed
	Default    any      // nil, or a bool, int64, float64, string, column.Date or time.Time
	Bounds     []Bound  // of a number, or of the length of a text in characters
	Values     []string // of an Enum
	Parent     string   // of a Ref: the table whose id it holds
	Cascade    bool     // of a Ref: the row is deleted with its parent, which otherwise cannot be deleted
	Err        error    // the first mistake in the calls that made the column
}

// A Type is that of a column. A dialect says what it is called in its database.
type Type int

// The types, each named after the function that makes its columns.
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

// base is what every column embeds. Its methods return copies, so that a column can be shared.
type base struct{ def Definition }

// Definition implements Column.
func (b base) Definition() Definition { return b.def }

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
