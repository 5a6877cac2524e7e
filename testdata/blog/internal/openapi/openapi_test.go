package openapi_test

import (
	"context"
	"net/http"
	"reflect"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"example.com/blog/internal/openapi"
)

type Note struct {
	ID    int64  `json:"id"`
	Title string `json:"title" maxLength:"20"`
}

type noteOutput struct{ Body Note }

// TestDocumentIsCompletedFromPathsHandlersAndStatuses shows what is added to an operation that says nothing but its types.
func TestDocumentIsCompletedFromPathsHandlersAndStatuses(t *testing.T) {
	api := humago.New(http.NewServeMux(), huma.DefaultConfig("blog", "1.0.0"))
	facts := openapi.Facts{Handler: "note.handlers.show", Row: reflect.TypeFor[Note]()}
	huma.Register(api, huma.Operation{
		Method: "GET", Path: "/api/folders/{folder_id}/notes/{id}", Errors: []int{404}, Metadata: map[string]any{openapi.Key: facts},
	}, func(context.Context, *struct{}) (*noteOutput, error) { return nil, nil })
	document := openapi.Complete(api.OpenAPI(), "/api", func(openapi.Error) any { return map[string]any{"error": "an example"} })

	op := document.Paths["/api/folders/{folder_id}/notes/{id}"].Get
	if op.OperationID != "showFolderNote" || op.Summary != "Show a note of a folder" || op.Tags[0] != "notes" {
		t.Errorf("it is %s, %q, %v", op.OperationID, op.Summary, op.Tags)
	}
	if op.Responses["404"].Ref != "#/components/responses/NotFound" || document.Components.Responses["NotFound"] == nil {
		t.Errorf("the 404 is %+v", op.Responses["404"])
	}
	if got := op.Responses["200"].Content["application/json"].Example; !reflect.DeepEqual(got, map[string]any{"id": 1.0, "title": "A title"}) {
		t.Errorf("the example is %v", got)
	}
	if source := api.OpenAPI().Paths["/api/folders/{folder_id}/notes/{id}"].Get; source == op || source.OperationID != "" {
		t.Error("the source was changed")
	}
}
