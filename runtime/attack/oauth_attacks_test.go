package attack

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func oauthAttacks() []attack {
	return []attack{
		{"the token endpoint answers forms as RFC 6749 wants", sendForms},
		{"the token endpoint takes parameters from the body, each once", smuggleParameters},
	}
}

// refused checks for an error of RFC 6749, section 5.2.
func refused(t *testing.T, a *answer, name string) {
	t.Helper()
	var members map[string]string
	if err := json.Unmarshal(a.body, &members); err != nil || a.status != http.StatusBadRequest || members["error"] != name ||
		members["error_description"] == "" || len(members) != 2 {
		t.Errorf("%s: %d %s, want %s", a.call.body, a.status, a.body, name)
	}
	if media := a.header.Get("Content-Type"); !strings.HasPrefix(media, "application/json") {
		t.Errorf("the content type is %s", media)
	}
}

func (w *target) tokenCall(parameters ...string) *call {
	form := url.Values{}
	for i := 0; i < len(parameters); i += 2 {
		form.Add(parameters[i], parameters[i+1])
	}
	return w.call("POST", "/auth/token").form(form.Encode()).from(w.host())
}

func sendForms(t *testing.T, w *target) {
	a := w.account(t)
	for _, grant := range [][]string{{"grant_type", "password"}, {}, {"grant_type", "password", "scope", "", "client_id", "x", "client_secret", "y", "email", "other@example.com"}} {
		answer := w.tokenCall(append(grant, "username", a.email, "password", a.password)...).want(t, http.StatusOK)
		if answer.text("token_type") != "bearer" {
			t.Errorf("%s", answer.body)
		}
		own := answer.pair()
		next := w.tokenCall("grant_type", "refresh_token", "refresh_token", own.refresh).want(t, http.StatusOK).pair()
		nextMillisecond()
		refused(t, w.tokenCall("grant_type", "refresh_token", "refresh_token", own.refresh).send(t), "invalid_grant")
		w.dead(t, next)
	}
	for _, bad := range []struct {
		name       string
		parameters []string
	}{
		{"invalid_grant", []string{"grant_type", "password", "username", a.email, "password", newPassword()}},
		{"invalid_grant", []string{"grant_type", "password", "username", newAddress(), "password", newPassword()}},
		{"invalid_grant", []string{"grant_type", "password", "username", "nul\x00", "password", "nul\x00"}},
		{"invalid_grant", []string{"grant_type", "refresh_token", "refresh_token", "x"}},
		{"invalid_grant", []string{"grant_type", "refresh_token", "refresh_token", w.login(t, a).access}},
		{"invalid_request", []string{"grant_type", "password", "username", a.email}},
		{"invalid_request", []string{"grant_type", "password", "password", a.password}},
		{"invalid_request", []string{"grant_type", "refresh_token"}},
		{"invalid_request", []string{"grant_type", "refresh_token", "username", a.email, "password", a.password}},
		{"unsupported_grant_type", []string{"grant_type", "client_credentials", "username", a.email, "password", a.password}},
		{"unsupported_grant_type", []string{"grant_type", "authorization_code", "code", "x"}},
		{"unsupported_grant_type", []string{"grant_type", "PASSWORD", "username", a.email, "password", a.password}},
		{"invalid_request", []string{"grant_type", "password", "username", strings.Repeat("x", 17<<10)}},
	} {
		refused(t, w.tokenCall(bad.parameters...).send(t), bad.name)
	}
	for _, raw := range []string{"%", "a=%zz", "username=%ff%fe&password=abcdefgh", "a;b", ""} {
		refused(t, w.call("POST", "/auth/token").form(raw).send(t), "invalid_request")
	}
}

func smuggleParameters(t *testing.T, w *target) {
	a := w.account(t)
	good := []string{"username", a.email, "password", a.password}
	for _, twice := range [][]string{{"password", "x"}, {"username", a.email}, {"grant_type", "password", "grant_type", "password"}, {"scope", "a", "scope", "a"}} {
		refused(t, w.tokenCall(append(twice, good...)...).send(t), "invalid_request")
	}
	query := "?" + url.Values{"grant_type": {"password"}, "username": {a.email}, "password": {a.password}}.Encode()
	for _, c := range []*call{
		w.call("POST", "/auth/token"+query).form("grant_type=password"),
		w.call("POST", "/auth/token"+query).form("username=" + a.email),
		w.call("POST", "/auth/login"+query).form("username=" + a.email),
		w.call("POST", "/auth/login"+query).json("{}"),
		w.call("GET", "/auth/token"+query),
		w.call("POST", "/auth/login").form("username=" + a.email + "&password=" + a.password + "&password=x"),
		w.call("POST", "/auth/login/json").form("username=" + a.email + "&password=" + a.password),
		w.call("POST", "/auth/token").as("text/plain", "username="+a.email+"&password="+a.password),
	} {
		answer := c.from(w.host()).send(t)
		if answer.status < 400 || answer.status >= 500 || answer.text("access_token") != "" {
			t.Errorf("%s %s with %s: %d %s", c.method, c.path[:11], c.body, answer.status, answer.body)
		}
	}
	w.tokenCall(good...).want(t, http.StatusOK)
}
