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
	// UserID is the ID of the user that App.User created for the client, as a JSON
	// number.
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

// With returns a client that also sends this header.
func (c *Client) With(name, value string) *Client {
	copied := *c
	copied.header = c.header.Clone()
	if copied.header == nil {
		copied.header = http.Header{}
	}
	copied.header.Set(name, value)
	return &copied
}

// Get, Post, Put, Patch and Delete send a request. A string is sent unchanged,
// url.Values as a form, and any other body as JSON.
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
