package apitest

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// Client sends requests, with a token if it has one.
type Client struct {
	t       testing.TB
	handler http.Handler
	token   string
	header  http.Header
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
// string is sent as it stands.
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
	var encoded []byte
	switch body := body.(type) {
	case nil:
	case string:
		encoded = []byte(body)
	default:
		var err error
		encoded, err = json.Marshal(body)
		must(c.t, err)
	}
	r := httptest.NewRequest(method, path, bytes.NewReader(encoded))
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if c.token != "" {
		r.Header.Set("Authorization", "Bearer "+c.token)
	}
	for name, values := range c.header {
		r.Header[name] = values
	}
	w := httptest.NewRecorder()
	c.handler.ServeHTTP(w, r)
	return &Response{t: c.t, request: method + " " + path, Status: w.Code, Header: w.Header(), Body: w.Body.Bytes()}
}

// Response is what the application has answered.
type Response struct {
	Status int
	Header http.Header
	Body   []byte

	t       testing.TB
	request string
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
	if !strings.Contains(string(r.Body), `"field":"`+field+`"`) {
		r.t.Fatalf("%s: no error names %s: %s", r.request, field, r.Body)
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
	var object map[string]any
	r.Decode(&object)
	value, ok := object[name]
	if !ok {
		r.t.Fatalf("%s: no member %s: %s", r.request, name, r.Body)
	}
	return value
}
