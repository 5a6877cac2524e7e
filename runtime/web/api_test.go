package web

import (
	"io"
	"net/http/httptest"
	"testing"
)

func TestResponseIsJSONWhateverTheAcceptHeader(t *testing.T) {
	h := serve(t, io.Discard, nil)
	for _, accept := range []string{"", "*/*", "application/json", "APPLICATION/JSON", "json", "application/vnd.api+json", "text/html", "application/xml;q=1, json;q=0.5"} {
		for _, path := range []string{"/api/notes/1", "/api/nowhere"} {
			r := httptest.NewRequest("GET", path, nil)
			r.Header.Set("Accept", accept)
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if got := w.Header().Get("Content-Type"); got != mediaJSON {
				t.Errorf("%s as %q: the media type is %q", path, accept, got)
			}
		}
	}
}
