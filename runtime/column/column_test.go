package column_test

import (
	"encoding/json"
	"testing"

	"fastgo/runtime/column"
)

type row struct {
	Price column.Decimal[column.Scale2] `json:"price"`
	Day   column.Date                   `json:"day"`
	Extra column.JSON                   `json:"extra"`
	Until *column.Date                  `json:"until"`
}

// TestValuesKeepTheirDigits shows what the package promises: what a client sends is what a client gets.
func TestValuesKeepTheirDigits(t *testing.T) {
	const sent = `{"price":"90071992547409.93","day":"2024-02-29","extra":{"b":1.50,"a":[]},"until":null}`
	var r row
	if err := json.Unmarshal([]byte(sent), &r); err != nil {
		t.Fatal(err)
	}
	if answered, err := json.Marshal(r); err != nil || string(answered) != sent {
		t.Errorf("answered %s, %v", answered, err)
	}
	if r.Price != 9007199254740993 || r.Price+7 != 9007199254741000 {
		t.Errorf("the price is %d", r.Price)
	}
	if next := r.Day.AddDays(1); next.String() != "2024-03-01" || !r.Day.Before(next) {
		t.Errorf("the next day is %s", next)
	}
	var stored column.Date
	if value, err := r.Day.Value(); err != nil || stored.Scan(value) != nil || stored != r.Day {
		t.Errorf("stored as %v, %v", value, err)
	}
}

func TestMalformedValuesAreRejected(t *testing.T) {
	for _, sent := range []string{
		`{"price":"1.234"}`, `{"price":"1e3"}`, `{"price":1}`, `{"price":"100000000000000000"}`,
		`{"day":"2023-02-29"}`, `{"day":"2024-02-29T00:00:00Z"}`, `{"extra":null}`,
	} {
		if err := json.Unmarshal([]byte(sent), &row{}); err == nil {
			t.Errorf("accepted %s", sent)
		}
	}
}
