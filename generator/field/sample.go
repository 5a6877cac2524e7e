package field

import (
	"fmt"
	"math/big"
	"strings"
)

// Sample and Other return two values for tests; the second sorts after the first, if
// there is an order. References and enums have none.
func (f Field) Sample() Value { return f.fit(f.Type.values.sample, 0) }

// Other returns the second one.
func (f Field) Other() Value { return f.fit(f.Type.values.other, 1) }

// fit moves the first or second of two values into the bounds.
func (f Field) fit(given Value, second int64) Value {
	switch given := given.(type) {
	case Text:
		if f.Type.IsLength() {
			return f.text(string(given))
		}
	case Number:
		return f.shown(f.within(given.Rat, second))
	}
	return given
}

// text returns a word and the field's name, or as many letters as fit.
func (f Field) text(word string) Value {
	least, most := f.Least(), f.Most()
	text := fmt.Sprintf("%s %s", word, strings.ReplaceAll(f.Name, "_", " "))
	if n := big.NewRat(int64(len(text)), 1); (least == nil || n.Cmp(least) >= 0) && (most == nil || n.Cmp(most) <= 0) {
		return Text(text)
	}
	if least == nil || least.Sign() == 0 {
		return Text(word[:1])
	}
	return repeated(word[:1], least.Num().Int64())
}

// within moves a number, the first or second of two, into the bounds.
func (f Field) within(n *big.Rat, second int64) *big.Rat {
	least, most, step := f.Least(), f.Most(), f.Type.Step()
	ordinal := big.NewRat(second, 1)
	switch {
	case f.Type.isFloat() && least != nil && most != nil: // the limits may be exclusive
		part := new(big.Rat).Quo(new(big.Rat).Sub(most, least), big.NewRat(4, 1))
		return part.Add(part.Mul(part, new(big.Rat).Add(ordinal, big.NewRat(1, 1))), least)
	case f.Type.isFloat() && least != nil && least.Cmp(big.NewRat(1, 1)) >= 0:
		return new(big.Rat).Add(least, n)
	case most != nil && most.Cmp(big.NewRat(2, 1)) <= 0 && f.Type.isFloat():
		return new(big.Rat).Add(most, new(big.Rat).Sub(n, big.NewRat(3, 1)))
	case least != nil && least.Cmp(big.NewRat(1, 1)) > 0:
		return new(big.Rat).Add(least, step.Mul(step, ordinal))
	case most != nil && most.Cmp(big.NewRat(2, 1)) < 0:
		return new(big.Rat).Sub(most, step.Mul(step, big.NewRat(1-second, 1)))
	}
	return n
}

// shown returns a number in its JSON form: a decimal string, or the number.
func (f Field) shown(n *big.Rat) Value {
	if f.Type.IsDecimal() {
		return Text(n.FloatString(f.Type.scale))
	}
	return Number{n, f.Type.isFloat()}
}

// exact returns a decimal string with all digits.
func (f Field) exact(text string) string {
	n, _ := f.number(text)
	return n.FloatString(f.Type.scale)
}

// Absent returns the value of the field if a request omits it; nil is null.
func (f Field) Absent() Value {
	switch {
	case f.DefaultValue != nil:
		return f.answered(*f.DefaultValue)
	case f.Type.zero != "" && !f.Optional:
		return Bool(f.Type.zero == "true")
	}
	return nil
}

// answered returns the value of default= as in a response.
func (f Field) answered(text string) Value {
	switch {
	case f.Type.IsNumber():
		n, _ := f.number(text)
		return f.shown(n)
	case f.Type.answer != nil:
		return f.Type.answer(text)
	}
	return Text(text)
}

// A Bound is a limit on a length or a number, enforced by requests and the table.
type Bound struct {
	Name string // Min, Max, or the exclusive Above and Below
	At   Value
}

// Bounds are those of the field. The column of a decimal has its digits as well.
func (f Field) Bounds() []Bound {
	var all []Bound
	add := func(name string, n *big.Rat) {
		if n == nil {
			return
		}
		if f.Type.IsLength() {
			all = append(all, Bound{name, Number{Rat: n}})
		} else {
			all = append(all, Bound{name, f.shown(n)})
		}
	}
	switch {
	case f.Type.IsLength():
		if add("Min", new(big.Rat)); f.Least() != nil {
			all = nil
			add("Min", f.Least())
		}
		add("Max", f.Most())
	case f.Type.IsNumber():
		least, most := f.Min, f.Max
		if f.Type.IsDecimal() && f.Min == nil && f.Gt == nil {
			least = f.outermost(0)
		}
		if f.Type.IsDecimal() && f.Max == nil && f.Lt == nil {
			most = f.outermost(1)
		}
		add("Min", least)
		add("Above", f.Gt)
		add("Max", most)
		add("Below", f.Lt)
	}
	return all
}

// Valid are more valid values: those of the type, and those at its own bounds, which
// no table enforces.
func (f Field) Valid() []Value {
	all := f.Type.values.valid
	for end := range 2 {
		if bound := f.typeBound(end); bound != nil {
			all = append(all, f.shown(bound))
		}
	}
	return all
}

// Invalid are more invalid values.
func (f Field) Invalid() []Value {
	all := f.Type.values.wrong
	for end := range 2 {
		if bound := f.typeBound(end); bound != nil {
			outward := new(big.Rat).Mul(f.Type.Step(), big.NewRat(int64(2*end-1), 1))
			all = append(all, f.shown(new(big.Rat).Add(bound, outward)))
		}
	}
	return all
}

// typeBound returns a bound of the type that the field does not tighten, or nil. JSON
// cannot distinguish numbers around the bounds of a bigint.
func (f Field) typeBound(end int) *big.Rat {
	given := end == 0 && (f.Min != nil || f.Gt != nil) || end == 1 && (f.Max != nil || f.Lt != nil)
	if !f.Type.IsNumber() || given || f.Type.IsDecimal() || f.Type.inexact {
		return nil
	}
	return f.outermost(end)
}
