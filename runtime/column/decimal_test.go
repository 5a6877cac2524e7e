package column_test

import (
	"math"
	"math/rand/v2"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"fastgo/runtime/column"
)

type money = column.Decimal[column.Scale2]

func TestDecimalIsParsedExactly(t *testing.T) {
	for text, want := range map[string]money{
		"12.50": 1250, "12.5": 1250, "12": 1200, "0": 0, "0.01": 1, "-0.01": -1, "-12.50": -1250, "-0": 0, "-0.00": 0,
		"0.10": 10, "9999999999999999.99": 999999999999999999, "92233720368547758.07": math.MaxInt64, "-92233720368547758.08": math.MinInt64,
	} {
		if got, err := column.Parse[column.Scale2](text); err != nil || got != want {
			t.Errorf("%s: %d, %v", text, got, err)
		}
	}
	for _, text := range []string{
		"", "-", ".", ".5", "5.", "+1", "01", "00", "-01.5", "00.5", "1.234", "1.000", "1e2", "1,5", " 1", "1 ", "1.5.", "--1", "1.-5",
		"0x10", "1_000", "NaN", "Inf", "١", "½", "92233720368547758.08", "-92233720368547758.09", strings.Repeat("9", 40), "1.5\n",
	} {
		if got, err := column.Parse[column.Scale2](text); err == nil {
			t.Errorf("%q was read as %d", text, got)
		}
	}
}

func TestDecimalHasAllDigitsOfItsScale(t *testing.T) {
	for want, got := range map[string]interface{ String() string }{
		"12.50": money(1250), "0.00": money(0), "0.05": money(5), "-0.05": money(-5), "-12.50": money(-1250),
		"92233720368547758.07": money(math.MaxInt64), "-92233720368547758.08": money(math.MinInt64),
		"7": column.Decimal[column.Scale0](7), "-7": column.Decimal[column.Scale0](-7), "1.5": column.Decimal[column.Scale1](15),
		"0.000000000000000001": column.Decimal[column.Scale18](1), "-9.223372036854775808": column.Decimal[column.Scale18](math.MinInt64),
	} {
		if got.String() != want {
			t.Errorf("%s, not %s", got, want)
		}
	}
}

func TestDecimalsRoundTrip(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 1000 {
		n := int64(random.Uint64()) >> random.IntN(64)
		if got, err := column.Parse[column.Scale0](column.Decimal[column.Scale0](n).String()); err != nil || int64(got) != n {
			t.Errorf("%d became %d, %v", n, got, err)
		}
		if got, err := column.Parse[column.Scale2](money(n).String()); err != nil || int64(got) != n {
			t.Errorf("%d became %d, %v", n, got, err)
		}
		if got, err := column.Parse[column.Scale18](column.Decimal[column.Scale18](n).String()); err != nil || int64(got) != n {
			t.Errorf("%d became %d, %v", n, got, err)
		}
	}
}

func TestDecimalOfScale0HasNoPoint(t *testing.T) {
	for text, good := range map[string]bool{"12": true, "-12": true, "0": true, "12.0": false, "12.": false, "9223372036854775807": true, "9223372036854775808": false} {
		if got, err := column.Parse[column.Scale0](text); (err == nil) != good {
			t.Errorf("%s: %d, %v", text, got, err)
		}
	}
}

// schemas are those of every scale.
func schemas() []*huma.Schema {
	r := huma.NewMapRegistry("#/components/schemas/", huma.DefaultSchemaNamer)
	var all []*huma.Schema
	for _, t := range []reflect.Type{
		reflect.TypeFor[column.Decimal[column.Scale0]](), reflect.TypeFor[column.Decimal[column.Scale1]](), reflect.TypeFor[column.Decimal[column.Scale2]](),
		reflect.TypeFor[column.Decimal[column.Scale3]](), reflect.TypeFor[column.Decimal[column.Scale4]](), reflect.TypeFor[column.Decimal[column.Scale5]](),
		reflect.TypeFor[column.Decimal[column.Scale6]](), reflect.TypeFor[column.Decimal[column.Scale7]](), reflect.TypeFor[column.Decimal[column.Scale8]](),
		reflect.TypeFor[column.Decimal[column.Scale9]](), reflect.TypeFor[column.Decimal[column.Scale10]](), reflect.TypeFor[column.Decimal[column.Scale11]](),
		reflect.TypeFor[column.Decimal[column.Scale12]](), reflect.TypeFor[column.Decimal[column.Scale13]](), reflect.TypeFor[column.Decimal[column.Scale14]](),
		reflect.TypeFor[column.Decimal[column.Scale15]](), reflect.TypeFor[column.Decimal[column.Scale16]](), reflect.TypeFor[column.Decimal[column.Scale17]](),
		reflect.TypeFor[column.Decimal[column.Scale18]](),
	} {
		all = append(all, r.Schema(t, true, ""))
	}
	return all
}

func TestPatternOfADecimalMatchesItsScale(t *testing.T) {
	for scale, s := range schemas() {
		pattern := regexp.MustCompile(s.Pattern)
		whole, fraction := strings.Repeat("9", 18-scale), strings.Repeat("9", scale)
		if whole == "" {
			whole = "0"
		}
		longest := strings.TrimSuffix(whole+"."+fraction, ".")
		for text, good := range map[string]bool{
			longest: true, "-" + longest: true, "0": true, s.Examples[0].(string): true,
			"9" + longest: false, longest + "9": false, "": false, "+0": false, "00": false, "0.": false, "0e1": false, "0\n": false,
		} {
			if pattern.MatchString(text) != good {
				t.Errorf("scale %d, %s: %q", scale, s.Pattern, text)
			}
		}
		if s.Type != "string" || s.Format != "decimal" || s.Nullable {
			t.Errorf("scale %d: %+v", scale, s)
		}
	}
}
