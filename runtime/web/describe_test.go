package web

import (
	"context"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"slices"
	"testing"

	"fastgo/runtime/openapi"
)

// described is what the test reads of an API document.
type described struct {
	Paths map[string]map[string]struct {
		OperationID string
		Summary     string
		RequestBody struct {
			Content map[string]struct {
				Schema struct {
					Ref string `json:"$ref"`
				}
			}
		}
		Responses map[string]any
	}
	Components struct {
		Schemas map[string]struct {
			Required   []string
			Properties map[string]struct {
				Type     any
				ReadOnly bool
			}
		}
	}
}

func TestDocumentIsComplete(t *testing.T) {
	var d described
	if err := json.Unmarshal(send(serve(t, io.Discard, nil), "GET", "/openapi.json", "", "").Body.Bytes(), &d); err != nil {
		t.Fatal(err)
	}
	put, patch, get := d.Paths["/api/notes/{id}"]["put"], d.Paths["/api/notes/{id}"]["patch"], d.Paths["/api/notes/{id}"]["get"]
	if put.OperationID != "replaceNote" || put.Summary != "Replace a note" {
		t.Errorf("PUT is %s, %q", put.OperationID, put.Summary)
	}
	for status, want := range map[string][3]bool{
		"200": {true, true, true}, "404": {true, true, true}, "409": {true, true, false}, "412": {true, true, false},
		"415": {true, true, false}, "422": {true, true, true}, "503": {true, true, true}, "401": {},
	} {
		if got := [3]bool{put.Responses[status] != nil, patch.Responses[status] != nil, get.Responses[status] != nil}; got != want {
			t.Errorf("PUT, PATCH and GET mention %s: %v, want %v", status, got, want)
		}
	}
	if ref := put.RequestBody.Content[mediaJSON].Schema.Ref; ref != "#/components/schemas/NoteFields" {
		t.Errorf("the body of PUT is %q", ref)
	}
	for _, media := range []string{mediaJSON, mediaPatch} {
		if ref := patch.RequestBody.Content[media].Schema.Ref; ref != "#/components/schemas/NotePatch" {
			t.Errorf("the body of PATCH as %s is %q", media, ref)
		}
	}
	fields, changes := d.Components.Schemas["NoteFields"], d.Components.Schemas["NotePatch"]
	if !slices.Equal(fields.Required, []string{"title"}) || changes.Required != nil {
		t.Errorf("PUT must have %v, PATCH %v", fields.Required, changes.Required)
	}
	if id := fields.Properties["id"]; id.Type != "integer" || !id.ReadOnly {
		t.Errorf("the id that a body may carry to no effect is %+v", id)
	}
}

// The document is made at the first request for it, while others are validated
// by the schemas: it must not add one.
func TestErrorSchemaIsRegisteredWithItsOperation(t *testing.T) {
	type refusal struct{ Reason string }
	api := newAPI(http.NewServeMux(), Options{Name: "notes"}, "")
	answer := Answers(openapi.Error{Status: http.StatusConflict, Message: "Not now", Body: refusal{"late"}})
	Get(api, "/notes", func(context.Context, *struct{}) (*struct{}, error) { return nil, nil }, answer)
	if schemas := api.OpenAPI().Components.Schemas.Map(); schemas["Refusal"] == nil {
		t.Errorf("there are only %v", slices.Collect(maps.Keys(schemas)))
	}
}
