// Package table describes tables as values: columns with their types and rules, and indexes. Package database turns them
// into the SQL of the database in use, so that a migration is written once and means the same on each of them.
package table

import (
	"fmt"
	"math"
	"math/big"
	"strings"
)

// A Part is a column or an index of a table.
type Part interface{ isPart() }

// A Column is a column of a table. It is NOT NULL unless it is Optional.
type Column interface {
	Part
	// Definition returns all that is known of the column, for what writes it as SQL.
	Definition() Definition
}

// An IndexPart is an index of a table. It is named idx_, the table and the columns.
type IndexPart struct {
	Columns   []string
	Unique    bool
	Condition string // in SQL; empty where the index covers every row
}

// Index returns an index on the columns, in that order. An id at the end orders rows that are equal in the others.
func Index(columns ...string) IndexPart { return IndexPart{Columns: columns} }

// Unique returns an index that refuses two rows with the same values in the columns. Nulls are never the same.
func Unique(columns ...string) IndexPart { return IndexPart{Columns: columns, Unique: true} }

// Where leaves rows that do not meet the condition out of the index. The condition is SQL, so it must never come from a
// client: Unique("user_id", "slug").Where("deleted_at IS NULL").
func (x IndexPart) Where(condition string) IndexPart {
	x.Condition = condition
	return x
}

func (IndexPart) isPart() {}

// A NumberColumn holds numbers of one type.
type NumberColumn[N int32 | int64 | float64] struct{ base }

// Int returns a column for whole numbers of 32 bits.
func Int(name string) NumberColumn[int32] {
	return NumberColumn[int32]{base{Definition{Name: name, Type: IntType}}}
}

// BigInt returns a column for whole numbers of 64 bits.
func BigInt(name string) NumberColumn[int64] {
	return NumberColumn[int64]{base{Definition{Name: name, Type: BigIntType}}}
}

// Float returns a column for numbers of double precision.
func Float(name string) NumberColumn[float64] {
	return NumberColumn[float64]{base{Definition{Name: name, Type: FloatType}}}
}

// Min refuses numbers that are smaller.
func (c NumberColumn[N]) Min(n N) NumberColumn[N] { return NumberColumn[N]{c.bounded(">=", number(n))} }

// Max refuses numbers that are greater.
func (c NumberColumn[N]) Max(n N) NumberColumn[N] { return NumberColumn[N]{c.bounded("<=", number(n))} }

// GT refuses numbers that are not greater.
func (c NumberColumn[N]) GT(n N) NumberColumn[N] { return NumberColumn[N]{c.bounded(">", number(n))} }

// LT refuses numbers that are not smaller.
func (c NumberColumn[N]) LT(n N) NumberColumn[N] { return NumberColumn[N]{c.bounded("<", number(n))} }

// Default is the value of rows that are stored without one.
func (c NumberColumn[N]) Default(n N) NumberColumn[N] {
	return NumberColumn[N]{c.defaulting(number(n))}
}

// Optional allows null.
func (c NumberColumn[N]) Optional() NumberColumn[N] { return NumberColumn[N]{c.optional()} }

func number[N int32 | int64 | float64](n N) any {
	if f, isFloat := any(n).(float64); isFloat {
		return f
	}
	return int64(n)
}

// A DecimalColumn holds exact decimal numbers, as the integers that column.Decimal is. Its values are written as text, such
// as "12.50".
type DecimalColumn struct {
	base
	digits, scale int
}

// Decimal returns a column for numbers of at most 18 digits, so many of which stand after the point: Decimal("price", 10, 2)
// reaches to 99999999.99.
func Decimal(name string, digits, scale int) DecimalColumn {
	c := DecimalColumn{base{Definition{Name: name, Type: DecimalType}}, digits, scale}
	if digits < 1 || digits > 18 || scale < 0 || scale > digits {
		return c.with(c.failing(fmt.Errorf("Decimal(%d, %d): 1 to 18 digits, of which none or more stand after the point", digits, scale)))
	}
	most := int64(math.Pow10(digits)) - 1
	return c.with(c.bounded(">=", -most).bounded("<=", most))
}

// Min refuses numbers that are smaller.
func (c DecimalColumn) Min(number string) DecimalColumn { return c.bound(0, ">=", number) }

// GT refuses numbers that are not greater.
func (c DecimalColumn) GT(number string) DecimalColumn { return c.bound(0, ">", number) }

// Max refuses numbers that are greater.
func (c DecimalColumn) Max(number string) DecimalColumn { return c.bound(1, "<=", number) }

// LT refuses numbers that are not smaller.
func (c DecimalColumn) LT(number string) DecimalColumn { return c.bound(1, "<", number) }

// Default is the value of rows that are stored without one.
func (c DecimalColumn) Default(number string) DecimalColumn {
	n, err := c.scaled(number)
	if err != nil {
		return c.with(c.failing(err))
	}
	return c.with(c.defaulting(n))
}

// Optional allows null.
func (c DecimalColumn) Optional() DecimalColumn { return c.with(c.optional()) }

func (c DecimalColumn) with(b base) DecimalColumn {
	c.base = b
	return c
}

// bound narrows the lower bound, which is the first, or the upper one.
func (c DecimalColumn) bound(side int, operator, number string) DecimalColumn {
	n, err := c.scaled(number)
	if err != nil || c.def.Err != nil {
		return c.with(c.failing(err))
	}
	bounds := append([]Bound(nil), c.def.Bounds...)
	bounds[side] = Bound{operator, n}
	c.def.Bounds = bounds
	return c
}

// scaled returns the integer that a number is in the database.
func (c DecimalColumn) scaled(text string) (int64, error) {
	n, ok := new(big.Rat).SetString(text)
	if !ok || strings.Trim(text, "-.0123456789") != "" {
		return 0, fmt.Errorf("%q is not a number such as 12.50", text)
	}
	n.Mul(n, new(big.Rat).SetFloat64(math.Pow10(c.scale)))
	most := big.NewInt(int64(math.Pow10(c.digits)))
	if !n.IsInt() || n.Num().CmpAbs(most) >= 0 {
		return 0, fmt.Errorf("%q does not fit Decimal(%d, %d)", text, c.digits, c.scale)
	}
	return n.Num().Int64(), nil
}
