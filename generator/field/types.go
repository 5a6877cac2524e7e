package field

import (
	"math/big"
	"slices"
	"strconv"
	"strings"
	"sync"

	"fastgo/generator/name"
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
		t.Name, t.size, t.values, t.column = name, size, v, stringColumn
		t.tags = []string{Tag("maxLength", strconv.FormatInt(size, 10)), Tag("pattern", pattern)}
		t.values.wrong = append(texts(""), v.wrong...)
		return t
	}
	aliased := func(t Type, aliases ...string) Type { t.aliases = aliases; return t }
	checked := func(form func(string) error, t Type) Type { t.form = form; return t }
	formatted := func(t Type, format string) Type {
		t.tags = append(t.tags, Tag("format", format))
		return t
	}
	plain := func(name string, size int64, column func(Field) string, noIndex string) Type {
		t := text
		t.Name, t.size, t.column, t.measure, t.NoIndexReason = name, size, column, length, noIndex
		if size > 0 {
			t.takes = lengthOfText
		}
		t.values = values{sample: Text("first"), other: Text("second")}
		return t
	}
	long := func(before, letter string, n int64, after string) Value { return Repeated{before, letter, n, after} }
	clock := Numbered{"%02d:%02d:%02d", []Part{{Divide: 3600, Modulo: 24}, {Divide: 60, Modulo: 60}, {Modulo: 60}}}
	return []Type{
		aliased(plain("string", 255, stringColumn, ""), "str", "varchar", "char"),
		aliased(plain("text", 0, columnOf("Text"), tooLong), "longtext", "mediumtext", "richtext"),
		row("slug", 100, "^[a-z0-9]+(-[a-z0-9]+)*$", values{
			sample: Text("first-one"), other: Text("second-one"), nth: numbered("first-%d"), seed: numbered("example-%d"),
			wrong: append(texts("First Slug", "a--b"), repeated("a", 101))}),
		checked(mailForm, aliased(formatted(row("email", 254, "^[^ @<>]+@[^ @<>]+[.][^ @<>]+$", values{
			sample: Text("first@example.com"), other: Text("second@example.com"), nth: numbered("first%d@example.com"), seed: numbered("user%d@example.com"),
			wrong: append(texts("nobody", "a..b@example.com", "Ann <ann@example.com>"), long("", "a", 243, "@example.com"))}), "email"), "mail")),
		checked(urlForm, aliased(formatted(row("url", 2000, "^https?://[^ <>]+$", values{
			sample: Text("https://example.com/first"), other: Text("https://example.com/second"), nth: numbered("https://example.com/%d"),
			wrong: append(texts("example.com", "javascript:alert(1)", "https://%zz"), long("https://", "a", 1993, ""))}), "uri"), "uri", "link")),
		aliased(row("phone", 16, "^[+][1-9][0-9]{6,14}$", values{
			sample: Text("+4930123456"), other: Text("+4930654321"), nth: numbered("+49301%06d"), seed: Numbered{"+4930%09d", []Part{{Modulo: 1_000_000_000}}},
			wrong: texts("030 123456", "+0123456789")}), "tel"),
		aliased(row("color", 7, "^#[0-9a-fA-F]{6}$", values{
			sample: Text("#336699"), other: Text("#ffcc00"), nth: numbered("#%06x"), seed: Numbered{"#%06x", []Part{{Modulo: 1 << 24}}},
			wrong: texts("red", "#12345")}), "colour"),
		checked(addressForm, formatted(row("ip", 45, "^[0-9a-fA-F:.]+$", values{
			sample: Text("192.0.2.1"), other: Text("2001:db8::1"), nth: Numbered{"198.51.%d.%d", []Part{{Divide: 250, Modulo: 250}, {Modulo: 250}}},
			seed:  Numbered{"10.%d.%d.%d", []Part{{Divide: 1 << 16, Modulo: 256}, {Divide: 256, Modulo: 256}, {Modulo: 256}}},
			wrong: texts("192.0.2.256", "localhost", "fe80::1%eth0")}), "ip")),
		aliased(formatted(row("uuid", 36, "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", values{
			sample: Text("4fb0c7ae-2f0b-4f7e-9d3e-0d6a3a1f5c11"), other: Text("9a4b2d6c-7e1f-4c3a-8b5d-6f0e1a2c3d44"), nth: numbered("4fb0c7ae-2f0b-4f7e-9d3e-%012d"),
			wrong: texts("4fb0c7ae", "4FB0C7AE-2F0B-4F7E-9D3E-0D6A3A1F5C11", "{4fb0c7ae-2f0b-4f7e-9d3e-0d6a3a1f5c11}")}), "uuid"), "guid"),
		row("time", 8, "^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$", values{
			sample: Text("09:30"), other: Text("18:45:30"), nth: clock, wrong: texts("24:00", "9:30"), valid: texts("00:00", "23:59:59")}),
		row("file", 255, "^[A-Za-z0-9_-]+([./][A-Za-z0-9_-]+)*$", values{
			sample: Text("files/first.pdf"), other: Text("files/second.pdf"), nth: numbered("files/%d.pdf"),
			wrong: append(texts("../secret", "/etc/passwd"), repeated("a", 256))}),
		row("image", 255, "^[A-Za-z0-9_-]+([./][A-Za-z0-9_-]+)*[.](png|jpg|jpeg|gif|webp|avif)$", values{
			sample: Text("images/first.png"), other: Text("images/second.jpg"), nth: numbered("images/%d.png"),
			wrong: append(texts("../secret.png", "images/first.svg"), long("", "a", 252, ".png"))}),
	}
}

