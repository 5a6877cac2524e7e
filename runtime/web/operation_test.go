package web

import (
	"context"
	"log/slog"
	"math"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
)

// The deadline of a body ends with the body.
func TestHandlerMayWorkForLongerThanItsBodyIsReadFor(t *testing.T) {
	mux := http.NewServeMux()
	api := newAPI(mux, Options{Name: "notes"}, "")
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

// A NaN has no JSON, but a database may hold one.
func TestAnswerThatCannotBeEncodedIsAnError(t *testing.T) {
	type reading struct {
		Value float64 `json:"value"`
	}
	type readings struct{ Body []reading }
	s := New(Options{Name: "notes", Prefix: "/api"}, nil, slog.New(slog.DiscardHandler))
	broken := reading{math.NaN()}
	Get(s.API, "/reading", func(context.Context, *struct{}) (*Row[reading], error) { return NewRow(broken), nil })
	Get(s.API, "/readings", func(context.Context, *struct{}) (*readings, error) { return &readings{[]reading{broken}}, nil })
	for _, path := range []string{"/api/reading", "/api/readings"} {
		w := send(s.Handler(), "GET", path, "", "")
		if w.Code != http.StatusInternalServerError || !strings.Contains(w.Body.String(), `"code":"INTERNAL_ERROR"`) || w.Header().Get("ETag") != "" {
			t.Errorf("%s: status %d, ETag %q: %s", path, w.Code, w.Header().Get("ETag"), w.Body)
		}
	}
}
