package web

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"fastgo/runtime/database"
	"fastgo/runtime/database/dbtest"
)

type note struct {
	ID int64 `json:"id"`
	noteFields
}

type noteFields struct {
	Title string  `json:"title" minLength:"1" maxLength:"5"`
	Count int     `json:"count" required:"false"`
	Hint  *string `json:"hint" required:"false"`
}

// serve starts a server that keeps one note.
func serve(t *testing.T, log io.Writer, change func(*Options)) http.Handler {
	t.Helper()
	o := Options{Name: "notes", URL: "http://localhost:8000", Prefix: "/api", Docs: true}
	if change != nil {
		change(&o)
	}
	logger := slog.New(slog.NewTextHandler(log, nil))
	db, err := database.Open(dbtest.URL(t), logger)
	if err != nil {
		t.Fatal(err)
	}
	if pool, err := db.DB(); err == nil {
		t.Cleanup(func() { pool.Close() })
	}
	s := New(o, db, logger)
	kept := note{ID: 1, noteFields: noteFields{Title: "kept", Count: 3}}
	Post(s.API, "/notes", func(ctx context.Context, in *Create[noteFields]) (*Created[note], error) {
		return NewCreated(ctx, 7, note{7, in.Fields()}), nil
	})
	Get(s.API, "/notes/{id}", func(_ context.Context, in *ByID) (*Row[note], error) {
		if in.ID == 500 {
			return nil, errors.New("secret cause")
		}
		return NewRow(kept), nil
	})
	edit := func(in Update[noteFields]) (*Row[note], error) {
		if err := in.Match(kept); err != nil {
			return nil, err
		}
		changed := kept
		err := in.Apply(&changed.noteFields)
		return NewRow(changed), err
	}
	Put(s.API, "/notes/{id}", func(_ context.Context, in *Replace[noteFields]) (*Row[note], error) { return edit(in) })
	Patch(s.API, "/notes/{id}", func(_ context.Context, in *PatchByID[noteFields]) (*Row[note], error) { return edit(in) })
	Get(s.API, "/search", func(_ context.Context, in *struct {
		Least int `query:"least"`
	}) (*Row[note], error) {
		return NewRow(note{ID: int64(in.Least)}), nil
	})
	Get(s.API, "/versions", func(context.Context, *struct{}) (*Row[note], error) { return &Row[note]{ETag: `"v1"`, Body: kept}, nil })
	s.HandleFunc("GET /panic", func(http.ResponseWriter, *http.Request) { panic("secret cause") })
	return s.Handler()
}

