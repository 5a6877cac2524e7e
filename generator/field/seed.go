package field

import (
	"fmt"
	"math"
	"math/big"
	"strings"
)

// Seeded returns a value of the field for any row number n. It satisfies all rules. For
// a unique field the values are distinct, as far as the bounds allow.
func (f Field) Seeded() Value {
	switch {
	case f.Choices != nil:
		return Choice(f.Choices)
	case f.Type.IsLength():
		return f.seededText()
	case f.Type.isFloat():
		return f.seededFloat()
	case f.Type.IsNumber():
		return f.seededNumber()
	case f.Type.values.seed == nil:
		return f.Type.values.nth
	}
	return f.Type.values.seed
}

// seedDigits is the number of digits of the highest row number.
const seedDigits = 19

// SeedRoom returns the number of distinct values of a unique field, or nil if it is
// unlimited.
func (f Field) SeedRoom() *big.Rat {
	least, most := f.Least(), f.Most()
	switch {
	case f.Type.IsLength() && most != nil && most.Cmp(big.NewRat(seedDigits, 1)) < 0:
		return new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(16), most.Num(), nil))
	case f.Type.IsNumber() && !f.Type.isFloat():
		width := new(big.Rat).Sub(most, least)
		return width.Add(width.Quo(width, f.Type.Step()), big.NewRat(1, 1))
	}
	return nil
}

// seededText returns the name of the field followed by the row number, or only the
// number if it is too long.
func (f Field) seededText() Value {
	words := strings.ToUpper(f.Name[:1]) + strings.ReplaceAll(f.Name[1:], "_", " ") + " "
	least, most := int64(0), int64(longestText)
	if f.Least() != nil {
		least = f.Least().Num().Int64()
	}
	if f.Most() != nil {
		most = f.Most().Num().Int64()
	}
	if most < int64(len(words))+3 || f.Unique && most < int64(len(words))+seedDigits {
		words = ""
	}
	verb, number := "%", Part{}
	if width := least - int64(len(words)); width > 1 {
		verb = fmt.Sprintf("%%0%d", width)
	}
	base, letter := int64(10), "d"
	room := most - int64(len(words))
	if f.Unique && room < seedDigits {
		base, letter = 16, "x"
	}
	if room < seedDigits {
		if values := modulo(new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(base), big.NewInt(room), nil))); values != nil {
			number.Modulo = values.Num().Int64()
		}
	}
	return Numbered{words + verb + letter, []Part{number}}
}

// seededNumber counts from one, from zero, up to the maximum or from the minimum,
// whichever leaves enough values; for decimals it is the scaled integer.
func (f Field) seededNumber() Value {
	one, step := big.NewRat(1, 1), f.Type.Step()
	least, most := new(big.Rat).Quo(f.Least(), step), new(big.Rat).Quo(f.Most(), step)
	enough := big.NewRat(100, 1)
	if f.Unique {
		enough = big.NewRat(1_000_000, 1)
	}
	highest := new(big.Rat).Add(new(big.Rat).Sub(most, enough), one) // with enough values left
	from := least
	for _, start := range []*big.Rat{new(big.Rat).Quo(one, step), new(big.Rat), highest} {
		if start.Cmp(least) >= 0 && start.Cmp(highest) <= 0 {
			from = start
			break
		}
	}
	values := new(big.Rat).Add(new(big.Rat).Sub(most, from), one)
	if !f.Unique && values.Cmp(enough) > 0 {
		values = enough
	}
	value := Counted{From: from, Step: one, Modulo: modulo(values)}
	if from.Cmp(one) == 0 && value.Modulo == nil {
		value.From = new(big.Rat) // rows are numbered from one
	}
	return value
}

// modulo returns the number of values if rows may exceed it, or nil.
func modulo(values *big.Rat) *big.Rat {
	if values.Cmp(big.NewRat(math.MaxInt32, 1)) > 0 {
		return nil
	}
	return values
}

// seededFloat avoids the bounds, which may be exclusive.
func (f Field) seededFloat() Value {
	least, most := f.Least(), f.Most()
	switch {
	case least != nil && most != nil:
		width := new(big.Rat).Sub(most, least)
		return Spread{least, width.Quo(width, big.NewRat(10, 1)), 9}
	case least != nil:
		return Spread{least, big.NewRat(1, 1), 100}
	case most != nil:
		return Spread{most, big.NewRat(-1, 1), 100}
	}
	return Spread{big.NewRat(-1, 2), big.NewRat(1, 1), 100}
}
