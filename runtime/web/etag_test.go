package web

import (
	"io"
	"testing"
)

func TestETagIsComputedFromTheSentBytes(t *testing.T) {
	h := serve(t, io.Discard, nil)
	read := send(h, "GET", "/api/notes/1", "", "")
	created := send(h, "POST", "/api/notes", "application/json", `{"title":"<a>"}`)
	if tag := read.Header().Get("ETag"); tag == "" || tag != encoded(read.Body.Bytes()).etag() {
		t.Errorf("a row has the ETag %s: %s", tag, read.Body)
	}
	if tag := created.Header().Get("ETag"); tag == "" || tag != encoded(created.Body.Bytes()).etag() {
		t.Errorf("a new row has the ETag %s: %s", tag, created.Body)
	}
	if tag := send(h, "GET", "/api/versions", "", "").Header().Get("ETag"); tag != `"v1"` {
		t.Errorf("the ETag of the handler became %s", tag)
	}
	if tag := send(h, "GET", "/api/notes/500", "", "").Header().Get("ETag"); tag != "" {
		t.Errorf("an error has the ETag %s", tag)
	}
}
