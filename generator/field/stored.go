package field

import (
	"math/big"
)

// Stored returns a value of the field as stored in the database, a distinct one per row
// if the field is unique.
func (f Field) Stored() Value {
	value := f.Sample()
	switch {
	case f.Choices != nil:
		return Text(f.Choices[0])
	case f.Unique:
		value = f.Fresh()
	}
	switch value := value.(type) {
	case Text:
		switch {
		case f.Type.IsDecimal():
			n, _ := new(big.Rat).SetString(string(value))
			return Number{Rat: n.Quo(n, f.Type.Step())}
		case f.Type.stored != nil:
			return Text(f.Type.stored(string(value)))
		}
	case Numbered:
		if f.Type.stored != nil {
			value.Format = f.Type.stored(value.Format)
		}
		return value
	case Counted:
		value.From, value.Step = new(big.Rat).Quo(value.From, f.Type.Step()), new(big.Rat).Quo(value.Step, f.Type.Step())
		value.Decimal = false
		return value
	case Document:
		return Text("{}")
	}
	return value
}
