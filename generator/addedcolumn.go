package generator

import (
	"math/big"

	"fastgo/generator/field"
)

// added returns the field as added to a table with rows, the value that existing rows
// get unless default= says it, and why that is impossible.
func added(f field.Field) (complete field.Field, value, problem string) {
	switch {
	case f.Optional || f.DefaultValue != nil:
		return f, "", ""
	case f.Type.IsReference():
		return f, "", "existing rows have no value: add optional"
	case f.Unique:
		return f, "", "existing rows would all have the same value: add optional"
	case f.Type.HasZero():
		return f, "false", ""
	case f.Type.IsLength() && (f.Min == nil || f.Min.Sign() == 0):
		f.Min, f.DefaultValue = new(big.Rat), new("")
		return f, `""`, ""
	case f.Type.IsNumber():
		if _, ok := f.Type.Literal(f, "0"); ok {
			f.DefaultValue = new("0")
			return f, "0", ""
		}
	case f.Type.Literal == nil:
		return f, "", "existing rows need a value: add optional"
	}
	return f, "", "existing rows need a value: add default= or optional"
}
