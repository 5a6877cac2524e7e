package auth_test

import (
	"net/url"
	"strings"
	"testing"

	"golang.org/x/crypto/bcrypt"

	"fastgo/runtime/auth"
)

// form is a body as an HTML form sends it.
func form(pairs ...string) url.Values {
	values := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		values.Add(pairs[i], pairs[i+1])
	}
	return values
}

func TestAllLoginsReturnTheSameResponse(t *testing.T) {
	app := start(t)
	app.Account("ann", "user")
	for _, way := range []struct {
		path string
		body any
	}{
		{"/api/auth/login", object{"email": "Ann@example.com", "password": password}},
		{"/api/auth/login/", object{"username": ann, "password": password, "scope": "", "client_id": "web"}},
		{"/api/auth/login", form("username", ann, "password", password)},
		{"/api/auth/login/json", object{"email": ann, "password": password}},
		{"/api/auth/token", object{"username": ann, "password": password}},
		{"/api/auth/token", form("username", ann, "password", password, "scope", "a b", "client_id", "web")},
		{"/api/auth/token/", form("grant_type", "password", "username", ann, "password", password)},
	} {
		answered := app.Anonymous().Post(way.path, way.body).Want(200).WantHeader("Cache-Control", "no-store")
		wantMembers(t, answered, "access_token", "refresh_token", "token_type", "expires_in", "user")
		var pair auth.LoginAnswer
		answered.Decode(&pair)
		if pair.TokenType != "bearer" || pair.ExpiresIn != 1800 || pair.User != (auth.Account{ID: 1, Name: "ann", Email: ann}) {
			t.Errorf("%s: %s", way.path, answered.Body)
		}
		wantAlive(t, app, pair, true)
		refresh(app, pair).Want(200)
	}
}

func TestFailedLoginDoesNotRevealTheReason(t *testing.T) {
	app := start(t)
	app.Account("ann", "user")
	app.Account("bob", "user")
	inactive := false
	if _, err := app.Users.Update(t.Context(), "bob@example.com", auth.UserChange{Active: &inactive}); err != nil {
		t.Fatal(err)
	}
	for _, wrong := range []struct{ path, email, password string }{
		{"/login", ann, "wrong password"},
		{"/login", "nobody@example.com", password},
		{"/login", "bob@example.com", password},
		{"/login", "ann", password},
		{"/login", "Ann@example.com", strings.Repeat("a", 9000)},
		{"/login/json", ann, "wrong password"},
		{"/token", ann, ""},
	} {
		app.Anonymous().Post("/api/auth"+wrong.path, object{"email": wrong.email, "password": wrong.password}).
			WantError(401, "UNAUTHORIZED").WantMessage("Incorrect email or password").
			WantHeader("WWW-Authenticate", "Bearer").WantHeader("Cache-Control", "no-store")
	}
}

func TestLoginReportsMissingFields(t *testing.T) {
	anonymous := start(t).Anonymous()
	for _, path := range []string{"/api/auth/login", "/api/auth/login/json", "/api/auth/token"} {
		anonymous.Post(path, object{"password": password}).WantField("email").WantError(422, "VALIDATION_ERROR")
		anonymous.Post(path, object{"email": ann}).WantField("password")
		anonymous.Post(path, object{"email": nil, "password": 1}).WantError(422, "VALIDATION_ERROR")
		anonymous.Post(path, "[]").WantError(422, "VALIDATION_ERROR")
	}
	anonymous.Post("/api/auth/login", form("username", ann)).WantField("password")
	anonymous.Post("/api/auth/login", form("username", ann, "username", ann, "password", password)).WantError(400, "BAD_REQUEST")
	anonymous.Post("/api/auth/login/json", form("username", ann, "password", password)).WantError(415, "UNSUPPORTED_MEDIA_TYPE")
	anonymous.With("Content-Type", "text/plain").Post("/api/auth/login", "{}").WantError(415, "UNSUPPORTED_MEDIA_TYPE")
}

func TestImportedHashIsReplacedAtLogin(t *testing.T) {
	app := start(t)
	app.Account("ann", "user")
	imported, err := bcrypt.GenerateFromPassword([]byte("an older password"), bcrypt.MinCost)
	if err != nil {
		t.Fatal(err)
	}
	row := app.DB.Table("users").Where("email = ?", ann)
	if err := row.Update("password_hash", string(imported)).Error; err != nil {
		t.Fatal(err)
	}
	login(app, ann, "an older password")
	var stored string
	if err := app.DB.Table("users").Where("email = ?", ann).Pluck("password_hash", &stored).Error; err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(stored, "$argon2id$") || !auth.VerifyPassword("an older password", stored) {
		t.Errorf("the stored hash is %.9s…", stored)
	}
	login(app, ann, "an older password")
}
