package field

import (
	"math/big"
	"strings"
)

// A Value is one that tests send or tables keep, or that a seeder makes. It is
// written down in Go where it is used, and nowhere read back.
type Value interface{ isValue() }

type (
	// Bool is true or false.
	Bool bool
	// Text is one of few letters.
	Text string
	// Repeated is a letter so many times, with what stands around it.
	Repeated struct {
		Before, Letter string
		Times          int64
		After          string
	}
	// Number is a whole number, or one of a field that has fractions.
	Number struct {
		*big.Rat
		Float bool
	}
	// Document is JSON: a map, a list, a text, a number or a bool.
	Document struct{ JSON any }

	// Numbered is a text that differs from row to row.
	Numbered struct {
		Format string // of package fmt
		Parts  []Part
	}
	// Part is a number of a text: Add + n / Divide % Modulo, for the row n.
	Part struct{ Add, Divide, Modulo int64 }
	// Counted is a number that differs from row to row: From + Step * (n % Modulo).
	// Of a decimal with a scale it is the text.
	Counted struct {
		From, Step *big.Rat
		Modulo     *big.Rat // nil if there are values for all rows
		Decimal    bool
		Scale      int
	}
	// Spread is a fraction: From + Width * (1 + n % Modulo).
	Spread struct {
		From, Width *big.Rat
		Modulo      int64
	}
	// Alternating is true for every second row.
	Alternating struct{}
	// Choice is one text after the other.
	Choice []string
	// Daily is a date for each row, and Hourly a time that a minute parts from the next.
	Daily  struct{}
	Hourly struct{}
)

func (Bool) isValue()        {}
func (Text) isValue()        {}
func (Repeated) isValue()    {}
func (Number) isValue()      {}
func (Document) isValue()    {}
func (Numbered) isValue()    {}
func (Counted) isValue()     {}
func (Spread) isValue()      {}
func (Alternating) isValue() {}
func (Choice) isValue()      {}
func (Daily) isValue()       {}
func (Hourly) isValue()      {}

// numbered is a text with the number of the row in it.
func numbered(format string) Numbered { return Numbered{format, []Part{{}}} }

// repeated is a text of n letters.
func repeated(letter string, n int64) Value {
	if n <= 8 {
		return Text(strings.Repeat(letter, int(n)))
	}
	return Repeated{Letter: letter, Times: n}
}

func texts(all ...string) []Value {
	var values []Value
	for _, text := range all {
		values = append(values, Text(text))
	}
	return values
}
