package field

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"sync"

	"fastgo/generator/name"
)

// A fieldType is one type that a field may have. A new type is a new row of
// fieldTypes.
type Type struct {
	Name         string
	aliases      []string
	GoType       string
	column       string // its SQL type in a migration, %d being the size; "" is gorm's for the Go type
	SnapshotType string // the Go type in a migration, where it is another one
	tags         []string
	measure      measure

	size          int64 // the longest value, unless max= says otherwise; 0 is any
	scale         int   // digits behind the point
	digits        int   // all digits
	bounds        [2]string
	equal         bool   // is filtered by equality without being asked
	Search        bool   // is a text that can be searched
	NoIndexReason string // why it can have no index and no order; "" if it can
	single        string // why its values cannot be unique; "" if they can
	Literal       func(f Field, text string) (code string, ok bool)

	zero   string // Go: what a request that leaves the member out means; "" if it may not
	values values
}

// values are Go expressions that the generated tests send as JSON.
type values struct {
	sample, other string   // two different values; of a text the first word
	nth           string   // a value for each n below 100, for what has to be unique
	seed          string   // in Go, for any n: a row to develop with; "" is nth
	wrong         []string // values that are refused
	valid         []string // values at the edge
}

// A measure is what min=, max=, gt= and lt= bound.
type measure int

const (
	nothing measure = iota
	length          // in code points
	value
)

const (
	tooLong    = "is too long for an index"
	noOrder    = "cannot be sorted"
	fewValues  = "has too few possible values"
	notExactly = "cannot be compared exactly"
)

var fieldTypes = sync.OnceValue(func() []Type {
	return slices.Concat(textTypes(), numberTypes(), otherTypes())
})

