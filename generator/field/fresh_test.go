package field

import "testing"

func TestANewValueIsNoOtherOne(t *testing.T) {
	for arg, want := range map[string]string{
		"n:int:unique":                               `float64(3 + n)`,
		"n:int:unique:min=5":                         `float64(7 + n)`,
		"n:int:unique:max=-5":                        `float64(-2147483648 + n)`,
		"n:int:unique:min=0:max=29":                  `float64(3 + n%27)`,
		"n:int:unique:min=-27:max=2":                 `float64(-27 + n%28)`,
		"n:bigint:unique:gt=100:lt=500":              `float64(103 + n%397)`,
		"n:money:unique":                             `fmt.Sprintf("%d.00", 3+n)`,
		"n:decimal:18.0:unique":                      `fmt.Sprintf("%d", 3+n)`,
		"n:percent:unique":                           `fmt.Sprintf("%d.00", 3+n%98)`,
		"n:decimal:4.2:unique:min=0.5:max=1.5":       `apitest.Decimal(50+int64(n%99), 2)`,
		"n:decimal:18.2:unique:min=9999999999999999": `apitest.Decimal(999999999999999902+int64(n%98), 2)`,
		"n:decimal:6.3:unique:min=1:max=10":          `apitest.Decimal(2100+100*int64(n%80), 3)`,
		"title:string:unique":                        `fmt.Sprintf("first title %d", n)`,
		"title:string:unique:max=9":                  `fmt.Sprintf("%06d", n)`,
		"title:string:unique:max=2":                  `fmt.Sprintf("%02d", n%100)`,
		"title:string:unique:min=90":                 `fmt.Sprintf("%090d", n)`,
		"at:date:unique":                             `fmt.Sprintf("%d-01-%02d", 2000+n/28, 1+n%28)`,
	} {
		fields, err := Parse([]string{arg})
		if err != nil {
			t.Errorf("%s: %v", arg, err)
		} else if got := fields[0].Fresh(); got != want || !CountsRows(got) {
			t.Errorf("%s: %s, want %s", arg, got, want)
		}
	}
	if CountsRows(`fmt.Sprintf("first n %d", 5)`) || CountsRows(`map[string]any{"n": nil}`) {
		t.Error("a value without the number counts rows")
	}
}
