package column_test

import (
	"context"
	stdjson "encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/go-json-experiment/json"
	"gorm.io/gorm"

	"fastgo/runtime/column"
	"fastgo/runtime/database"
	"fastgo/runtime/database/dbtest"
)

type invoice struct {
	ID      int64        `json:"id"`
	Total   money        `json:"total" gorm:"not null"`
	Due     column.Date  `json:"due" gorm:"not null"`
	Meta    column.JSON  `json:"meta" gorm:"not null"`
	Tip     *money       `json:"tip"`
	Paid    *column.Date `json:"paid"`
	Comment *column.JSON `json:"comment"`
}

func open(t *testing.T) *gorm.DB {
	t.Helper()
	db, err := database.Open(dbtest.URL(t), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if pool, err := db.DB(); err == nil {
			pool.Close()
		}
	})
	if err := db.AutoMigrate(&invoice{}); err != nil {
		t.Fatal(err)
	}
	return db
}

// invoices are texts of JSON, as they are answered.
func invoices() []string {
	return []string{
		`{"id":1,"total":"12.50","due":"2026-01-31","meta":{"b":[1.0,1e400,"x"],"a":{}},"tip":"-0.01","paid":"0001-01-01","comment":[]}`,
		`{"id":2,"total":"0.00","due":"9999-12-31","meta":12345678901234567890.10,"tip":null,"paid":null,"comment":null}`,
		`{"id":3,"total":"-9999999999999999.99","due":"0001-01-01","meta":"it's \"é\" \\u0000 ?","tip":"0.00","paid":"2024-02-29","comment":false}`,
	}
}

func TestRowsAreReadBackUnchanged(t *testing.T) {
	db := open(t)
	for _, want := range invoices() {
		var created, got invoice
		if err := json.Unmarshal([]byte(want), &created); err != nil {
			t.Fatal(err)
		}
		if err := db.Create(&created).Error; err != nil {
			t.Fatal(err)
		}
		if err := db.Take(&got, "id = ?", created.ID).Error; err != nil {
			t.Fatal(err)
		}
		sameJSON(t, created, want)
		sameJSON(t, got, want)
	}
}

func TestUpdatesSetAndClearEveryColumn(t *testing.T) {
	db := open(t)
	var row invoice
	for i, text := range append(invoices(), invoices()...) {
		text = `{"id":1` + text[len(`{"id":1`):]
		row = invoice{}
		if err := json.Unmarshal([]byte(text), &row); err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			if err := db.Create(&row).Error; err != nil {
				t.Fatal(err)
			}
		} else if err := db.Model(&row).Select("*").Updates(&row).Error; err != nil {
			t.Fatal(err)
		}
		var got invoice
		if err := db.Take(&got, "id = ?", 1).Error; err != nil {
			t.Fatal(err)
		}
		sameJSON(t, got, text)
	}
}

func sameJSON(t *testing.T, row any, want string) {
	t.Helper()
	encoder, err := stdjson.Marshal(row)
	if err != nil || string(encoder) != want {
		t.Errorf("%s, %v\nnot %s", encoder, err, want)
	}
	experiment, err := json.Marshal(row)
	if err != nil || string(experiment) != want {
		t.Errorf("%s, %v\nnot %s", experiment, err, want)
	}
}

func TestRowsAreFoundAndSortedByValue(t *testing.T) {
	db := open(t)
	for _, text := range invoices() {
		var row invoice
		if err := json.Unmarshal([]byte(text), &row); err != nil {
			t.Fatal(err)
		}
		if err := db.Create(&row).Error; err != nil {
			t.Fatal(err)
		}
	}
	day := column.NewDate(2026, 1, 31)
	for _, c := range []struct {
		order string
		where []any
		want  []int64
	}{
		{"total", []any{"total > ?", money(-1)}, []int64{2, 1}},
		{"total DESC", []any{"total <= ?", money(1250)}, []int64{1, 2, 3}},
		{"due", []any{"due >= ?", day}, []int64{1, 2}},
		{"due DESC", []any{"due <> ?", &day}, []int64{2, 3}},
		{"due", []any{"due IN ?", []column.Date{day, {}}}, []int64{3, 1}},
		{"id", []any{"tip IS NULL AND paid IS NULL AND comment IS NULL"}, []int64{2}},
		{"id", []any{"meta = ?", column.JSON("12345678901234567890.10")}, []int64{2}},
	} {
		var ids []int64
		if err := db.Model(&invoice{}).Where(c.where[0], c.where[1:]...).Order(c.order).Pluck("id", &ids).Error; err != nil || !reflect.DeepEqual(ids, c.want) {
			t.Errorf("%v: %v, %v", c.where, ids, err)
		}
	}
	if err := db.Model(&invoice{}).Where("id = 2").Update("total", gorm.Expr("total + ? * 2", money(-5))).Error; err != nil {
		t.Error(err)
	}
	var sum money
	var last column.Date
	if err := db.Model(&invoice{}).Where("id < 3").Select("sum(total), max(due)").Row().Scan(&sum, &last); err != nil || sum != 1240 || last.String() != "9999-12-31" {
		t.Errorf("%s, %s, %v", sum, last, err)
	}
	var text string
	if err := db.Model(&invoice{}).Where("id = 1").Select("CAST(due AS text)").Row().Scan(&text); err != nil || text != "2026-01-31" {
		t.Errorf("%s, %v", text, err)
	}
}

