package apitest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// Client sends requests, with a token if it has one.
type Client struct {
	// UserID is the id of the user that App.User has made for the client, as a
	// number of JSON.
	UserID float64

	t      testing.TB
	app    *App
	token  string
	header http.Header
}

// WithToken returns a client that sends this token.
func (c *Client) WithToken(token string) *Client {
	copied := *c
	copied.token = token
	return &copied
}

// With returns a client that sends this header too.
func (c *Client) With(name, value string) *Client {
	copied := *c
	copied.header = c.header.Clone()
	if copied.header == nil {
		copied.header = http.Header{}
	}
	copied.header.Set(name, value)
	return &copied
}

// Get, Post, Put, Patch and Delete send a request. A body is sent as JSON; a
// string as it stands, and url.Values as a form.
func (c *Client) Get(path string) *Response            { c.t.Helper(); return c.Do("GET", path, nil) }
func (c *Client) Post(path string, body any) *Response { c.t.Helper(); return c.Do("POST", path, body) }
func (c *Client) Put(path string, body any) *Response  { c.t.Helper(); return c.Do("PUT", path, body) }
func (c *Client) Patch(path string, body any) *Response {
	c.t.Helper()
	return c.Do("PATCH", path, body)
}
func (c *Client) Delete(path string) *Response { c.t.Helper(); return c.Do("DELETE", path, nil) }

// Do sends a request with any method.
func (c *Client) Do(method, path string, body any) *Response {
	c.t.Helper()
	encoded, media := []byte(nil), "application/json"
	switch body := body.(type) {
	case nil:
		media = ""
	case string:
		encoded = []byte(body)
	case url.Values:
		encoded, media = []byte(body.Encode()), "application/x-www-form-urlencoded"
	default:
		var err error
		encoded, err = json.Marshal(body)
		must(c.t, err)
	}
	r := httptest.NewRequest(method, path, bytes.NewReader(encoded))
	if media != "" {
		r.Header.Set("Content-Type", media)
	}
	if c.token != "" {
		r.Header.Set("Authorization", "Bearer "+c.token)
	}
	for name, values := range c.header {
		r.Header[name] = values
	}
	w := httptest.NewRecorder()
	c.app.handler.ServeHTTP(w, r)
	return &Response{t: c.t, request: strings.TrimSpace(fmt.Sprintf("%s %s %.300s", method, path, encoded)), Status: w.Code, Header: w.Header(), Body: w.Body.Bytes()}
}

// Response is what the application has answered.
type Response struct {
	Status int
	Header http.Header
	Body   []byte

	t       testing.TB
	request string
	members map[string]any // of the object that was answered, once Member has read it
}

// Want ends the test unless the answer has this status.
func (r *Response) Want(status int) *Response {
	r.t.Helper()
	if r.Status != status {
		r.t.Fatalf("%s: status %d, want %d: %s", r.request, r.Status, status, r.Body)
	}
	return r
}

// WantField ends the test unless the answer is a 422 that names the field.
func (r *Response) WantField(field string) *Response {
	r.t.Helper()
	r.Want(http.StatusUnprocessableEntity)
	if !r.names(field) {
		r.t.Fatalf("%s: no error names %s: %s", r.request, field, r.Body)
	}
	return r
}

// names reports whether the answer is about a field.
func (r *Response) names(field string) bool {
	return strings.Contains(string(r.Body), `"field":"`+field+`"`)
}

// WantError ends the test unless the answer is an error of this status and
// code, in the one shape that errors have.
func (r *Response) WantError(status int, code string) *Response {
	r.t.Helper()
	var answer struct {
		Success *bool `json:"success"`
		Error   struct {
			Message   string `json:"message"`
			Code      string `json:"code"`
			RequestID string `json:"request_id"`
		} `json:"error"`
	}
	r.Want(status).Decode(&answer)
	e := answer.Error
	if answer.Success == nil || *answer.Success || e.Code != code || e.Message == "" || e.RequestID == "" || e.RequestID != r.Header.Get("X-Request-ID") {
		r.t.Fatalf("%s: no error with code %s: %s", r.request, code, r.Body)
	}
	return r
}

// WantMessage ends the test unless the answer is an error with this message.
func (r *Response) WantMessage(message string) *Response {
	r.t.Helper()
	if !strings.Contains(string(r.Body), `"message":"`+message+`"`) {
		r.t.Fatalf("%s: the message is not %q: %s", r.request, message, r.Body)
	}
	return r
}

// WantHeader ends the test unless the answer has this header.
func (r *Response) WantHeader(name, value string) *Response {
	r.t.Helper()
	if got := r.Header.Get(name); got != value {
		r.t.Fatalf("%s: %s is %q, want %q", r.request, name, got, value)
	}
	return r
}

// Decode reads the JSON of the answer into v.
func (r *Response) Decode(v any) {
	r.t.Helper()
	if err := json.Unmarshal(r.Body, v); err != nil {
		r.t.Fatalf("%s: %v: %s", r.request, err, r.Body)
	}
}

// Member returns a member of the object that was answered.
func (r *Response) Member(name string) any {
	r.t.Helper()
	if r.members == nil {
		r.members = r.Object()
	}
	value, ok := r.members[name]
	if !ok {
		r.t.Fatalf("%s: no member %s: %s", r.request, name, r.Body)
	}
	return value
}

// Object returns the object that was answered.
func (r *Response) Object() map[string]any {
	r.t.Helper()
	var object map[string]any
	r.Decode(&object)
	return object
}
