package field

import (
	"fmt"
	"math"
	"math/big"
	"strings"
)

// Seeded is a value of the field for the row of the number n, which has no end. It
// keeps every rule, and where the field is unique no two rows have the same as
// long as the bounds have room.
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

// seedDigits are those of the highest number of a row.
const seedDigits = 19

// SeedRoom is how many rows can have a value of their own in a field that is
// unique; nil if any number can.
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

// seededText counts behind the name of the field, if there is room, or fills the
// text with the number alone.
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

// seededNumber counts from one, from zero, up to the most or from the least,
// whatever leaves enough values; of decimals it is the scaled number.
func (f Field) seededNumber() Value {
	one, step := big.NewRat(1, 1), f.Type.Step()
	least, most := new(big.Rat).Quo(f.Least(), step), new(big.Rat).Quo(f.Most(), step)
	enough := big.NewRat(100, 1)
	if f.Unique {
		enough = big.NewRat(1_000_000, 1)
	}
	highest := new(big.Rat).Add(new(big.Rat).Sub(most, enough), one) // of which enough are left
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
		value.From = new(big.Rat) // rows are counted from one
	}
	return value
}

// modulo is the number of values, where that is one which rows may reach; nil otherwise.
func modulo(values *big.Rat) *big.Rat {
	if values.Cmp(big.NewRat(math.MaxInt32, 1)) > 0 {
		return nil
	}
	return values
}

// seededFloat stays away from the bounds, which may be excluded.
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
