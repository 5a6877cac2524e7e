package generator

import (
	"math/big"

	"fastgo/generator/field"
)

// added returns the tag of a column that is added to rows which are there, what
// they get where nobody has said it, and why they can get nothing.
func added(f field.Field) (tag, value, problem string) {
	switch {
	case f.Optional || f.DefaultValue != nil:
		return f.ColumnTag(), "", ""
	case f.Type.IsReference():
		return "", "", "existing rows have no value: add optional"
	case f.Unique:
		return "", "", "existing rows would all have the same value: add optional"
	case f.Type.Name == "bool":
		return f.ColumnTag(), "false", ""
	case f.Type.IsLength() && (f.Min == nil || f.Min.Sign() == 0):
		f.Min = new(big.Rat)
		return f.ColumnTagWith("''"), `""`, ""
	}
	if zero, ok := zero(f); ok {
		return f.ColumnTagWith(zero), "0", ""
	}
	if f.Type.Literal == nil {
		return "", "", "existing rows need a value: add optional"
	}
	return "", "", "existing rows need a value: add default= or optional"
}

// zero is the number 0 in SQL, if the field allows it.
func zero(f field.Field) (sql string, ok bool) {
	if !f.Type.IsNumber() {
		return "", false
	}
	return f.Type.Literal(f, "0")
}
