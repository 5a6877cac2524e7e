package generator

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"time"
)

// sample is a value of the field as a generated test sends it.
func (f Field) sample() string { return f.fit(f.kind.values.sample, 0) }

// other is another one, which sorts behind it where there is an order.
func (f Field) other() string { return f.fit(f.kind.values.other, 1) }

// fit writes the first or second of two values within the bounds.
func (f Field) fit(given string, second int64) string {
	switch {
	case f.choices != nil:
		return strconv.Quote(f.choices[second])
	case f.self && second == 0:
		return "nil" // a row must not need another one of its kind
	case f.kind.isReference() && second == 0:
		return idFunc(f.target) + "(c)"
	case f.kind.isReference():
		return newIDFunc(f.target) + "(c)"
	case f.kind.isLength():
		return f.text(given)
	case f.kind.isNumber():
		n, _ := new(big.Rat).SetString(given)
		return f.shown(f.within(n, second))
	}
	return given
}

// text writes a word and the field's name, or as many letters as fit.
func (f Field) text(word string) string {
	least, most := f.least(), f.most()
	text := fmt.Sprintf("%s %s", word, strings.ReplaceAll(f.Name, "_", " "))
	if n := big.NewRat(int64(len(text)), 1); (least == nil || n.Cmp(least) >= 0) && (most == nil || n.Cmp(most) <= 0) {
		return strconv.Quote(text)
	}
	if least == nil || least.Sign() == 0 {
		return repeat(word[:1], 1)
	}
	return repeat(word[:1], least.Num().Int64())
}

// within moves a number, the first or second of two, between the bounds.
func (f Field) within(n *big.Rat, second int64) *big.Rat {
	least, most, step := f.least(), f.most(), f.kind.step()
	ordinal := big.NewRat(second, 1)
	switch {
	case f.kind.isFloat() && least != nil && most != nil: // the limits may be excluded
		part := new(big.Rat).Quo(new(big.Rat).Sub(most, least), big.NewRat(4, 1))
		return part.Add(part.Mul(part, new(big.Rat).Add(ordinal, big.NewRat(1, 1))), least)
	case f.kind.isFloat() && least != nil && least.Cmp(big.NewRat(1, 1)) >= 0:
		return new(big.Rat).Add(least, n)
	case most != nil && most.Cmp(big.NewRat(2, 1)) <= 0 && f.kind.isFloat():
		return new(big.Rat).Add(most, new(big.Rat).Sub(n, big.NewRat(3, 1)))
	case least != nil && least.Cmp(big.NewRat(1, 1)) > 0:
		return new(big.Rat).Add(least, step.Mul(step, ordinal))
	case most != nil && most.Cmp(big.NewRat(2, 1)) < 0:
		return new(big.Rat).Sub(most, step.Mul(step, big.NewRat(1-second, 1)))
	}
	return n
}

// shown writes a number as JSON answers are decoded: a float64, or the text of
// a decimal.
func (f Field) shown(n *big.Rat) string {
	if f.kind.isDecimal() {
		return strconv.Quote(n.FloatString(f.kind.scale))
	}
	if n.IsInt() {
		return decimals(n) + ".0"
	}
	return decimals(n)
}

// exact is the text of a decimal with all of its digits.
func (f Field) exact(text string) string {
	n, _ := f.number(text)
	return n.FloatString(f.kind.scale)
}

// answered writes the value of default= as an answer shows it.
func (f Field) answered(text string) string {
	switch {
	case f.kind.isNumber():
		n, _ := f.number(text)
		return f.shown(n)
	case f.kind.name == "bool":
		return text
	case f.kind.name == "datetime":
		t, _ := time.Parse(time.RFC3339, text)
		return strconv.Quote(t.UTC().Format(time.RFC3339))
	}
	return strconv.Quote(text)
}

// bounds returns the values that are just accepted, and those that are not.
func (f Field) bounds() (valid, invalid []string) {
	valid = append(valid, f.kind.values.valid...)
	invalid = append(invalid, f.kind.values.wrong...)
	least, most := f.least(), f.most()
	switch {
	case f.kind.isLength():
		if least != nil && least.Sign() > 0 {
			n := least.Num().Int64()
			valid, invalid = append(valid, repeat("a", n)), append(invalid, repeat("a", n-1))
		} else {
			valid = append(valid, `""`)
		}
		if most != nil {
			n := most.Num().Int64()
			valid, invalid = append(valid, repeat("é", n)), append(invalid, repeat("a", n+1))
		}
	case f.kind.isNumber():
		valid, invalid = f.numberBounds(valid, invalid)
	case f.kind.isReference():
	default:
		valid = append(valid, f.sample(), f.other())
	}
	return valid, invalid
}

func (f Field) numberBounds(valid, invalid []string) (_, _ []string) {
	step := f.kind.step()
	valid = append(valid, f.sample())
	for _, bound := range []struct {
		at      *big.Rat
		outside int64
		open    bool
	}{{f.min, -1, false}, {f.gt, -1, true}, {f.max, 1, false}, {f.lt, 1, true}} {
		outward := new(big.Rat).Mul(step, big.NewRat(bound.outside, 1))
		switch {
		case bound.at == nil:
		case bound.open && f.kind.isFloat():
			invalid = append(invalid, f.shown(bound.at))
		case bound.open:
			valid, invalid = append(valid, f.shown(new(big.Rat).Sub(bound.at, outward))), append(invalid, f.shown(bound.at))
		default:
			valid, invalid = append(valid, f.shown(bound.at)), append(invalid, f.shown(new(big.Rat).Add(bound.at, outward)))
		}
	}
	if f.min == nil && f.gt == nil && f.outermost(0) != nil && f.kind.name != "bigint" {
		valid, invalid = append(valid, f.shown(f.outermost(0))), append(invalid, f.shown(new(big.Rat).Sub(f.outermost(0), step)))
	}
	if f.max == nil && f.lt == nil && f.outermost(1) != nil && f.kind.name != "bigint" {
		valid, invalid = append(valid, f.shown(f.outermost(1))), append(invalid, f.shown(new(big.Rat).Add(f.outermost(1), step)))
	}
	return valid, invalid
}

// repeat writes a text of n letters.
func repeat(letter string, n int64) string {
	if n <= 8 {
		return strconv.Quote(strings.Repeat(letter, int(n)))
	}
	return fmt.Sprintf("strings.Repeat(%q, %d)", letter, n)
}

// idFunc and newIDFunc are the functions of a test that make rows to refer to.
// Each begins with a word of its own, so that NewPost is not in the way of Post.
func idFunc(typeName string) string    { return "some" + goName(append(split(typeName), "id")) }
func newIDFunc(typeName string) string { return "new" + goName(append(split(typeName), "id")) }
