package field

import (
	"math/big"
	"strings"
)

const (
	longestString = 10_000  // code points; use text for more
	longestText   = 100_000 // code points, to fit into a body of 1 MiB
	longestKey    = 500     // code points that fit into an index of every database
	fewestUnique  = 30      // values; use an enum for fewer
)

// size returns the length of the column, or 0 if it is unlimited.
func (f *Field) size() int64 {
	if f.Type.takes == lengthOfText && f.Max != nil {
		return f.Max.Num().Int64()
	}
	return f.Type.size
}

// Least returns the minimum number or length, or nil. A required string is not
// empty. For floats, the limit may be exclusive.
func (f *Field) Least() *big.Rat {
	switch {
	case f.Min != nil:
		return f.Min
	case f.Gt != nil && f.Type.isFloat():
		return f.Gt
	case f.Gt != nil:
		return new(big.Rat).Add(f.Gt, f.Type.Step())
	case f.Type.IsLength() && !f.Optional && f.Settable():
		return big.NewRat(1, 1)
	case f.Type.IsNumber():
		return f.outermost(0)
	}
	return nil
}

// Most returns the maximum number or length, or nil.
func (f *Field) Most() *big.Rat {
	switch {
	case f.Max != nil:
		return f.Max
	case f.Lt != nil && f.Type.isFloat():
		return f.Lt
	case f.Lt != nil:
		return new(big.Rat).Sub(f.Lt, f.Type.Step())
	case f.Type.IsLength() && f.Type.size > 0:
		return big.NewRat(f.Type.size, 1)
	case f.Type.IsNumber():
		return f.outermost(1)
	}
	return nil
}

// outermost returns a bound of the type itself, or nil.
func (f *Field) outermost(end int) *big.Rat {
	if text := f.Type.bounds[end]; text != "" {
		n, _ := new(big.Rat).SetString(text)
		return n
	}
	if f.Type.digits == 0 {
		return nil
	}
	ten, n := big.NewRat(10, 1), big.NewRat(1, 1)
	for range f.Type.digits - f.Type.scale {
		n.Mul(n, ten)
	}
	n.Sub(n, f.Type.Step())
	if end == 0 {
		n.Neg(n)
	}
	return n
}

// hasValues reports whether the bounds allow n values.
func (f *Field) hasValues(n int64) bool {
	least, most := f.Least(), f.Most()
	if f.Type.IsLength() {
		return n <= 2 || most == nil || most.Cmp(big.NewRat(2, 1)) >= 0
	}
	if least == nil || most == nil {
		return true
	}
	if f.Type.isFloat() {
		return least.Cmp(most) < 0
	}
	width := new(big.Rat).Quo(new(big.Rat).Sub(most, least), f.Type.Step())
	return width.Cmp(big.NewRat(n-1, 1)) >= 0
}

// number parses a number within the bounds of the field.
func (f Field) number(text string) (*big.Rat, bool) {
	n, ok := new(big.Rat).SetString(text)
	least, most := f.Least(), f.Most()
	switch {
	case !ok, len(text) > 30, strings.Trim(text, "-.0123456789") != "":
		return nil, false
	case !f.Type.isFloat() && !new(big.Rat).Quo(n, f.Type.Step()).IsInt():
		return nil, false
	case f.Gt != nil && n.Cmp(f.Gt) <= 0, f.Lt != nil && n.Cmp(f.Lt) >= 0:
		return nil, false
	case f.Gt == nil && least != nil && n.Cmp(least) < 0, f.Lt == nil && most != nil && n.Cmp(most) > 0:
		return nil, false
	}
	return n, true
}
