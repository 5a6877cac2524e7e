package field

import (
	"fmt"
	"math/big"
	"strconv"
)

// A Type is the type of a field. To add one, add a row to fieldTypes.
type Type struct {
	Name    string
	aliases []string
	GoType  string
	column  func(f Field) string // column in a migration, without bounds and default
	tags    []string
	measure measure

	takes     argument                 // what stands behind the name
	exact     bool                     // a decimal, which JSON has as a text
	reference bool                     // to a row of another table
	Cascade   bool                     // the row is deleted with the one that it refers to
	form      func(text string) error  // what its pattern cannot say; nil if nothing
	answer    func(text string) Value  // default= as a response shows it; nil is the text itself
	stored    func(text string) string // a text of JSON as the table keeps it; nil is the same
	noFilter  bool                     // lists cannot be filtered by it
	valueless bool                     // a new row has no value of it
	wider     string                   // the type for numbers that it does not hold
	inexact   bool                     // JSON cannot tell the numbers around its bounds apart

	size          int64 // maximum length unless max= is set; 0 is unlimited
	scale         int   // digits after the point
	digits        int   // all digits
	bounds        [2]string
	equal         bool   // lists can always be filtered by equality
	Search        bool   // supports search
	NoIndexReason string // why it cannot be indexed or sorted, or ""
	single        string // why it cannot be unique, or ""
	Literal       func(f Field, text string) (code string, ok bool)

	zero   string // Go value if a request omits the field; "" if it is required
	values values
}

// values are used by generated tests and seeders.
type values struct {
	sample, other Value   // two distinct values: words of a string, or numbers to move into the bounds
	nth           Value   // a distinct value for each n below 100
	seed          Value   // a distinct value for any n, for development data; nil means nth
	wrong         []Value // invalid values, besides those of another type
	valid         []Value // valid edge cases
}

// An argument is what a type takes behind its name.
type argument int

const (
	noArgument     argument = iota
	lengthOfText            // string:80
	digitsOfNumber          // decimal:10.2
	listOfChoices           // enum:draft,published
	nameOfRelated           // ref=Post
)

// A measure is what min=, max=, gt= and lt= limit.
type measure int

const (
	nothing measure = iota
	length          // in code points
	value
)

// IsLength, IsNumber, IsDecimal, IsReference and HasZero report what a type is like.
func (t Type) IsLength() bool    { return t.measure == length }
func (t Type) IsNumber() bool    { return t.measure == value }
func (t Type) IsDecimal() bool   { return t.exact }
func (t Type) HasZero() bool     { return t.zero != "" }
func (t Type) isFloat() bool     { return t.scale < 0 }
func (t Type) IsReference() bool { return t.reference }

// Code returns the Go type of a value.
func (t Type) Code() string {
	if t.IsDecimal() {
		return fmt.Sprintf("column.Decimal[column.Scale%d]", t.scale)
	}
	return t.GoType
}

// Step returns the distance between adjacent numbers of the type; for floats a
// reasonable one.
func (t Type) Step() *big.Rat {
	step := big.NewRat(1, 1)
	for range max(t.scale, 0) {
		step.Quo(step, big.NewRat(10, 1))
	}
	if t.isFloat() {
		return big.NewRat(1, 2)
	}
	return step
}

// Tag returns a key and value of a struct tag.
func Tag(key, value string) string { return key + ":" + strconv.Quote(value) }
