package web

import (
	"math"
	"reflect"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
)

type prefilled struct {
	Rank  int       `json:"rank" required:"false"`
	State string    `json:"state" required:"false"`
	Size  *float64  `json:"size" required:"false"`
	At    time.Time `json:"at" required:"false"`
	Kept  bool      `json:"kept" required:"false"`
	Name  string    `json:"name" immutable:"true"`
	Note  *string   `json:"note" required:"false" immutable:"true"`
}

func (p *prefilled) SetDefaults() {
	p.Rank, p.State, p.Size, p.At = 0, "draft", new(1.5), time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
}

// What a body may leave out has a default, be it the zero that SetDefaults does not touch.
func TestDefaultsAreDocumentedWhereTheyApply(t *testing.T) {
	registry := huma.NewMapRegistry("#/", schemaNamer())
	whole, partial := bodySchema[prefilled](registry, false), bodySchema[prefilled](registry, true)
	want := map[string]any{"rank": 0.0, "state": "draft", "size": 1.5, "at": "2026-01-02T03:04:05Z", "kept": false, "name": nil, "note": nil}
	for name, value := range want {
		if got := whole.Properties[name].Default; !reflect.DeepEqual(got, value) {
			t.Errorf("the default of %s is %v, want %v", name, got, value)
		}
		if got := partial.Properties[name].Default; got != nil {
			t.Errorf("a patch has the default %v of %s", got, name)
		}
	}
}

func TestOmittedMembersGetDefaults(t *testing.T) {
	var body Members[prefilled]
	if err := unmarshal([]byte(`{"name":"a","state":"","size":null}`), &body); err != nil {
		t.Fatal(err)
	}
	if f := body.fields; f.State != "" || f.Size != nil || f.At.IsZero() {
		t.Errorf("%+v", f)
	}
}

func TestNegativeZeroIsZero(t *testing.T) {
	var created Members[prefilled]
	var changed MergePatch[prefilled]
	row := prefilled{Size: new(1.5)}
	for _, body := range []any{&created, &changed} {
		if err := unmarshal([]byte(`{"name":"a","size":-0.0}`), body); err != nil {
			t.Fatal(err)
		}
	}
	if err := changed.Apply(&row); err != nil {
		t.Fatal(err)
	}
	for _, size := range []*float64{created.fields.Size, row.Size} {
		if *size != 0 || math.Signbit(*size) {
			t.Errorf("it is %v", *size)
		}
	}
}

func TestWrongValueIsNamedAndChangesNothing(t *testing.T) {
	for body, field := range map[string]string{
		`{"size":1e999}`: "/size", `{"size":-1e999}`: "/size", `{"rank":1e1}`: "/rank", `{"rank":9223372036854775808}`: "/rank",
		`{"state":1}`: "/state", `{"kept":"true"}`: "/kept", `{"at":"2026-01-01"}`: "/at", `{"at":"2026-01-01T00:00:00,5Z"}`: "/at",
	} {
		row := prefilled{Rank: 1, State: "draft", Size: new(1.5), At: time.Unix(0, 0).UTC(), Kept: true}
		before, size := row, *row.Size
		if err := unmarshal([]byte(body), &row); err == nil || err.Error() != wrongMember+field {
			t.Errorf("%s: %v", body, err)
		}
		if !reflect.DeepEqual(row, before) || *row.Size != size {
			t.Errorf("%s makes %+v", body, row)
		}
	}
}

func TestChangedImmutableFieldsAreReported(t *testing.T) {
	note := "x"
	row := prefilled{Name: "a", Note: &note}
	for patch, fields := range map[string][]FieldError{
		`{"name":"a","note":"x"}`:  nil,
		`{"rank":7}`:               nil,
		`{"name":"b"}`:             {{"name", "cannot be changed"}},
		`{"name":"b","note":"y"}`:  {{"name", "cannot be changed"}, {"note", "cannot be changed"}},
		`{"name":"a","note":null}`: {{"note", "cannot be changed"}},
	} {
		var in PatchByID[prefilled]
		if err := unmarshal([]byte(patch), &in.Body); err != nil {
			t.Fatal(err)
		}
		changed, before := row, row
		err := in.Apply(&changed)
		if known, ok := err.(*Error); ok != (fields != nil) || ok && !reflect.DeepEqual(known.Fields, fields) {
			t.Errorf("%s: %v", patch, err)
		}
		if *before.Note != "x" {
			t.Errorf("%s: the row before is changed", patch)
		}
	}
}
