package attack

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync"
	"testing"
)

// object is a JSON object.
type object map[string]any

// call is a request to be sent.
type call struct {
	target *target
	method string
	path   string // below /api
	body   []byte
	header http.Header
	host   string
	on     int // the index of the process; below zero it is their turn
	sent   func()
}

func (w *target) call(method, path string) *call {
	return &call{target: w, method: method, path: path, header: http.Header{}, on: -1}
}

func (w *target) get(path string) *call            { return w.call("GET", path) }
func (w *target) post(path string, body any) *call { return w.call("POST", path).json(body) }

func (w *target) patch(path string, body any) *call {
	return w.call("PATCH", path).json(body)
}

// json sets the body; a string is sent unchanged.
func (c *call) json(body any) *call {
	if text, ok := body.(string); ok {
		return c.as("application/json", text)
	}
	encoded, err := json.Marshal(body)
	if err != nil {
		panic(err)
	}
	return c.as("application/json", string(encoded))
}

// as sets the body with its content type.
func (c *call) as(media, body string) *call {
	c.body = []byte(body)
	return c.with("Content-Type", media)
}

func (c *call) form(body string) *call { return c.as("application/x-www-form-urlencoded", body) }

// with sets a header; an empty value removes it.
func (c *call) with(name, value string) *call {
	c.header.Add(name, value)
	if value == "" {
		c.header.Del(name)
	}
	return c
}

func (c *call) bearer(token string) *call { return c.with("Authorization", "Bearer "+token) }
func (c *call) from(ip string) *call      { return c.with("X-Forwarded-For", ip) }
func (c *call) to(process int) *call      { c.on = process; return c }

// answer is a response. The status is 0 if there was none.
type answer struct {
	call   *call
	status int
	header http.Header
	body   []byte
}

// send sends the request and checks the invariants of every response.
func (c *call) send(t testing.TB) *answer {
	t.Helper()
	w := c.target
	if c.on < 0 {
		c.on = int(w.turn.Add(1)) % len(w.processes)
	}
	ctx := context.Background()
	if c.sent != nil {
		ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteRequest: func(httptrace.WroteRequestInfo) { c.sent() }})
	}
	r, err := http.NewRequestWithContext(ctx, c.method, "http://"+w.processes[c.on].address+"/api"+c.path, bytes.NewReader(c.body))
	if err != nil {
		t.Errorf("%s %s: %v", c.method, c.path, err)
		return &answer{call: c}
	}
	r.Header, r.Host = c.header, c.host
	w.secrets.add(c.secrets()...)
	res, err := w.client.Do(r)
	if err != nil {
		t.Errorf("%s %s: %v", c.method, c.path, err)
		return &answer{call: c}
	}
	defer res.Body.Close()
	a := &answer{call: c, status: res.StatusCode, header: res.Header}
	if a.body, err = io.ReadAll(res.Body); err != nil {
		t.Errorf("%s %s: %v", c.method, c.path, err)
	}
	w.secrets.add(a.text("access_token"), a.text("refresh_token"))
	a.check(t)
	return a
}

// want sends the request and ends the test unless the response has this status.
func (c *call) want(t testing.TB, status int) *answer {
	t.Helper()
	return c.send(t).want(t, status)
}

// wantCode is like want, for an error with this code.
func (c *call) wantCode(t testing.TB, status int, code string) *answer {
	t.Helper()
	return c.send(t).wantCode(t, status, code)
}

func (a *answer) want(t testing.TB, status int) *answer {
	t.Helper()
	if a.status != status {
		t.Fatalf("%s %s: status %d, want %d: %.500s", a.call.method, a.call.path, a.status, status, a.body)
	}
	return a
}

// wantCode checks that the response is an error with this code.
func (a *answer) wantCode(t testing.TB, status int, code string) *answer {
	t.Helper()
	a.want(t, status)
	if !strings.Contains(string(a.body), `"code":"`+code+`"`) {
		t.Fatalf("%s %s: the code is not %s: %s", a.call.method, a.call.path, code, a.body)
	}
	return a
}

// text returns a string member of the response.
func (a *answer) text(name string) string {
	var members object
	json.Unmarshal(a.body, &members)
	text, _ := members[name].(string)
	return text
}

// secrets are the passwords and tokens in the request.
func (c *call) secrets() []string {
	var found []string
	if token, ok := strings.CutPrefix(c.header.Get("Authorization"), "Bearer "); ok {
		found = append(found, token)
	}
	var members object
	json.Unmarshal(c.body, &members)
	for _, name := range []string{"password", "new_password", "current_password", "refresh_token", "token"} {
		if text, ok := members[name].(string); ok {
			found = append(found, text)
		}
	}
	return found
}

// together sends n concurrent requests, distributed over all processes.
func together(t testing.TB, n int, request func(i int) *call) []*answer {
	t.Helper()
	calls, answers := make([]*call, n), make([]*answer, n)
	for i := range calls {
		calls[i] = request(i)
		if calls[i].on < 0 {
			calls[i].on = i % len(calls[i].target.processes)
		}
	}
	var done sync.WaitGroup
	for i, c := range calls {
		done.Go(func() { answers[i] = c.send(t) })
	}
	done.Wait()
	return answers
}

// statuses counts the responses by status.
func statuses(answers []*answer) map[int]int {
	counts := map[int]int{}
	for _, a := range answers {
		counts[a.status]++
	}
	return counts
}