func numberTypes() []Type {
	one, two := Number{Rat: big.NewRat(1, 1)}, Number{Rat: big.NewRat(2, 1)}
	whole := values{sample: one, other: two, wrong: []Value{Number{Rat: big.NewRat(3, 2)}}}
	exact := values{sample: one, other: two, wrong: texts("one", "1e2", "+1")}
	return []Type{
		{Name: "int", wider: "bigint", aliases: []string{"integer", "int32", "mediumint"}, GoType: "int32", column: columnOf("Int"), measure: value,
			bounds: [2]string{"-2147483648", "2147483647"}, Literal: numberLiteral, values: whole},
		{Name: "bigint", inexact: true, aliases: []string{"int64", "long", "biginteger", "number"}, GoType: "int64", column: columnOf("BigInt"), measure: value,
			bounds: [2]string{"-9007199254740991", "9007199254740991"}, Literal: numberLiteral, values: whole},
		{Name: "float", aliases: []string{"double", "real", "float64"}, GoType: "float64", column: columnOf("Float"), measure: value,
			scale: -1, single: notExactly, Literal: numberLiteral, values: values{sample: one, other: two}},
		{Name: "decimal", exact: true, takes: digitsOfNumber, aliases: []string{"numeric", "dec"}, column: decimalColumn, measure: value, Literal: exactLiteral, values: exact},
		{Name: "money", exact: true, aliases: []string{"price", "currency"}, column: decimalColumn, measure: value, digits: 18, scale: 2,
			Literal: exactLiteral, values: exact},
		{Name: "percent", exact: true, aliases: []string{"percentage"}, column: decimalColumn, measure: value, digits: 5, scale: 2,
			bounds: [2]string{"0", "100"}, Literal: exactLiteral, values: exact},
	}
}

func otherTypes() []Type {
	clock := []Part{{Divide: 3600, Modulo: 24}, {Divide: 60, Modulo: 60}, {Modulo: 60}}
	return []Type{
		{Name: "bool", answer: boolAnswer, aliases: []string{"boolean"}, GoType: "bool", column: columnOf("Bool"), equal: true, single: fewValues, zero: "false", Literal: boolLiteral,
			values: values{sample: Bool(true), other: Bool(false), seed: Alternating{}}},
		{Name: "date", GoType: "column.Date", column: columnOf("Date"), Literal: dateLiteral, values: values{
			sample: Text("2026-01-02"), other: Text("2027-11-30"), nth: Numbered{"%d-01-%02d", []Part{{Add: 2000, Divide: 28}, {Add: 1, Modulo: 28}}},
			seed: Daily{}, wrong: texts("today", "2026-02-30"), valid: texts("0001-01-01", "9999-12-31", "2024-02-29")}},
		{Name: "datetime", answer: momentAnswer, stored: storedMoment, aliases: []string{"timestamp", "timestamptz"}, GoType: "time.Time", column: columnOf("DateTime"), Literal: momentLiteral, values: values{
			sample: Text("2026-01-02T03:04:05Z"), other: Text("2027-01-02T03:04:05.678Z"), nth: Numbered{"2026-01-03T%02d:%02d:%02dZ", clock},
			seed: Hourly{}, wrong: texts("today", "9999-12-31T23:59:59-01:00")}},
		{Name: "json", noFilter: true, valueless: true, aliases: []string{"jsonb", "object"}, GoType: "column.JSON", column: columnOf("JSON"), NoIndexReason: noOrder, single: noOrder, values: values{
			sample: Document{map[string]any{"a": []any{1, "two", nil}}}, other: Document{[]any{true}}, seed: Document{map[string]any{}},
			valid: []Value{Text("text"), Number{big.NewRat(3, 2), true}, Bool(false), Document{[]any{}}, Document{map[string]any{}}}}},
		{Name: "enum", takes: listOfChoices, valueless: true, aliases: []string{"choice", "select", "oneof"}, GoType: "string", column: enumColumn, equal: true, single: fewValues,
			Literal: textLiteral},
		{Name: "ref", takes: nameOfRelated, reference: true, valueless: true, aliases: []string{"reference", "references", "foreign", "foreignid"}, GoType: "int64", column: refColumn, equal: true},
		{Name: "belongs", takes: nameOfRelated, reference: true, Cascade: true, valueless: true, aliases: []string{"belongs_to", "belongsto"}, GoType: "int64", column: belongsColumn, equal: true},
	}
}

// UnknownType returns the type in a canonical field if it is unknown, or "".
func UnknownType(text string) string {
	_, rest, _ := strings.Cut(text, ":")
	given, _, _ := strings.Cut(rest, ":")
	given, _, _ = strings.Cut(given, "=")
	for _, t := range fieldTypes() {
		if t.Name == given {
			return ""
		}
	}
	return given
}

// typeNamed returns the type with a name, or a suggestion for an unknown name.
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
