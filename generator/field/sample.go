package field

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"time"

	"fastgo/generator/name"
)

// Sample is a value of the field as a generated test sends it.
func (f Field) Sample() string { return f.fit(f.Type.values.sample, 0) }

// Other is another one, which sorts behind it where there is an order.
func (f Field) Other() string { return f.fit(f.Type.values.other, 1) }

// fit writes the first or second of two values within the bounds.
func (f Field) fit(given string, second int64) string {
	switch {
	case f.Choices != nil:
		return strconv.Quote(f.Choices[second])
	case f.RelatedSelf && second == 0:
		return "nil" // a row must not need another one of its kind
	case f.Type.IsReference() && second == 0:
		return IDFunc(f.Related) + "(c)"
	case f.Type.IsReference():
		return NewIDFunc(f.Related) + "(c)"
	case f.Type.IsLength():
		return f.text(given)
	case f.Type.IsNumber():
		n, _ := new(big.Rat).SetString(given)
		return f.Shown(f.within(n, second))
	}
	return given
}

// text writes a word and the field's name, or as many letters as fit.
func (f Field) text(word string) string {
	least, most := f.Least(), f.Most()
	text := fmt.Sprintf("%s %s", word, strings.ReplaceAll(f.Name, "_", " "))
	if n := big.NewRat(int64(len(text)), 1); (least == nil || n.Cmp(least) >= 0) && (most == nil || n.Cmp(most) <= 0) {
		return strconv.Quote(text)
	}
	if least == nil || least.Sign() == 0 {
		return Repeat(word[:1], 1)
	}
	return Repeat(word[:1], least.Num().Int64())
}

// within moves a number, the first or second of two, between the bounds.
func (f Field) within(n *big.Rat, second int64) *big.Rat {
	least, most, step := f.Least(), f.Most(), f.Type.Step()
	ordinal := big.NewRat(second, 1)
	switch {
	case f.Type.isFloat() && least != nil && most != nil: // the limits may be excluded
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

// Shown writes a number as JSON answers are decoded: a float64, or the text of
// a decimal.
func (f Field) Shown(n *big.Rat) string {
	if f.Type.IsDecimal() {
		return strconv.Quote(n.FloatString(f.Type.scale))
	}
	if n.IsInt() {
		return Decimals(n) + ".0"
	}
	return Decimals(n)
}

// exact is the text of a decimal with all of its digits.
func (f Field) exact(text string) string {
	n, _ := f.number(text)
	return n.FloatString(f.Type.scale)
}

// answered writes the value of default= as an answer shows it.
func (f Field) answered(text string) string {
	switch {
	case f.Type.IsNumber():
		n, _ := f.number(text)
		return f.Shown(n)
	case f.Type.Name == "bool":
		return text
	case f.Type.Name == "datetime":
		t, _ := time.Parse(time.RFC3339, text)
		return strconv.Quote(t.UTC().Format(time.RFC3339))
	}
	return strconv.Quote(text)
}

// bounds returns the values that are just accepted, and those that are not.
func (f Field) bounds() (valid, invalid []string) {
	valid = append(valid, f.Type.values.valid...)
	invalid = append(invalid, f.Type.values.wrong...)
	least, most := f.Least(), f.Most()
	switch {
	case f.Type.IsLength():
		if least != nil && least.Sign() > 0 {
			n := least.Num().Int64()
			valid, invalid = append(valid, Repeat("a", n)), append(invalid, Repeat("a", n-1))
		} else {
			valid = append(valid, `""`)
		}
		if most != nil {
			n := most.Num().Int64()
			valid, invalid = append(valid, Repeat("é", n)), append(invalid, Repeat("a", n+1))
		}
	case f.Type.IsNumber():
		valid, invalid = f.numberBounds(valid, invalid)
	case f.Type.IsReference():
	default:
		valid = append(valid, f.Sample(), f.Other())
	}
	return valid, invalid
}

func (f Field) numberBounds(valid, invalid []string) (_, _ []string) {
	step := f.Type.Step()
	valid = append(valid, f.Sample())
	for _, bound := range []struct {
		at      *big.Rat
		outside int64
		open    bool
	}{{f.Min, -1, false}, {f.Gt, -1, true}, {f.Max, 1, false}, {f.Lt, 1, true}} {
		outward := new(big.Rat).Mul(step, big.NewRat(bound.outside, 1))
		switch {
		case bound.at == nil:
		case bound.open && f.Type.isFloat():
			invalid = append(invalid, f.Shown(bound.at))
		case bound.open:
			valid, invalid = append(valid, f.Shown(new(big.Rat).Sub(bound.at, outward))), append(invalid, f.Shown(bound.at))
		default:
			valid, invalid = append(valid, f.Shown(bound.at)), append(invalid, f.Shown(new(big.Rat).Add(bound.at, outward)))
		}
	}
	if f.Min == nil && f.Gt == nil && f.outermost(0) != nil && f.Type.Name != "bigint" {
		valid, invalid = append(valid, f.Shown(f.outermost(0))), append(invalid, f.Shown(new(big.Rat).Sub(f.outermost(0), step)))
	}
	if f.Max == nil && f.Lt == nil && f.outermost(1) != nil && f.Type.Name != "bigint" {
		valid, invalid = append(valid, f.Shown(f.outermost(1))), append(invalid, f.Shown(new(big.Rat).Add(f.outermost(1), step)))
	}
	return valid, invalid
}

// Repeat writes a text of n letters.
func Repeat(letter string, n int64) string {
	if n <= 8 {
		return strconv.Quote(strings.Repeat(letter, int(n)))
	}
	return fmt.Sprintf("strings.Repeat(%q, %d)", letter, n)
}

// IDFunc and newIDFunc are the functions of a test that make rows to refer to.
// Each begins with a word of its own, so that NewPost is not in the way of Post.
func IDFunc(typeName string) string {
	return "some" + name.Exported(append(name.Words(typeName), "id"))
}
func NewIDFunc(typeName string) string {
	return "new" + name.Exported(append(name.Words(typeName), "id"))
}
