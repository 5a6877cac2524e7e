package field

import (
	"fmt"
	"math/big"
)

const (
	longestString = 10_000  // code points; use text for more
	longestText   = 100_000 // code points, to fit into a body of 1 MiB
	longestKey    = 500     // code points that fit into an index of every database
	fewestUnique  = 30      // values; use an enum for fewer
)

// contradictions returns the conflicts between the modifiers of a field.
func (f *Field) contradictions() (problems []string) {
	say := func(wrong bool, format string, args ...any) {
		if wrong {
			problems = append(problems, fmt.Sprintf(format, args...))
		}
	}
	kind, byCode := f.Type.Name, ""
	if f.ReadOnly {
		byCode = "readonly"
	} else if f.Hidden {
		byCode = "hidden"
	}
	say(f.required && f.Optional, "required and optional exclude each other")
	say(f.required && f.DefaultValue != nil, "required and default= exclude each other")
	say(f.ReadOnly && f.Hidden, "hidden implies readonly: remove readonly")
	say(byCode != "" && f.Immutable, "%s fields are set by code only: remove immutable", byCode)
	say(f.Hidden && (f.Search || f.Filter || f.Sort), "listing by a hidden field would reveal it: remove search, filter and sort")
	say(f.Search && !f.Type.Search, "search does not apply to %s", kind)
	say(f.Filter && kind == "json", "filter does not apply to json")
	if bare := f.bare(); bare != "" {
		say(f.Unique || f.Index || f.Sort, "%s %s: remove unique, index and sort%s", kind, bare, f.shorter())
	}
	say(f.Unique && f.Type.single != "" && f.Type.NoIndexReason == "", "%s %s: remove unique", kind, f.Type.single)
	say(f.Unique && f.Index, "unique already creates an index: remove index")
	say(f.Unique && f.DefaultValue != nil, "unique and default= exclude each other: a second row with the default would be rejected")
	say(byCode != "" && f.Unique && !f.Optional, "a unique %s field is empty until code sets it: add optional", byCode)
	needsValue := f.Type.IsReference() || kind == "enum" || kind == "json"
	say(byCode != "" && needsValue && !f.Optional && f.DefaultValue == nil, "new rows have no value for a %s %s: add optional%s", byCode, kind, orDefault(kind))
	problems = append(problems, f.badBounds()...)
	if problems == nil && f.Unique && f.Type.measure != nothing {
		say(!f.hasValues(fewestUnique), "unique needs at least %d possible values: widen the bounds", fewestUnique)
	}
	if problems == nil && f.DefaultValue != nil {
		if why := f.badDefault(); why != "" {
			problems = append(problems, why)
		}
	}
	return problems
}

func orDefault(kind string) string {
	if kind == "enum" {
		return " or default="
	}
	return ""
}

// bare returns why the field cannot have an index, or "".
func (f *Field) bare() string {
	if f.Type.NoIndexReason != "" {
		return f.Type.NoIndexReason
	}
	if size := f.size(); size > longestKey {
		return fmt.Sprintf("of %d characters %s", size, tooLong)
	}
	return ""
}

// shorter suggests a fix for a string that is too long for an index.
func (f *Field) shorter() string {
	if f.Type.Name == "string" {
		return fmt.Sprintf(", or add max=%d", longestKey)
	}
	return ""
}

// size returns the length of the column, or 0 if it is unlimited.
func (f *Field) size() int64 {
	if f.Type.Name == "string" && f.Max != nil {
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

// badBounds returns the problems with the bounds.
func (f *Field) badBounds() (problems []string) {
	least, most := f.Least(), f.Most()
	switch {
	case f.Type.IsLength():
		limit, instead := int64(longestText), ""
		if f.Type.size > 0 {
			limit, instead = longestString, fmt.Sprintf(" (use %s:text)", f.Name)
		}
		if most != nil && (most.Cmp(big.NewRat(1, 1)) < 0 || most.Cmp(big.NewRat(limit, 1)) > 0) {
			problems = append(problems, fmt.Sprintf("max= of a %s must be from 1 to %d%s", f.Type.Name, limit, instead))
		}
		if least != nil && (least.Sign() < 0 || least.Cmp(big.NewRat(limit, 1)) > 0) {
			problems = append(problems, fmt.Sprintf("min= of a %s must be from 0 to %d", f.Type.Name, limit))
		}
		if problems == nil && least != nil && most != nil && least.Cmp(most) > 0 {
			problems = append(problems, fmt.Sprintf("min=%s is greater than max=%s", Decimals(least), Decimals(most)))
		}
	case f.Type.IsNumber():
		if f.Min != nil && f.Gt != nil || f.Max != nil && f.Lt != nil {
			problems = append(problems, "min= and gt= exclude each other, as do max= and lt=: remove one")
		}
		for _, bound := range []*big.Rat{f.Min, f.Max, f.Gt, f.Lt} {
			if low, high := f.outermost(0), f.outermost(1); bound != nil && low != nil && (bound.Cmp(low) < 0 || bound.Cmp(high) > 0) {
				problems = append(problems, fmt.Sprintf("%s is out of range for %s: %s to %s%s",
					Decimals(bound), f.Type.Name, Decimals(low), Decimals(high), f.wider()))
			}
		}
		if problems == nil && !f.hasValues(2) {
			problems = append(problems, fmt.Sprintf("%s to %s contains fewer than two values", Decimals(least), Decimals(most)))
		}
	}
	return problems
}

// wider suggests a fix for a number out of range.
func (f *Field) wider() string {
	if f.Type.Name == "int" {
		return fmt.Sprintf(" (use %s:bigint)", f.Name)
	}
	return ""
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
