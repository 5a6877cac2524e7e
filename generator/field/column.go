package field

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
)

// Column returns the column as a migration declares it, such as
// table.String("title", 200).Min(1).
func (f Field) Column() string {
	code := f.Type.column(f)
	if f.Settable() {
		code += f.columnBounds()
	}
	switch {
	case f.DefaultValue != nil:
		code += fmt.Sprintf(".Default(%s)", f.columnDefault())
	case !f.Optional && f.Type.zero != "":
		code += fmt.Sprintf(".Default(%s)", f.Type.zero)
	}
	if f.Optional {
		code += ".Optional()"
	}
	return code
}

// columnBounds are the calls that let the table refuse what a request may not send.
func (f Field) columnBounds() (code string) {
	call := func(method string, n *big.Rat) {
		if n != nil {
			code += fmt.Sprintf(".%s(%s)", method, f.columnNumber(n))
		}
	}
	switch {
	case f.Type.IsLength():
		if least := f.Least(); least != nil && least.Sign() > 0 {
			call("Min", least)
		}
		if f.Type.size == 0 { // otherwise the column has a size
			call("Max", f.Most())
		}
	case f.Type.IsNumber():
		low, high := f.columnEnds()
		call("Min", low)
		call("GT", f.Gt)
		call("Max", high)
		call("LT", f.Lt)
	}
	return code
}

// columnEnds returns the inclusive bounds of a number: those asked for, or those
// that a decimal has by its type.
func (f Field) columnEnds() (low, high *big.Rat) {
	low, high = f.Min, f.Max
	if f.Type.IsDecimal() && f.Type.bounds[0] != "" {
		if low == nil && f.Gt == nil {
			low = f.Least()
		}
		if high == nil && f.Lt == nil {
			high = f.Most()
		}
	}
	return low, high
}

// columnNumber writes a number as the methods of the column take it.
func (f Field) columnNumber(n *big.Rat) string {
	switch {
	case !f.Type.IsDecimal():
		return Decimals(n)
	case n.IsInt():
		return strconv.Quote(Decimals(n))
	}
	return strconv.Quote(n.FloatString(f.Type.scale))
}

// columnDefault writes the value of default= as the column takes it.
func (f Field) columnDefault() string {
	if f.Type.IsDecimal() {
		n, _ := f.number(*f.DefaultValue)
		return f.columnNumber(n)
	}
	code, _ := f.Type.Literal(f, *f.DefaultValue)
	return code
}

// columnOf declares columns by a function that takes their name alone.
func columnOf(function string) func(f Field) string {
	return func(f Field) string { return fmt.Sprintf("table.%s(%q)", function, f.Name) }
}

func stringColumn(f Field) string { return fmt.Sprintf("table.String(%q, %d)", f.Name, f.size()) }

func decimalColumn(f Field) string {
	return fmt.Sprintf("table.Decimal(%q, %d, %d)", f.Name, f.Type.digits, f.Type.scale)
}

func enumColumn(f Field) string {
	return fmt.Sprintf(`table.Enum(%q, "%s")`, f.Name, strings.Join(f.Choices, `", "`))
}

func refColumn(f Field) string { return fmt.Sprintf("table.Ref(%q, %q)", f.Name, f.RelatedTable) }

func belongsColumn(f Field) string { return refColumn(f) + ".Cascade()" }
