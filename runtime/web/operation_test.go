package web

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"fastgo/runtime/config"
)

// The deadline of a body ends with the body.
func TestHandlerMayWorkForLongerThanItsBodyIsReadFor(t *testing.T) {
	mux := http.NewServeMux()
	api := newAPI(mux, config.Config{Name: "notes"})
	Post(api, "/notes", func(ctx context.Context, in *Create[noteFields]) (*Row[note], error) {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(200 * time.Millisecond):
			return NewRow(note{noteFields: in.Fields()}), nil
		}
	}, func(op *huma.Operation) { op.BodyReadTimeout = 20 * time.Millisecond })
	server := httptest.NewServer(mux)
	defer server.Close()
	answer, err := http.Post(server.URL+"/notes", mediaJSON, strings.NewReader(`{"title":"a"}`))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusCreated {
		t.Errorf("status %d", answer.StatusCode)
	}
}
