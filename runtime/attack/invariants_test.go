package attack

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"testing"
)

// check checks the invariants of every response.
func (a *answer) check(t testing.TB) {
	t.Helper()
	fail := func(format string, args ...any) {
		t.Helper()
		t.Errorf("%s %s answers %d: "+format+"\n%.500s", append(append([]any{a.call.method, a.call.path, a.status}, args...), a.body)...)
	}
	if a.status >= 500 && a.status != http.StatusServiceUnavailable {
		fail("a fault of the server")
	}
	for name, value := range map[string]string{
		"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
	} {
		if a.header.Get(name) != value {
			fail("%s is %q", name, a.header.Get(name))
		}
	}
	if len(a.header.Get("X-Request-ID")) < 8 {
		fail("no request id")
	}
	for _, secret := range a.call.secrets() {
		if len(secret) >= 12 && strings.Contains(string(a.body), secret) {
			fail("the secret %q is repeated", secret)
		}
	}
	if a.status >= 400 && a.call.method != "HEAD" {
		a.checkError(fail)
	}
	if seconds, err := strconv.Atoi(a.header.Get("Retry-After")); a.status == http.StatusTooManyRequests && (err != nil || seconds < 1 || seconds > 3600) {
		fail("Retry-After is %q", a.header.Get("Retry-After"))
	}
	a.checkChallenge(fail)
}

// checkError checks the error body.
func (a *answer) checkError(fail func(string, ...any)) {
	if strings.Contains(string(a.body), `"error_description"`) {
		return // a form at /auth/token, which has tests of its own
	}
	var shape struct {
		Success *bool
		Error   struct {
			Message   string
			Code      string
			RequestID string `json:"request_id"`
			Fields    []struct{ Field, Message string }
		}
	}
	if err := json.Unmarshal(a.body, &shape); err != nil {
		fail("no JSON: %v", err)
		return
	}
	e := shape.Error
	if shape.Success == nil || *shape.Success || e.Message == "" || e.Code == "" || e.RequestID != a.header.Get("X-Request-ID") {
		fail("not the one shape of errors")
	}
	if a.status == http.StatusUnprocessableEntity && len(e.Fields) == 0 {
		fail("no field is named")
	}
	for _, f := range e.Fields {
		if f.Field == "" || f.Message == "" {
			fail("a field without a name or a message")
		}
	}
}

// checkChallenge checks the header of RFC 6750, section 3: it has an error only if
// a token was presented.
func (a *answer) checkChallenge(fail func(string, ...any)) {
	challenge := a.header.Get("WWW-Authenticate")
	if a.status != http.StatusUnauthorized {
		return
	}
	presented := strings.HasPrefix(a.call.header.Get("Authorization"), "Bearer ") || strings.Contains(string(a.call.body), "refresh_token")
	switch {
	case !strings.HasPrefix(challenge, "Bearer"):
		fail("WWW-Authenticate is %q", challenge)
	case presented != strings.Contains(challenge, `error="invalid_token"`):
		fail("WWW-Authenticate is %q, a token was presented: %t", challenge, presented)
	}
}
