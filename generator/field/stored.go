package field

import (
	"fmt"
	"math/big"
)

// Stored writes a value of the field as the database keeps it.
func (f Field) Stored() string {
	value := f.Sample()
	if f.Unique {
		value = f.Fresh()
	}
	switch {
	case f.Type.IsDecimal():
		return fmt.Sprintf("apitest.Scaled(%s)", value)
	case f.Type.Name == "json":
		return `"{}"`
	case f.Type.Name == "datetime" && f.Unique:
		return fmt.Sprintf("apitest.Stored(%s)", value)
	case f.Type.Name == "datetime":
		return `"2026-01-02 03:04:05.000"`
	}
	return value
}

// Forbidden are the values just beyond the checks of the column.
func (f Field) Forbidden() []string {
	if f.Type.IsReference() {
		return []string{"999999"}
	}
	if f.Checks() == nil {
		return nil
	}
	var all []string
	beyond := func(bound *big.Rat, steps int64) {
		if bound == nil {
			return
		}
		value := f.Shown(new(big.Rat).Add(bound, new(big.Rat).Mul(f.Type.Step(), big.NewRat(steps, 1))))
		if f.Type.IsDecimal() {
			value = fmt.Sprintf("apitest.Scaled(%s)", value)
		}
		all = append(all, value)
	}
	switch {
	case f.Choices != nil:
		all = append(all, `"something else"`)
	case f.Type.IsLength():
		if least := f.Least(); least != nil && least.Sign() > 0 {
			all = append(all, Repeat("a", least.Num().Int64()-1))
		}
		if most := f.Most(); most != nil {
			all = append(all, Repeat("a", most.Num().Int64()+1))
		}
	case f.Type.Name == "percent" && f.Min == nil && f.Gt == nil:
		beyond(f.Least(), -1)
	}
	if f.Type.Name == "percent" && f.Max == nil && f.Lt == nil {
		beyond(f.Most(), 1)
	}
	if f.Type.IsNumber() {
		beyond(f.Min, -1)
		beyond(f.Gt, 0)
		beyond(f.Max, 1)
		beyond(f.Lt, 0)
	}
	return all
}
