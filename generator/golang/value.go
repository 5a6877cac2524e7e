package golang

import (
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"fastgo/generator/field"
)

// jsonValue returns the Go code of a value as a test sends it; nil becomes null.
func jsonValue(v field.Value) string {
	switch v := v.(type) {
	case nil:
		return "nil"
	case field.Bool:
		return strconv.FormatBool(bool(v))
	case field.Text:
		return strconv.Quote(string(v))
	case field.Repeated:
		return repeated(v)
	case field.Number:
		if v.Float && v.IsInt() {
			return field.Decimals(v.Rat) + ".0"
		}
		return field.Decimals(v.Rat)
	case field.Document:
		return document(v.JSON)
	}
	return "func(n int) any { return " + ofRow(v) + " }"
}

// ofRow returns the Go code of a value that depends on the row number n.
func ofRow(v field.Value) string {
	switch v := v.(type) {
	case field.Numbered:
		var parts []string
		for _, p := range v.Parts {
			parts = append(parts, part(p))
		}
		return fmt.Sprintf("fmt.Sprintf(%q, %s)", v.Format, strings.Join(parts, ", "))
	case field.Counted:
		return counted(v)
	}
	return jsonValue(v)
}

func repeated(v field.Repeated) string {
	code := fmt.Sprintf("strings.Repeat(%q, %d)", v.Letter, v.Times)
	if v.Before != "" {
		code = strconv.Quote(v.Before) + " + " + code
	}
	if v.After != "" {
		code += " + " + strconv.Quote(v.After)
	}
	return code
}

func part(p field.Part) string {
	code := "n"
	if p.Divide > 1 {
		code += fmt.Sprintf("/%d", p.Divide)
	}
	if p.Modulo > 0 {
		code += fmt.Sprintf("%%%d", p.Modulo)
	}
	if p.Add > 0 {
		code = fmt.Sprintf("%d+%s", p.Add, code)
	}
	return code
}

// counted returns a number, or a decimal as a string.
func counted(v field.Counted) string {
	n := rowNumber(v.Modulo)
	switch {
	case !v.Decimal && v.Modulo != nil && field.Decimals(v.Step) != "1":
		return sum(v.From, v.Step, "("+n+")")
	case !v.Decimal:
		return sum(v.From, v.Step, n)
	case v.Step.IsInt():
		format := "%d"
		if v.Scale > 0 {
			format += "." + strings.Repeat("0", v.Scale)
		}
		return fmt.Sprintf("fmt.Sprintf(%q, %s)", format, sum(v.From, v.Step, n))
	}
	scale := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(v.Scale)), nil))
	from, step := new(big.Rat).Mul(v.From, scale), new(big.Rat).Mul(v.Step, scale)
	return fmt.Sprintf("apitest.Decimal(%s, %d)", sum(from, step, "int64("+n+")"), v.Scale)
}

// sum returns from + step*n, simplified.
func sum(from, step *big.Rat, n string) string {
	if field.Decimals(step) != "1" {
		n = field.Decimals(step) + "*" + n
	}
	if from.Sign() == 0 {
		return n
	}
	return field.Decimals(from) + " + " + n
}

// rowNumber returns the row number, modulo the number of values.
func rowNumber(modulo *big.Rat) string {
	if modulo == nil {
		return "n"
	}
	return "n%" + field.Decimals(modulo)
}

// document returns JSON.
func document(v any) string {
	switch v := v.(type) {
	case map[string]any:
		var members []string
		for _, name := range slices.Sorted(maps.Keys(v)) {
			members = append(members, fmt.Sprintf("%q: %s", name, document(v[name])))
		}
		return "map[string]any{" + strings.Join(members, ", ") + "}"
	case []any:
		var items []string
		for _, item := range v {
			items = append(items, document(item))
		}
		return "[]any{" + strings.Join(items, ", ") + "}"
	case string:
		return strconv.Quote(v)
	case nil:
		return "nil"
	}
	return fmt.Sprint(v)
}

// seedValue returns the Go code of a value with the type of the struct field.
func seedValue(f field.Field) string {
	code := ""
	switch v := f.Seeded().(type) {
	case field.Choice:
		code = fmt.Sprintf(`[]string{"%s"}[n%%%d]`, strings.Join(v, `", "`), len(v))
	case field.Alternating:
		code = "n%2 == 0"
	case field.Daily:
		code = "column.NewDate(2026, time.January, n)"
	case field.Hourly:
		code = "time.Date(2026, time.January, 1, 0, n, 0, 0, time.UTC)"
	case field.Document:
		code = `column.JSON("{}")`
	case field.Counted:
		code = fmt.Sprintf("%s(%s)", f.Type.Code(), sum(v.From, v.Step, rowNumber(v.Modulo)))
	case field.Spread:
		code = spread(v)
	default:
		code = ofRow(v)
	}
	if f.Optional {
		return "new(" + code + ")"
	}
	return code
}

// spread returns a fraction.
func spread(v field.Spread) string {
	n, operator, width := fmt.Sprintf("float64(1+n%%%d)", v.Modulo), "+", v.Width
	if width.Sign() < 0 {
		operator, width = "-", new(big.Rat).Neg(width)
	}
	if field.Decimals(width) != "1" {
		n = field.Decimals(width) + "*" + n
	}
	return fmt.Sprintf("%s %s %s", field.Decimals(v.From), operator, n)
}
