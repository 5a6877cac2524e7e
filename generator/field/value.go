package field

import (
	"math/big"
	"strings"
)

// A Value is a value in a test, a table or a seeder. It is printed as Go where it is
// used, and never parsed.
type Value interface{ isValue() }

type (
	// Bool is true or false.
	Bool bool
	// Text is a short string.
	Text string
	// Repeated is a repeated letter with a prefix and a suffix.
	Repeated struct {
		Before, Letter string
		Times          int64
		After          string
	}
	// Number is an integer or a fraction.
	Number struct {
		*big.Rat
		Float bool
	}
	// Document is JSON: a map, list, string, number or bool.
	Document struct{ JSON any }

	// Numbered is a string that depends on the row number.
	Numbered struct {
		Format string // of package fmt
		Parts  []Part
	}
	// Part is a number in a Numbered: Add + n / Divide % Modulo, for row n.
	Part struct{ Add, Divide, Modulo int64 }
	// Counted is From + Step * (n % Modulo) for row n; for a decimal with a scale, as
	// a string.
	Counted struct {
		From, Step *big.Rat
		Modulo     *big.Rat // nil if unlimited
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
	// Choice cycles through strings.
	Choice []string
	// Daily is a date per row, Hourly a time per row, one minute apart.
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

// numbered returns a string that contains the row number.
func numbered(format string) Numbered { return Numbered{format, []Part{{}}} }

// repeated returns a string of n letters.
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
