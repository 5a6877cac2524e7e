package web_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"gorm.io/gorm"

	"example.com/blog/internal/web"
)

type task struct {
	ID int64 `json:"id"`
	taskFields
}

type taskFields struct {
	Title string  `json:"title" minLength:"1" maxLength:"20"`
	Note  *string `json:"note" required:"false"`
}

// tasks serves operations on one row, which a write does not keep.
func tasks() http.Handler {
	s := web.New(web.Options{Name: "tasks", URL: "https://example.com", Prefix: "/api", Docs: true}, nil, slog.New(slog.DiscardHandler))
	note := "by noon"
	kept := task{ID: 1, taskFields: taskFields{Title: "write", Note: &note}}
	web.Post(s.API, "/tasks", func(ctx context.Context, in *web.Create[taskFields]) (*web.Created[task], error) {
		if in.Fields().Title == "write" {
			return nil, gorm.ErrDuplicatedKey
		}
		return web.NewCreated(ctx, 2, task{2, in.Fields()}), nil
	})
	web.Get(s.API, "/tasks/{id}", func(_ context.Context, in *web.ByID) (*web.Row[task], error) {
		if in.ID != 1 {
			return nil, gorm.ErrRecordNotFound
		}
		return web.NewRow(kept), nil
	})
	web.Patch(s.API, "/tasks/{id}", func(_ context.Context, in *web.PatchByID[taskFields]) (*web.Row[task], error) {
		if err := in.Match(kept); err != nil {
			return nil, err
		}
		changed := kept
		err := in.Apply(&changed.taskFields)
		return web.NewRow(changed), err
	})
	web.Delete(s.API, "/tasks/{id}", func(context.Context, *web.DeleteByID) (*struct{}, error) { panic("a fault with a secret") })
	return s.Handler()
}

func call(h http.Handler, method, path, body string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// TestRequestsMustMatchTheirTypes shows what the package promises: each row is a request, with the status and a part of
// the answer.
func TestRequestsMustMatchTheirTypes(t *testing.T) {
	h := tasks()
	tag := call(h, "GET", "/api/tasks/1", "").Header().Get("ETag")
	for _, test := range []struct {
		method, path, body, ifMatch string
		status                      int
		answer                      string
	}{
		{"GET", "/api/tasks/1", "", "", 200, `{"id":1,"title":"write","note":"by noon"}`},
		{"GET", "/api/tasks/1/", "", "", 200, `"id":1`},
		{"GET", "/api/tasks/2", "", "", 404, `"code":"NOT_FOUND"`},
		{"GET", "/api/tasks/x", "", "", 422, `"field":"id"`},
		{"GET", "/api/tasks/1?more=x", "", "", 422, `"field":"more"`},
		{"PUT", "/api/tasks/1", "{}", "", 405, `"code":"METHOD_NOT_ALLOWED"`},
		{"GET", "/nowhere", "", "", 404, `"success":false`},
		{"POST", "/api/tasks", `{"title":"read"}`, "", 201, `"id":2`},
		{"POST", "/api/tasks", `{"id":9,"title":"read"}`, "", 201, `"id":2`}, // what GET gave can be sent back
		{"POST", "/api/tasks", `{"title":"write"}`, "", 409, `"code":"CONFLICT"`},
		{"POST", "/api/tasks", `{}`, "", 422, `"field":"title"`},
		{"POST", "/api/tasks", `{"title":null}`, "", 422, `"field":"title"`},
		{"POST", "/api/tasks", `{"title":""}`, "", 422, `"field":"title"`},
		{"POST", "/api/tasks", `{"title":"read","done":true}`, "", 422, `"field":"done"`},
		{"POST", "/api/tasks", `{"Title":"read"}`, "", 422, `"field":"title"`},
		{"POST", "/api/tasks", `{"title":"a","title":"b"}`, "", 400, `"code":"BAD_REQUEST"`},
		{"POST", "/api/tasks", `{"title":"a"} {}`, "", 400, ""},
		{"POST", "/api/tasks", "{\"title\":\"\xff\"}", "", 400, ""},
		{"POST", "/api/tasks", `{"title":"` + strings.Repeat("a", 1<<20) + `"}`, "", 413, `"code":"PAYLOAD_TOO_LARGE"`},
		{"PATCH", "/api/tasks/1", `{"note":null}`, "", 200, `"title":"write","note":null`},
		{"PATCH", "/api/tasks/1", `{"title":"read"}`, tag, 200, `"title":"read"`},
		{"PATCH", "/api/tasks/1", `{"title":"read"}`, `"old"`, 412, `"code":"PRECONDITION_FAILED"`},
		{"DELETE", "/api/tasks/1", "", "", 500, `"code":"INTERNAL_ERROR"`},
		{"GET", "/openapi.json", "", "", 200, `"operationId":"`},
		{"GET", "/healthz", "", "", 200, "ok"},
	} {
		var header []string
		if test.ifMatch != "" {
			header = []string{"If-Match", test.ifMatch}
		}
		w := call(h, test.method, test.path, test.body, header...)
		if w.Code != test.status || !strings.Contains(w.Body.String(), test.answer) {
			t.Errorf("%s %s %.40s: %d %s, want %d with %s", test.method, test.path, test.body, w.Code, w.Body, test.status, test.answer)
		}
		if w.Header().Get("X-Request-ID") == "" || w.Header().Get("X-Content-Type-Options") != "nosniff" || strings.Contains(w.Body.String(), "secret") {
			t.Errorf("%s %s: headers %v, body %s", test.method, test.path, w.Header(), w.Body)
		}
	}
	if w := call(h, "POST", "/api/tasks", `{"title":"read"}`, "Content-Type", "text/plain"); w.Code != 415 {
		t.Errorf("text/plain is answered with %d", w.Code)
	}
	if w := call(h, "POST", "/api/tasks", `{"title":"read"}`); w.Header().Get("Location") != "/api/tasks/2" {
		t.Errorf("the location is %s", w.Header().Get("Location"))
	}
}
