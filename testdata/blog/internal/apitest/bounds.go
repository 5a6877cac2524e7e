package apitest

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
)

// valid returns valid values: those of the field, and those at its bounds.
func (f Field) valid() []any {
	var all []any
	if !f.isReference() {
		all = append(all, f.sample(), f.second())
	}
	inside, _ := f.bounds()
	all = slices.Concat(all, inside, f.Valid)
	if f.Optional {
		all = append(all, nil)
	}
	return all
}

// invalid returns values that a request must not send.
func (f Field) invalid() []any {
	var all []any
	if !f.Optional {
		all = append(all, nil)
	}
	switch f.kind() {
	case boolean:
		all = append(all, "true", 1)
	case number:
		all = append(all, "1", true)
	case reference:
		all = append(all, "1", 0, -1, 999999, 1.5)
	case document:
	default:
		all = append(all, 1)
	}
	if f.OneOf != nil {
		all = append(all, "")
	}
	return slices.Concat(all, f.forbidden(), f.Invalid)
}

// forbidden returns the invalid values that the table rejects too.
func (f Field) forbidden() []any {
	_, outside := f.bounds()
	if f.OneOf != nil {
		outside = append(outside, "something else")
	}
	return outside
}

// bounds returns the values just inside and just outside the bounds.
func (f Field) bounds() (inside, outside []any) {
	if f.kind() == text {
		return f.lengths()
	}
	step, integer := f.step()
	for _, bound := range []struct {
		at        any
		out       int64 // the direction outwards
		forbidden bool
	}{{f.Min, -1, false}, {f.Max, 1, false}, {f.Above, -1, true}, {f.Below, 1, true}} {
		if bound.at == nil {
			continue
		}
		at := rational(bound.at)
		outward := new(big.Rat).Mul(step, big.NewRat(bound.out, 1))
		switch {
		case !bound.forbidden:
			inside, outside = append(inside, f.number(at)), append(outside, f.number(new(big.Rat).Add(at, outward)))
		case integer:
			inside, outside = append(inside, f.number(new(big.Rat).Sub(at, outward))), append(outside, f.number(at))
		default:
			outside = append(outside, f.number(at))
		}
	}
	return inside, outside
}

// unlimited is a length, in characters, that a text must accept unless it has Max or Invalid values.
const unlimited = 20_000

// lengths returns texts just inside and just outside the bounds.
func (f Field) lengths() (inside, outside []any) {
	if least, ok := f.Min.(int); ok {
		inside = append(inside, strings.Repeat("a", least))
		if least > 0 {
			outside = append(outside, strings.Repeat("a", least-1))
		}
	}
	if most, ok := f.Max.(int); ok {
		inside, outside = append(inside, strings.Repeat("é", most)), append(outside, strings.Repeat("a", most+1))
	} else if f.OneOf == nil && f.Invalid == nil {
		inside = append(inside, strings.Repeat("é", unlimited))
	}
	return inside, outside
}

// step is the distance between two numbers; integer reports whether there are none in between.
func (f Field) step() (step *big.Rat, integer bool) {
	if _, isFloat := f.Sample.(float64); isFloat {
		return big.NewRat(1, 2), false
	}
	return new(big.Rat).SetFrac(big.NewInt(1), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(f.scale())), nil)), true
}

// scale is the number of digits after the decimal point.
func (f Field) scale() int {
	sample, _ := f.Sample.(string)
	_, digits, _ := strings.Cut(sample, ".")
	return len(digits)
}

// number returns a number as the field has it in JSON.
func (f Field) number(n *big.Rat) any {
	if f.Decimal {
		return n.FloatString(f.scale())
	}
	value, _ := n.Float64()
	return value
}

// rational parses a number, or a decimal string.
func rational(value any) *big.Rat {
	n, ok := new(big.Rat).SetString(fmt.Sprint(value))
	if !ok {
		return new(big.Rat)
	}
	return n
}
