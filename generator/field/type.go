package field

import (
	"fmt"
	"math/big"
	"strconv"
)

// A Type is one type that a field may have. A new type is a new row of
// fieldTypes.
type Type struct {
	Name    string
	aliases []string
	GoType  string
	column  func(f Field) string // how a migration declares its column, without bounds and default
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

	size          int64 // the longest value, unless max= says otherwise; 0 is any
	scale         int   // digits behind the point
	digits        int   // all digits
	bounds        [2]string
	equal         bool   // is filtered by equality without being asked
	Search        bool   // is a text that can be searched
	NoIndexReason string // why it can have no index and no order; "" if it can
	single        string // why its values cannot be unique; "" if they can
	Literal       func(f Field, text string) (code string, ok bool)

	zero   string // Go: what a request that leaves the member out means; "" if it may not
	values values
}

// values are those that the generated tests send, and that seeders make.
type values struct {
	sample, other Value   // two different values; of a text the first word, of a number one that is moved between the bounds
	nth           Value   // one for each n below 100, for what has to be unique
	seed          Value   // one for any n, for a row to develop with; nil is nth
	wrong         []Value // that are refused, beside those of another type
	valid         []Value // at the edge
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

// A measure is what min=, max=, gt= and lt= bound.
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

// Code is the Go type of a value.
func (t Type) Code() string {
	if t.IsDecimal() {
		return fmt.Sprintf("column.Decimal[column.Scale%d]", t.scale)
	}
	return t.GoType
}

// Step is the distance between two neighbouring numbers of the type; of floats
// one that leaves room.
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

// Tag returns one key and value of a struct tag.
func Tag(key, value string) string { return key + ":" + strconv.Quote(value) }