func TestInvalidValuesAreRejected(t *testing.T) {
	for _, text := range []string{
		`{"total":12.5}`, `{"total":"12,5"}`, `{"total":true}`, `{"total":""}`, `{"due":"2026-02-30"}`, `{"due":20260101}`, `{"due":""}`,
		`{"meta":null}`, `{"meta": null }`, `{"tip":1}`, `{"paid":"x"}`,
	} {
		for _, unmarshal := range []func([]byte, any) error{
			stdjson.Unmarshal,
			func(b []byte, v any) error { return json.Unmarshal(b, v) },
		} {
			var row invoice
			if err := unmarshal([]byte(text), &row); err == nil {
				t.Errorf("%s was read as %+v", text, row)
			}
		}
	}
}

func TestDocumentIsCompacted(t *testing.T) {
	var j column.JSON
	if err := json.Unmarshal([]byte(" { \"b\" : [ 1 ,\n2.50 ] , \"a\" : \"x y\" } "), &j); err != nil || j != `{"b":[1,2.50],"a":"x y"}` {
		t.Errorf("%s, %v", j, err)
	}
	var content struct{ A string }
	if err := j.Decode(&content); err != nil || content.A != "x y" {
		t.Errorf("%+v, %v", content, err)
	}
	if created, err := column.NewJSON(map[string]int{"n": 1}); err != nil || created != `{"n":1}` {
		t.Errorf("%s, %v", created, err)
	}
	if text, err := stdjson.Marshal(column.JSON("")); err != nil || string(text) != "null" {
		t.Errorf("%s, %v", text, err)
	}
	if text, err := stdjson.Marshal(column.JSON("{")); err == nil {
		t.Errorf("%s was written", text)
	}
}

func TestValuesCanBeMapKeys(t *testing.T) {
	text := `{"2026-01-31":{"12.50":1}}`
	var m map[column.Date]map[money]int
	if err := stdjson.Unmarshal([]byte(text), &m); err != nil || m[column.NewDate(2026, 1, 31)][1250] != 1 {
		t.Errorf("%v, %v", m, err)
	}
	sameJSON(t, m, text)
}

func TestSchemaDescribesTheValue(t *testing.T) {
	type fields struct {
		Total   money                         `json:"total"`
		Due     column.Date                   `json:"due"`
		Meta    column.JSON                   `json:"meta"`
		Tip     *money                        `json:"tip"`
		Paid    *column.Date                  `json:"paid"`
		Comment *column.JSON                  `json:"comment"`
		Percent column.Decimal[column.Scale2] `json:"percent" pattern:"^(100|[1-9]?[0-9])$" example:"19" doc:"The tax"`
	}
	r := huma.NewMapRegistry("#/components/schemas/", huma.DefaultSchemaNamer)
	s := r.SchemaFromRef(r.Schema(reflect.TypeFor[fields](), true, "").Ref)
	for name, want := range map[string]string{
		"total":   `{"description":"A decimal number with at most 2 digits after the point","examples":["12.50"],"format":"decimal","pattern":"^-?(0|[1-9][0-9]{0,15})(\\.[0-9]{1,2})?$","type":"string"}`,
		"due":     `{"examples":["2026-01-31"],"format":"date","type":"string"}`,
		"paid":    `{"examples":["2026-01-31"],"format":"date","type":["string","null"]}`,
		"meta":    `{"description":"Any JSON document","examples":[{"key":"value"}]}`,
		"comment": `{"description":"Any JSON document","examples":[{"key":"value"}]}`,
		"percent": `{"description":"The tax","examples":["19"],"format":"decimal","pattern":"^(100|[1-9]?[0-9])$","type":"string"}`,
	} {
		if got, err := stdjson.Marshal(s.Properties[name]); err != nil || string(got) != want {
			t.Errorf("%s: %s, %v", name, got, err)
		}
	}
	if !s.Properties["tip"].Nullable {
		t.Error("an optional decimal is not nullable")
	}
}

func TestDateCanBeAParameter(t *testing.T) {
	mux := http.NewServeMux()
	api := humago.New(mux, huma.DefaultConfig("Days", "1"))
	var got column.Date
	huma.Get(api, "/days/{day}", func(_ context.Context, in *struct {
		Day   column.Date `path:"day"`
		Until column.Date `query:"until"`
	}) (*struct{}, error) {
		got = in.Until
		return nil, nil
	})
	call := func(path string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		return w
	}
	if w := call("/days/2026-01-31?until=2026-02-01"); w.Code != 204 || got.String() != "2026-02-01" {
		t.Errorf("%d: %s", w.Code, w.Body)
	}
	if w := call("/days/2026-01-31?until=2026-02-30"); w.Code != 422 || !strings.Contains(w.Body.String(), "until") {
		t.Errorf("%d: %s", w.Code, w.Body)
	}
}