func textTypes() []Type {
	text := Type{GoType: "string", Search: true, Literal: textLiteral}
	row := func(name string, size int64, pattern string, v values) Type {
		t := text
		t.Name, t.size, t.values, t.column = name, size, v, "varchar(%d)"
		t.tags = []string{Tag("maxLength", strconv.FormatInt(size, 10)), Tag("pattern", pattern)}
		t.values.wrong = append([]string{"1", `""`}, v.wrong...)
		return t
	}
	aliased := func(t Type, aliases ...string) Type { t.aliases = aliases; return t }
	formatted := func(t Type, format string) Type {
		t.tags = append(t.tags, Tag("format", format))
		return t
	}
	plain := func(name string, size int64, column, bare string) Type {
		t := text
		t.Name, t.size, t.column, t.measure, t.NoIndexReason = name, size, column, length, bare
		t.values = values{sample: "first", other: "second", wrong: []string{"1"}}
		return t
	}
	return []Type{
		aliased(plain("string", 255, "varchar(%d)", ""), "str", "varchar", "char"),
		aliased(plain("text", 0, "text", tooLong), "longtext", "mediumtext", "richtext"),
		row("slug", 100, "^[a-z0-9]+(-[a-z0-9]+)*$", values{
			sample: `"first-one"`, other: `"second-one"`, nth: `fmt.Sprintf("first-%d", n)`, seed: `fmt.Sprintf("example-%d", n)`, wrong: []string{`"First Slug"`, `"a--b"`, `strings.Repeat("a", 101)`}}),
		aliased(formatted(row("email", 254, "^[^ @<>]+@[^ @<>]+[.][^ @<>]+$", values{
			sample: `"first@example.com"`, other: `"second@example.com"`, nth: `fmt.Sprintf("first%d@example.com", n)`, seed: `fmt.Sprintf("user%d@example.com", n)`, wrong: []string{`"nobody"`, `"a..b@example.com"`, `"Ann <ann@example.com>"`, `strings.Repeat("a", 243) + "@example.com"`}}), "email"), "mail"),
		aliased(formatted(row("url", 2000, "^https?://[^ <>]+$", values{
			sample: `"https://example.com/first"`, other: `"https://example.com/second"`, nth: `fmt.Sprintf("https://example.com/%d", n)`, wrong: []string{`"example.com"`, `"javascript:alert(1)"`, `"https://%zz"`, `"https://" + strings.Repeat("a", 1993)`}}), "uri"), "uri", "link"),
		aliased(row("phone", 16, "^[+][1-9][0-9]{6,14}$", values{
			sample: `"+4930123456"`, other: `"+4930654321"`, nth: `fmt.Sprintf("+49301%06d", n)`, seed: `fmt.Sprintf("+4930%09d", n%1_000_000_000)`, wrong: []string{`"030 123456"`, `"+0123456789"`}}), "tel"),
		aliased(row("color", 7, "^#[0-9a-fA-F]{6}$", values{
			sample: `"#336699"`, other: `"#ffcc00"`, nth: `fmt.Sprintf("#%06x", n)`, seed: `fmt.Sprintf("#%06x", n%0x1000000)`, wrong: []string{`"red"`, `"#12345"`}}), "colour"),
		formatted(row("ip", 45, "^[0-9a-fA-F:.]+$", values{
			sample: `"192.0.2.1"`, other: `"2001:db8::1"`, nth: `fmt.Sprintf("198.51.%d.%d", n/250%250, n%250)`, seed: `fmt.Sprintf("10.%d.%d.%d", n>>16&255, n>>8&255, n&255)`, wrong: []string{`"192.0.2.256"`, `"localhost"`, `"fe80::1%eth0"`}}), "ip"),
		aliased(formatted(row("uuid", 36, "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", values{
			sample: `"4fb0c7ae-2f0b-4f7e-9d3e-0d6a3a1f5c11"`, other: `"9a4b2d6c-7e1f-4c3a-8b5d-6f0e1a2c3d44"`, nth: `fmt.Sprintf("4fb0c7ae-2f0b-4f7e-9d3e-%012d", n)`, wrong: []string{`"4fb0c7ae"`, `"4FB0C7AE-2F0B-4F7E-9D3E-0D6A3A1F5C11"`, `"{4fb0c7ae-2f0b-4f7e-9d3e-0d6a3a1f5c11}"`}}), "uuid"), "guid"),
		row("time", 8, "^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$", values{
			sample: `"09:30"`, other: `"18:45:30"`, nth: `fmt.Sprintf("%02d:%02d:%02d", n/3600%24, n/60%60, n%60)`, seed: `fmt.Sprintf("%02d:%02d:%02d", n/3600%24, n/60%60, n%60)`, wrong: []string{`"24:00"`, `"9:30"`}, valid: []string{`"00:00"`, `"23:59:59"`}}),
		row("file", 255, "^[A-Za-z0-9_-]+([./][A-Za-z0-9_-]+)*$", values{
			sample: `"files/first.pdf"`, other: `"files/second.pdf"`, nth: `fmt.Sprintf("files/%d.pdf", n)`, wrong: []string{`"../secret"`, `"/etc/passwd"`, `strings.Repeat("a", 256)`}}),
		row("image", 255, "^[A-Za-z0-9_-]+([./][A-Za-z0-9_-]+)*[.](png|jpg|jpeg|gif|webp|avif)$", values{
			sample: `"images/first.png"`, other: `"images/second.jpg"`, nth: `fmt.Sprintf("images/%d.png", n)`, wrong: []string{`"../secret.png"`, `"images/first.svg"`, `strings.Repeat("a", 252) + ".png"`}}),
	}
}

func numberTypes() []Type {
	number := values{sample: "1", other: "2", wrong: []string{`"1"`, "true"}}
	exact := values{sample: "1", other: "2", wrong: []string{"1", `"one"`, `"1e2"`, `"+1"`}}
	return []Type{
		{Name: "int", aliases: []string{"integer", "int32", "mediumint"}, GoType: "int32", column: "integer", measure: value,
			bounds: [2]string{"-2147483648", "2147483647"}, Literal: numberLiteral, values: number.also("1.5")},
		{Name: "bigint", aliases: []string{"int64", "long", "biginteger", "number"}, GoType: "int64", column: "bigint", measure: value,
			bounds: [2]string{"-9007199254740991", "9007199254740991"}, Literal: numberLiteral, values: number.also("1.5")},
		{Name: "float", aliases: []string{"double", "real", "float64"}, GoType: "float64", column: "double precision", measure: value,
			scale: -1, single: notExactly, Literal: numberLiteral, values: number},
		{Name: "decimal", aliases: []string{"numeric", "dec"}, column: "bigint", SnapshotType: "int64", measure: value, Literal: exactLiteral, values: exact},
		{Name: "money", aliases: []string{"price", "currency"}, column: "bigint", SnapshotType: "int64", measure: value, digits: 18, scale: 2,
			Literal: exactLiteral, values: exact},
		{Name: "percent", aliases: []string{"percentage"}, column: "bigint", SnapshotType: "int64", measure: value, digits: 5, scale: 2,
			bounds: [2]string{"0", "100"}, Literal: exactLiteral, values: exact},
	}
}