func send(h http.Handler, method, path, contentType, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestBodyIsParsedStrictly(t *testing.T) {
	h := serve(t, io.Discard, nil)
	nested := func(levels int) string { return strings.Repeat("[", levels) + strings.Repeat("]", levels) }
	deep := nested(10_000)
	for _, c := range []struct {
		name, contentType, body string
		status                  int
	}{
		{"good", "application/json", `{"title":"a"}`, 201},
		{"good with a type in capitals", "Application/JSON", `{"title":"a"}`, 201},
		{"good with a charset", "application/json; charset=UTF-8", `{"title":"a"}`, 201},
		{"read-only members", "application/json", `{"title":"a","id":null}`, 201},
		{"null for an optional member", "application/json", `{"title":"a","hint":null}`, 201},
		{"no content type", "", `{"title":"a"}`, 415},
		{"another content type", "text/plain", `{"title":"a"}`, 415},
		{"another charset", "application/json; charset=latin1", `{"title":"a"}`, 415},
		{"another json type", "application/problem+json", `{"title":"a"}`, 415},
		{"a broken content type", "application/json; charset", `{"title":"a"}`, 415},
		{"a form", "application/x-www-form-urlencoded", `title=a`, 415},
		{"nothing", "application/json", ``, 400},
		{"not JSON", "application/json", `{`, 400},
		{"two documents", "application/json", `{"title":"a"} {}`, 400},
		{"a member twice", "application/json", `{"title":"a","title":"b"}`, 400},
		{"a member twice, once escaped", "application/json", `{"title":"a","\u0074itle":"b"}`, 400},
		{"an unknown member twice", "application/json", `{"title":"a","x":{"y":1,"y":2}}`, 400},
		{"half of a surrogate pair", "application/json", `{"title":"\ud800"}`, 400},
		{"a byte order mark", "application/json", "\ufeff" + `{"title":"a"}`, 400},
		{"a comma at the end", "application/json", `{"title":"a",}`, 400},
		{"a leading zero", "application/json", `{"title":"a","count":01}`, 400},
		{"NUL", "application/json", `{"title":"a\u0000"}`, 400},
		{"invalid UTF-8", "application/json", "{\"title\":\"\xff\"}", 400},
		{"nested", "application/json", `{"title":"a","x":` + deep + `}`, 400},
		{"nested one level too deep", "application/json", `{"x":` + nested(64) + `}`, 400},
		{"nested as deep as it may be", "application/json", `{"x":` + nested(63) + `}`, 422},
		{"too large", "application/json", `{"title":"` + strings.Repeat("a", 2<<20) + `"}`, 413},
		{"missing", "application/json", `{}`, 422},
		{"null", "application/json", `{"title":null}`, 422},
		{"null for a member with a default", "application/json", `{"title":"a","count":null}`, 422},
		{"too long", "application/json", `{"title":"aaaaaa"}`, 422},
		{"unknown", "application/json", `{"title":"a","x":1}`, 422},
		{"another case", "application/json", `{"title":"a","TITLE":""}`, 422},
		{"a number with a fraction", "application/json", `{"title":"a","count":1.5}`, 422},
		{"a number with an exponent", "application/json", `{"title":"a","count":1e1}`, 422},
		{"a number in quotes", "application/json", `{"title":"a","count":"1"}`, 422},
		{"a number out of range", "application/json", `{"title":"a","count":9223372036854775808}`, 422},
		{"a number out of every range", "application/json", `{"title":"a","count":1e999}`, 422},
		{"an array", "application/json", `[]`, 422},
		{"null alone", "application/json", `null`, 422},
	} {
		w := send(h, "POST", "/api/notes", c.contentType, c.body)
		if w.Code != c.status {
			t.Errorf("%s: status %d, want %d: %.200s", c.name, w.Code, c.status, w.Body)
		}
	}
}

func TestErrorsNameTheField(t *testing.T) {
	h := serve(t, io.Discard, nil)
	for _, c := range []struct{ method, path, body, field string }{
		{"POST", "/api/notes", `{}`, "title"},
		{"POST", "/api/notes", `{"title":""}`, "title"},
		{"POST", "/api/notes", `{"title":null}`, "title"},
		{"POST", "/api/notes", `{"title":"a","x":1}`, "x"},
		{"POST", "/api/notes", `{"title":"a","count":9223372036854775808}`, "count"},
		{"POST", "/api/notes", `{"title":"a","count":1e999}`, "count"},
		{"PATCH", "/api/notes/1", `{"title":null}`, "title"},
		{"PATCH", "/api/notes/1", `{"count":-1e999}`, "count"},
		{"GET", "/api/notes/abc", ``, "id"},
		{"GET", "/api/notes/9223372036854775808", ``, "id"},
		{"GET", "/api/notes/1?page=2", ``, "page"},
		{"GET", "/api/search?least=1&least=2", ``, "least"},
		{"GET", "/api/search?least=abc", ``, "least"},
	} {
		w := send(h, c.method, c.path, "application/json", c.body)
		if w.Code != 422 || !strings.Contains(w.Body.String(), `"fields":[{"field":"`+c.field+`"`) {
			t.Errorf("%s %s %s: %d %s", c.method, c.path, c.body, w.Code, w.Body)
		}
	}
}

func TestAllErrorsHaveTheSameBody(t *testing.T) {
	var log bytes.Buffer
	h := serve(t, &log, nil)
	for _, c := range []struct {
		method, path, code string
		status             int
	}{
		{"GET", "/nowhere", "NOT_FOUND", 404},
		{"GET", "/docs/nowhere.js", "NOT_FOUND", 404},
		{"GET", "/api/../etc", "NOT_FOUND", 404},
		{"DELETE", "/api/notes", "METHOD_NOT_ALLOWED", 405},
		{"GET", "/api/notes/x%00", "BAD_REQUEST", 400},
		{"GET", "/api/notes/1?x=%ff", "BAD_REQUEST", 400},
		{"GET", "/api/search?x=1;least=5", "BAD_REQUEST", 400},
		{"GET", "/api/notes/abc", "VALIDATION_ERROR", 422},
		{"GET", "/api/notes/500", "INTERNAL_ERROR", 500},
		{"GET", "/panic", "INTERNAL_ERROR", 500},
	} {
		w := send(h, c.method, c.path, "", "")
		var body errorBody
		if err := json.Unmarshal(w.Body.Bytes(), &body); err != nil {
			t.Errorf("%s %s: %v", c.method, c.path, err)
		}
		if w.Code != c.status || body.Success || body.Error.Code != c.code || body.Error.Message == "" ||
			body.Error.RequestID == "" || body.Error.RequestID != w.Header().Get("X-Request-ID") {
			t.Errorf("%s %s: %d %s", c.method, c.path, w.Code, w.Body)
		}
		if strings.Contains(w.Body.String(), "secret cause") {
			t.Errorf("%s %s shows the cause: %s", c.method, c.path, w.Body)
		}
		if c.status == 500 && !strings.Contains(log.String(), body.Error.RequestID) {
			t.Errorf("%s %s: the cause is not in the log", c.method, c.path)
		}
	}
	if allow := send(h, "DELETE", "/api/notes", "", "").Header().Get("Allow"); allow != "POST" {
		t.Errorf("Allow is %q", allow)
	}
}

func TestTrailingSlashIsIgnored(t *testing.T) {
	h := serve(t, io.Discard, nil)
	if w := send(h, "GET", "/api/notes/1/", "", ""); w.Code != 200 {
		t.Errorf("status %d", w.Code)
	}
	w := send(h, "POST", "/api/notes/", "application/json", `{"title":"a"}`)
	if w.Code != 201 || w.Header().Get("Location") != "/api/notes/7" {
		t.Errorf("status %d, Location %q", w.Code, w.Header().Get("Location"))
	}
}

func TestLocationIsBelowThePublicURL(t *testing.T) {
	h := serve(t, io.Discard, func(o *Options) { o.URL = "https://example.com/notes-app" })
	w := send(h, "POST", "/api/notes", "application/json", `{"title":"a"}`)
	if got := w.Header().Get("Location"); got != "/notes-app/api/notes/7" {
		t.Errorf("Location %q", got)
	}
}

// An error that printed the body for each of its members took an hour here.
func TestManyInvalidMembersAreCheap(t *testing.T) {
	h := serve(t, io.Discard, nil)
	var body strings.Builder
	body.WriteString(`{"title":"a"`)
	for i := range 20_000 {
		fmt.Fprintf(&body, `,"unknown%d":1`, i)
	}
	body.WriteString("}")
	w := send(h, "POST", "/api/notes", "application/json", body.String())
	if n := strings.Count(w.Body.String(), `"field"`); w.Code != 422 || n != maxFieldErrors {
		t.Errorf("status %d with %d fields", w.Code, n)
	}
}

func TestCanceledRequestIsNotAServerError(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if e := Problem(ctx, fmt.Errorf("%v; sql: transaction has already been rolled back", context.Canceled)); e.Status != 503 {
		t.Errorf("status %d", e.Status)
	}
	if e := Problem(context.Background(), fmt.Errorf("insert: %w", database.ErrUnavailable)); e.Status != 503 || e.Header.Get("Retry-After") == "" {
		t.Errorf("a busy database: %d %v", e.Status, e.Header)
	}
}

func TestMergePatchKeepsOmittedFields(t *testing.T) {
	h := serve(t, io.Discard, nil)
	for _, contentType := range []string{"application/json", "application/merge-patch+json"} {
		w := send(h, "PATCH", "/api/notes/1", contentType, `{"title":"new"}`)
		if w.Code != 200 || strings.TrimSpace(w.Body.String()) != `{"id":1,"title":"new","count":3,"hint":null}` {
			t.Errorf("%s: %d %s", contentType, w.Code, w.Body)
		}
	}
	w := send(h, "PUT", "/api/notes/1", "application/json", `{"title":"new"}`)
	if w.Code != 200 || strings.TrimSpace(w.Body.String()) != `{"id":1,"title":"new","count":0,"hint":null}` {
		t.Errorf("PUT: %d %s", w.Code, w.Body)
	}
}

func TestRepeatedIfMatchIsOneList(t *testing.T) {
	h := serve(t, io.Discard, nil)
	tag := send(h, "GET", "/api/notes/1", "", "").Header().Get("ETag")
	for _, c := range []struct {
		lines  []string
		status int
	}{
		{[]string{tag}, 200},
		{[]string{`"old", ` + tag}, 200},
		{[]string{`"old"`, tag}, 200},
		{[]string{`"old"`}, 412},
		{[]string{`"old"`, `"older"`}, 412},
		{[]string{""}, 412},
		{[]string{" "}, 412},
	} {
		r := httptest.NewRequest("PUT", "/api/notes/1", strings.NewReader(`{"title":"new"}`))
		r.Header.Set("Content-Type", "application/json")
		r.Header["If-Match"] = c.lines
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != c.status {
			t.Errorf("If-Match %q: %d %s", c.lines, w.Code, w.Body)
		}
	}
}

func TestHealthAndDocumentAreServed(t *testing.T) {
	h := serve(t, io.Discard, nil)
	for _, path := range []string{"/healthz", "/readyz", "/docs", "/openapi.json"} {
		if w := send(h, "GET", path, "", ""); w.Code != 200 {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
	}
	closed := serve(t, io.Discard, func(o *Options) { o.Docs = false })
	for _, path := range []string{"/docs", "/openapi.json"} {
		if w := send(closed, "GET", path, "", ""); w.Code != 404 {
			t.Errorf("%s: %d although DOCS is false", path, w.Code)
		}
	}
}
