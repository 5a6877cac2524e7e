package field

import (
	"fmt"
	"math/big"
	"strings"
)

// manyRows is more than generated tests create.
const manyRows = 10_000

// Fresh returns a value that depends on the row number n: all are distinct, and differ
// from Sample and Other. References have none.
func (f Field) Fresh() Value {
	switch {
	case f.Type.IsLength():
		return f.freshText()
	case f.Type.IsNumber():
		return f.freshNumber()
	}
	return f.Type.values.nth
}

func (f Field) freshText() Value {
	text := "first " + strings.ReplaceAll(f.Name, "_", " ")
	const digits = 6
	if f.holds(len(text)+2) && f.holds(len(text)+1+digits) {
		return numbered(text + " %d")
	}
	width := int64(digits)
	if least := f.Least(); least != nil {
		width = max(width, least.Num().Int64())
	}
	if most := f.Most(); most != nil && most.Num().Int64() < digits {
		width = most.Num().Int64()
		return Numbered{fmt.Sprintf("%%0%dd", width), []Part{{Modulo: new(big.Int).Exp(big.NewInt(10), big.NewInt(width), nil).Int64()}}}
	}
	return numbered(fmt.Sprintf("%%0%dd", width))
}

// holds reports whether the field allows a string of that length.
func (f Field) holds(letters int) bool {
	n := big.NewRat(int64(letters), 1)
	least, most := f.Least(), f.Most()
	return (least == nil || n.Cmp(least) >= 0) && (most == nil || n.Cmp(most) <= 0)
}

// freshNumber counts in integers if there are enough, and otherwise in smaller steps.
func (f Field) freshNumber() Value {
	step := big.NewRat(1, 1)
	from, count := f.unused(step)
	for count < fewestUnique && step.Cmp(f.Type.Step()) > 0 {
		step = new(big.Rat).Quo(step, big.NewRat(10, 1))
		from, count = f.unused(step)
	}
	value := Counted{From: from, Step: step, Decimal: f.Type.IsDecimal(), Scale: max(f.Type.scale, 0)}
	if count < manyRows {
		value.Modulo = big.NewRat(count, 1)
	}
	return value
}

// unused returns the first multiple of step, and the number of multiples, above the
// sample and the other value, or below them if there are more.
func (f Field) unused(step *big.Rat) (from *big.Rat, count int64) {
	least, most := f.Least(), f.Most()
	above := multiple(new(big.Rat).Add(f.within(big.NewRat(2, 1), 1), f.Type.Step()), step)
	below := least
	last := new(big.Rat).Sub(f.within(big.NewRat(1, 1), 0), f.Type.Step())
	if below == nil {
		below = new(big.Rat).Sub(last, new(big.Rat).Mul(step, big.NewRat(manyRows, 1)))
	}
	below = multiple(below, step)
	if most == nil {
		return above, manyRows
	}
	if n := valuesFrom(above, most, step); n >= valuesFrom(below, last, step) {
		return above, n
	}
	return below, valuesFrom(below, last, step)
}

// multiple returns the first multiple of step that is at least n.
func multiple(n, step *big.Rat) *big.Rat {
	q := new(big.Rat).Quo(n, step)
	whole, rest := new(big.Int).DivMod(q.Num(), q.Denom(), new(big.Int))
	if rest.Sign() > 0 {
		whole.Add(whole, big.NewInt(1))
	}
	return q.Mul(new(big.Rat).SetInt(whole), step)
}

// valuesFrom returns the number of values in a range, up to a limit.
func valuesFrom(from, to, step *big.Rat) int64 {
	width := new(big.Rat).Quo(new(big.Rat).Sub(to, from), step)
	switch {
	case width.Sign() < 0:
		return 0
	case width.Cmp(big.NewRat(manyRows-1, 1)) >= 0:
		return manyRows
	}
	return new(big.Int).Quo(width.Num(), width.Denom()).Int64() + 1
}
