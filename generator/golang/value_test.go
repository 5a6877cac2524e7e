package golang

import (
	"fmt"
	"go/parser"
	"testing"

	"fastgo/generator/field"
	"fastgo/generator/schema"
	"fastgo/generator/spectest"
)

func TestFreshValuesAreDistinct(t *testing.T) {
	for arg, want := range map[string]string{
		"n:int:unique":                               `3 + n`,
		"n:int:unique:min=5":                         `7 + n`,
		"n:int:unique:max=-5":                        `-2147483648 + n`,
		"n:int:unique:min=0:max=29":                  `3 + n%27`,
		"n:int:unique:min=-27:max=2":                 `-27 + n%28`,
		"n:bigint:unique:gt=100:lt=500":              `103 + n%397`,
		"n:money:unique":                             `fmt.Sprintf("%d.00", 3 + n)`,
		"n:decimal:18.0:unique":                      `fmt.Sprintf("%d", 3 + n)`,
		"n:percent:unique":                           `fmt.Sprintf("%d.00", 3 + n%98)`,
		"n:decimal:4.2:unique:min=0.5:max=1.5":       `apitest.Decimal(50 + int64(n%99), 2)`,
		"n:decimal:18.2:unique:min=9999999999999999": `apitest.Decimal(999999999999999902 + int64(n%98), 2)`,
		"n:decimal:6.3:unique:min=1:max=10":          `apitest.Decimal(2100 + 100*int64(n%80), 3)`,
		"title:string:unique":                        `fmt.Sprintf("first title %d", n)`,
		"title:string:unique:max=9":                  `fmt.Sprintf("%06d", n)`,
		"title:string:unique:max=2":                  `fmt.Sprintf("%02d", n%100)`,
		"title:string:unique:min=90":                 `fmt.Sprintf("%090d", n)`,
		"at:date:unique":                             `fmt.Sprintf("%d-01-%02d", 2000+n/28, 1+n%28)`,
	} {
		if got := ofRow(parse(t, arg).Fresh()); got != want {
			t.Errorf("%s: %s, want %s", arg, got, want)
		}
	}
}

func TestStoredValues(t *testing.T) {
	for arg, want := range map[string]string{
		"n:money":                           `100`,
		"n:decimal:6.3:unique:min=1:max=10": `func(n int) any { return 2100 + 100*(n%80) }`,
		"at:datetime":                       `"2026-01-02 03:04:05.000"`,
		"at:datetime:unique":                `func(n int) any { return fmt.Sprintf("2026-01-03 %02d:%02d:%02d.000", n/3600%24, n/60%60, n%60) }`,
		"doc:json":                          `"{}"`,
		"status:enum:draft,published":       `"draft"`,
		"title:string:min=20":               `strings.Repeat("f", 20)`,
		"weight:float":                      `1.0`,
	} {
		if got := jsonValue(parse(t, arg).Stored()); got != want {
			t.Errorf("%s: %s, want %s", arg, got, want)
		}
	}
}

func TestShortFieldIsOnOneLine(t *testing.T) {
	for arg, want := range map[string]string{
		"title:string:max=200":             `{Name: "title", Sample: "first title", Other: "second title", Min: 1, Max: 200}`,
		"published:bool":                   `{Name: "published", Sample: true, Other: false, Default: false, List: "equal"}`,
		"weight:float:gt=0:lt=10:optional": `{Name: "weight", Sample: 2.5, Other: 5.0, Above: 0.0, Below: 10.0, Optional: true}`,
		"price:money:min=0.01": `{Name: "price", Sample: "1.00", Other: "2.00", Min: "0.01", Max: "9999999999999999.99", Decimal: true,
Invalid: []any{"one", "1e2", "+1"}}`,
		"n:int:min=0": `{Name: "n", Sample: 1, Other: 2, Min: 0,
Valid: []any{2147483647},
Invalid: []any{1.5, 2147483648}}`,
		"status:enum:draft,published:default=draft": `{Name: "status", OneOf: []string{"draft", "published"}, Default: "draft", List: "equal"}`,
		"pin:string:hidden":                         `{Name: "pin", Sample: "first pin", Other: "second pin", Hidden: true}`,
	} {
		if got := (Resource{Resource: &schema.Resource{}}).suiteField(parse(t, arg)); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", arg, got, want)
		}
	}
}

func TestSeededValuesSatisfyTheRules(t *testing.T) {
	for arg, want := range map[string]string{
		"title:string":                `fmt.Sprintf("Title %d", n)`,
		"code:string:2:unique":        `fmt.Sprintf("%x", n%256)`,
		"n:int":                       `int32(1 + n%100)`,
		"n:bigint:unique":             `int64(n)`,
		"price:money:optional":        `new(column.Decimal[column.Scale2](100 + n%100))`,
		"weight:float:gt=0:lt=10":     `0 + float64(1+n%9)`,
		"weight:float":                `-0.5 + float64(1+n%100)`,
		"status:enum:draft,published": `[]string{"draft", "published"}[n%2]`,
		"published:bool":              `n%2 == 0`,
		"on:date":                     `column.NewDate(2026, time.January, n)`,
		"doc:json":                    `column.JSON("{}")`,
	} {
		if got := seedValue(parse(t, arg)); got != want {
			t.Errorf("%s: %s, want %s", arg, got, want)
		}
	}
}

// TestValuesOfRandomFieldsAreValidGo sees to it that each text is what the templates take it for.
func TestValuesOfRandomFieldsAreValidGo(t *testing.T) {
	ok := func(arg string) bool { _, err := field.Parse([]string{arg}); return err == nil }
	random := spectest.New(3, ok)
	for range 5_000 {
		arg := random.Field(false)
		f := parse(t, arg)
		code := "[]apitest.Field{" + (Resource{Resource: &schema.Resource{}}).suiteField(f) + "}"
		if !f.Type.IsReference() {
			code = fmt.Sprintf("[]any{%s, %s, %s}", code, seedValue(f), jsonValue(f.Stored()))
		}
		if _, err := parser.ParseExpr(code); err != nil {
			t.Errorf("%q: %s is no Go: %v", arg, code, err)
		}
	}
}

func parse(t *testing.T, arg string) field.Field {
	t.Helper()
	fields, err := field.Parse([]string{arg})
	if err != nil {
		t.Fatal(err)
	}
	return fields[0]
}
