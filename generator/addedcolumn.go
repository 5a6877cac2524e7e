package generator

import "math/big"

// added returns the tag of a column that is added to rows which are there, what
// they get where nobody has said it, and why they can get nothing.
func (f Field) added() (tag, value, problem string) {
	switch {
	case f.Optional || f.fallback != nil:
		return f.columnTag(), "", ""
	case f.kind.isReference():
		return "", "", "the rows that are there refer to nothing: add optional"
	case f.Unique:
		return "", "", "the rows that are there would all have one value: add optional"
	case f.kind.name == "bool":
		return f.columnTag(), "false", ""
	case f.kind.isLength() && (f.min == nil || f.min.Sign() == 0):
		f.min = new(big.Rat)
		return f.columnTagWith("''"), `""`, ""
	}
	if zero, ok := f.zero(); ok {
		return f.columnTagWith(zero), "0", ""
	}
	if f.kind.literal == nil {
		return "", "", "the rows that are there need a value: add optional"
	}
	return "", "", "the rows that are there need a value: add default= or optional"
}

// zero is the number 0 in SQL, if the field allows it.
func (f Field) zero() (sql string, ok bool) {
	if !f.kind.isNumber() {
		return "", false
	}
	return f.kind.literal(f, "0")
}
