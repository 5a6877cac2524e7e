package auth_test

import (
	"net/url"
	"testing"

	"fastgo/runtime/apitest"
	"fastgo/runtime/auth"
)

// wantOAuthError ends the test unless the answer is one of RFC 6749, section 5.2.
func wantOAuthError(t *testing.T, r *apitest.Response, name string) {
	t.Helper()
	r.Want(400).WantHeader("Cache-Control", "no-store").WantHeader("Content-Type", "application/json")
	wantMembers(t, r, "error", "error_description")
	if got := r.Member("error"); got != name {
		t.Fatalf("the error is %v, want %s", got, name)
	}
}

func TestTokenEndpointReturnsOAuthErrorsForForms(t *testing.T) {
	app := start(t)
	app.Account("ann", "user")
	access := login(app, ann, password).AccessToken
	for _, wrong := range []struct {
		err  string
		body url.Values
	}{
		{"invalid_grant", form("grant_type", "password", "username", ann, "password", "wrong password")},
		{"invalid_grant", form("username", "nobody@example.com", "password", password)},
		{"invalid_grant", form("grant_type", "refresh_token", "refresh_token", "x")},
		{"invalid_grant", form("grant_type", "refresh_token", "refresh_token", access)},
		{"invalid_request", form()},
		{"invalid_request", form("grant_type", "password", "username", ann)},
		{"invalid_request", form("grant_type", "password", "password", password)},
		{"invalid_request", form("grant_type", "password", "email", ann, "password", password)},
		{"invalid_request", form("grant_type", "refresh_token")},
		{"invalid_request", form("username", ann, "username", ann, "password", password)},
		{"invalid_request", form("username", ann, "password", "\xff")},
		{"unsupported_grant_type", form("grant_type", "client_credentials", "username", ann, "password", password)},
		{"unsupported_grant_type", form("grant_type", "Password", "username", ann, "password", password)},
	} {
		wantOAuthError(t, app.Anonymous().Post("/api/auth/token", wrong.body), wrong.err)
	}
	secret := form("username", ann, "password", password).Encode()
	wantOAuthError(t, app.Anonymous().Post("/api/auth/token?"+secret, form("grant_type", "password")), "invalid_request")
}

func TestTokenEndpointRefreshes(t *testing.T) {
	app := start(t)
	app.Account("ann", "user")
	first := login(app, ann, password)
	grant := func(pair auth.LoginAnswer) *apitest.Response {
		return app.Anonymous().Post("/api/auth/token", form("grant_type", "refresh_token", "refresh_token", pair.RefreshToken))
	}
	var second auth.LoginAnswer
	grant(first).Want(200).Decode(&second)
	wantAlive(t, app, second, true)
	later()
	wantOAuthError(t, grant(first), "invalid_grant")
	wantAlive(t, app, second, false)
}

func TestTokenEndpointIsLimitedLikeLogin(t *testing.T) {
	app := start(t)
	anonymous := app.Anonymous()
	wantOAuthError(t, anonymous.Post("/api/auth/token", form("username", ann, "password", password)), "invalid_grant")
	attempts(t, app, 10)
	refused := anonymous.Post("/api/auth/token", form("username", ann, "password", password)).WantError(429, "RATE_LIMIT_EXCEEDED")
	if refused.Header.Get("Retry-After") == "" {
		t.Error("the answer does not say when to come again")
	}
	anonymous.Post("/api/auth/login", object{"email": ann, "password": password}).WantError(429, "RATE_LIMIT_EXCEEDED")
	anonymous.Post("/api/auth/login/json", object{"email": "ANN@example.com", "password": password}).WantError(429, "RATE_LIMIT_EXCEEDED")
}
