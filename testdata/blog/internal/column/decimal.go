// Package column provides types that are a single value in Go, in JSON and in a database column: an exact decimal number, a
// calendar date and a JSON document. Use a pointer for a nullable column.
package column

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// A Decimal is an exact decimal number with the scale S: 12.50 is Decimal[Scale2](1250). The database stores that integer,
// so it sorts, compares and adds exactly. In JSON it is the string "12.50", because a number could lose digits.
type Decimal[S Scale] int64

// Parse parses a number such as 12.5, with at most the digits of S after the point. It rejects a plus sign and leading
// zeros, so that a number has one spelling, except for trailing zeros.
func Parse[S Scale](text string) (Decimal[S], error) {
	digits := digitsOf[S]()
	number, negative := strings.CutPrefix(text, "-")
	whole, fraction, pointed := strings.Cut(number, ".")
	switch {
	case !isNumber(whole) || pointed && !isNumber(fraction) || len(whole) > 1 && whole[0] == '0':
		return 0, fmt.Errorf("%q is not a decimal number such as %s", text, example[S]())
	case len(fraction) > digits:
		return 0, fmt.Errorf("%q has more than %d digits after the point", text, digits)
	}
	scaled := whole + fraction + strings.Repeat("0", digits-len(fraction))
	if negative {
		scaled = "-" + scaled
	}
	value, err := strconv.ParseInt(scaled, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%q has too many digits", text)
	}
	return Decimal[S](value), nil
}

// String returns the number with all digits after the point, such as 12.50.
func (d Decimal[S]) String() string {
	digits, negative := strings.CutPrefix(strconv.FormatInt(int64(d), 10), "-")
	scale := digitsOf[S]()
	if missing := scale + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	if point := len(digits) - scale; scale > 0 {
		digits = digits[:point] + "." + digits[point:]
	}
	if negative {
		return "-" + digits
	}
	return digits
}

// MarshalText implements encoding.TextMarshaler, so the number is a string in JSON.
func (d Decimal[S]) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (d *Decimal[S]) UnmarshalText(text []byte) (err error) {
	*d, err = Parse[S](string(text))
	return err
}

// TransformSchema describes a number of at most 18 digits. The pattern tag of a field can restrict it further.
func (Decimal[S]) TransformSchema(_ huma.Registry, s *huma.Schema) *huma.Schema {
	digits := digitsOf[S]()
	s.Type, s.Format, s.Examples = huma.TypeString, "decimal", []any{example[S]()}
	s.Description, s.Pattern = "A whole number", "^-?"+wholePattern(18)+"$"
	if digits > 0 {
		s.Description = fmt.Sprintf("A decimal number with at most %d digits after the point", digits)
		s.Pattern = fmt.Sprintf(`^-?%s(\.[0-9]{1,%d})?$`, wholePattern(18-digits), digits)
	}
	return s
}

// wholePattern matches the digits before the point.
func wholePattern(digits int) string {
	if digits == 0 {
		return "0"
	}
	return fmt.Sprintf("(0|[1-9][0-9]{0,%d})", digits-1)
}

func example[S Scale]() string {
	digits := digitsOf[S]()
	switch {
	case digits == 0:
		return "12"
	case digits > 16:
		return "0.5" + strings.Repeat("0", digits-1)
	}
	return "12.5" + strings.Repeat("0", digits-1)
}

func digitsOf[S Scale]() int {
	var scale S
	return scale.digits()
}

func isNumber(text string) bool {
	for _, r := range text {
		if r < '0' || r > '9' {
			return false
		}
	}
	return text != ""
}

// A Scale is the number of digits that a Decimal has after the point: one of Scale0 to Scale18.
type Scale interface{ digits() int }

// Scale0 to Scale18 are all scales that an int64 can hold.
type (
	Scale0  struct{}
	Scale1  struct{}
	Scale2  struct{}
	Scale3  struct{}
	Scale4  struct{}
	Scale5  struct{}
	Scale6  struct{}
	Scale7  struct{}
	Scale8  struct{}
	Scale9  struct{}
	Scale10 struct{}
	Scale11 struct{}
	Scale12 struct{}
	Scale13 struct{}
	Scale14 struct{}
	Scale15 struct{}
	Scale16 struct{}
	Scale17 struct{}
	Scale18 struct{}
)

func (Scale0) digits() int  { return 0 }
func (Scale1) digits() int  { return 1 }
func (Scale2) digits() int  { return 2 }
func (Scale3) digits() int  { return 3 }
func (Scale4) digits() int  { return 4 }
func (Scale5) digits() int  { return 5 }
func (Scale6) digits() int  { return 6 }
func (Scale7) digits() int  { return 7 }
func (Scale8) digits() int  { return 8 }
func (Scale9) digits() int  { return 9 }
func (Scale10) digits() int { return 10 }
func (Scale11) digits() int { return 11 }
func (Scale12) digits() int { return 12 }
func (Scale13) digits() int { return 13 }
func (Scale14) digits() int { return 14 }
func (Scale15) digits() int { return 15 }
func (Scale16) digits() int { return 16 }
func (Scale17) digits() int { return 17 }
func (Scale18) digits() int { return 18 }