func otherTypes() []Type {
	return []Type{
		{Name: "bool", aliases: []string{"boolean"}, GoType: "bool", equal: true, single: fewValues, zero: "false", Literal: boolLiteral,
			values: values{sample: "true", other: "false", seed: "n%2 == 0", wrong: []string{`"true"`, "1"}}},
		{Name: "date", GoType: "column.Date", column: "date", SnapshotType: "time.Time", Literal: dateLiteral, values: values{
			sample: `"2026-01-02"`, other: `"2027-11-30"`, nth: `fmt.Sprintf("%d-01-%02d", 2000+n/28, 1+n%28)`,
			seed: "column.NewDate(2026, time.January, n)", wrong: []string{`"today"`, `"2026-02-30"`, "1"}, valid: []string{`"0001-01-01"`, `"9999-12-31"`, `"2024-02-29"`}}},
		{Name: "datetime", aliases: []string{"timestamp", "timestamptz"}, GoType: "time.Time", Literal: momentLiteral, values: values{
			sample: `"2026-01-02T03:04:05Z"`, other: `"2027-01-02T03:04:05.678Z"`, nth: `fmt.Sprintf("2026-01-03T%02d:%02d:%02dZ", n/3600%24, n/60%60, n%60)`,
			seed: "time.Date(2026, time.January, 1, 0, n, 0, 0, time.UTC)", wrong: []string{`"today"`, `"9999-12-31T23:59:59-01:00"`, "1"}}},
		{Name: "json", aliases: []string{"jsonb", "object"}, GoType: "column.JSON", column: "text", SnapshotType: "string", NoIndexReason: noOrder, single: noOrder, values: values{
			sample: `map[string]any{"a": []any{1.0, "two", nil}}`, other: `[]any{true}`, seed: `column.JSON("{}")`, valid: []string{`"text"`, "1.5", "false", "[]any{}", "map[string]any{}"}}},
		{Name: "enum", aliases: []string{"choice", "select", "oneof"}, GoType: "string", column: "varchar(%d)", equal: true, single: fewValues,
			Literal: textLiteral, values: values{wrong: []string{`"something else"`, "1", `""`}}},
		{Name: "ref", aliases: []string{"reference", "references", "foreign", "foreignid"}, GoType: "int64", equal: true,
			values: values{wrong: []string{`"1"`, "0", "-1", "999999", "1.5"}}},
		{Name: "belongs", aliases: []string{"belongs_to", "belongsto"}, GoType: "int64", equal: true,
			values: values{wrong: []string{`"1"`, "0", "-1", "999999", "1.5"}}},
	}
}

func (v values) also(wrong string) values {
	v.wrong = append(slices.Clone(v.wrong), wrong)
	return v
}

// typeNamed returns a row of fieldTypes, or what to say about an unknown name.
func typeNamed(given string) (Type, string) {
	var names, aliases []string
	for _, t := range fieldTypes() {
		if t.Name == given || slices.Contains(t.aliases, strings.ToLower(given)) {
			return t, ""
		}
		names, aliases = append(names, t.Name), append(aliases, t.aliases...)
	}
	if near := name.DidYouMean(strings.ToLower(given), slices.Concat(names, aliases)); near != "" {
		return Type{}, near
	}
	return Type{}, ": use " + strings.Join(names, ", ")
}

// IsLength, IsNumber, IsDecimal, IsReference and IsOrdered report what a type is like.
func (t Type) IsLength() bool    { return t.measure == length }
func (t Type) IsNumber() bool    { return t.measure == value }
func (t Type) IsDecimal() bool   { return t.IsNumber() && t.digits > 0 || t.Name == "decimal" }
func (t Type) isFloat() bool     { return t.scale < 0 }
func (t Type) IsReference() bool { return t.Name == "ref" || t.Name == "belongs" }
func (t Type) IsOrdered() bool {
	return t.IsNumber() || t.Name == "date" || t.Name == "datetime"
}

// code is the Go type of a value.
func (t Type) code() string {
	if t.IsDecimal() {
		return fmt.Sprintf("column.Decimal[column.Scale%d]", t.scale)
	}
	return t.GoType
}

// Step is the distance between two neighbouring numbers of the type; of floats
// one that leaves room.
func (t Type) Step() *big.Rat {
	step := big.NewRat(1, 1)
	for range max(t.scale, 0) {
		step.Quo(step, big.NewRat(10, 1))
	}
	if t.isFloat() {
		return big.NewRat(1, 2)
	}
	return step
}
