package auth_test

import (
	"context"
	"net/url"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"gorm.io/gorm"

	"fastgo/runtime/apitest"
	"fastgo/runtime/auth"
	"fastgo/templates/app/app"
)

// These tests show what each operation answers, and with which errors. They ask for codes, never for texts, and for no
// more members of a user than the package itself needs: texts, mails and the profile are yours to change.

type fields = map[string]any

const (
	anna     = "anna@example.com"
	secret   = apitest.Password
	renewed  = "a new staple for it"
	badToken = "no-such-token"
)

// launch starts an application that has, beside the operations of this package, one for admins and one for everybody.
func launch(t *testing.T, settings ...string) *apitest.App {
	return apitest.New(t, apitest.With(app.Build, func(_ huma.API, users *auth.Users, _ *gorm.DB) {
		auth.Get(users.Guard().Role("admin"), "/admins", whoAmI)
		auth.Get(users.Guard().Verified(), "/verified", whoAmI)
		auth.Optional(users.Guard(), "GET", "/anybody", whoAmI)
	}), settings...)
}

type name struct {
	Body struct {
		Name string `json:"name"`
	}
}

func whoAmI(_ context.Context, user *auth.User, _ *struct{}) (*name, error) {
	out := &name{}
	if user != nil {
		out.Body.Name = user.Name
	}
	return out, nil
}

// enter logs in without the hash of a login, and returns the pair of tokens.
func enter(t *testing.T, app *apitest.App, email string) *auth.LoginAnswer {
	t.Helper()
	var id int64
	err := app.DB.Table("users").Where("email = ?", email).Pluck("id", &id).Error
	pair, failed := app.Users.OpenSession(t.Context(), id)
	if err != nil || failed != nil {
		t.Fatal(err, failed)
	}
	return pair
}

// use ends the test unless an access token is answered with this status.
func use(t *testing.T, app *apitest.App, access string, status int) {
	t.Helper()
	app.Anonymous().WithToken(access).Get("/api/auth/me").Want(status)
}

// execute writes what no operation would.
func execute(t *testing.T, app *apitest.App, statement string) {
	t.Helper()
	if err := app.DB.Exec(statement).Error; err != nil {
		t.Fatal(err)
	}
}

func TestRegister(t *testing.T) {
	anonymous := launch(t).Anonymous()
	valid := fields{"name": "Anna", "email": "Anna@Example.com", "password": secret, "role": "admin", "id": 77}
	user := anonymous.Post("/api/auth/register", valid).Want(201).Object()
	if user["email"] != anna || user["role"] != "user" || user["id"] == 77.0 || user["is_active"] != true || user["email_verified_at"] != nil || user["password"] != nil {
		t.Errorf("the user is %v", user)
	}
	anonymous.Post("/api/auth/register", valid).WantError(400, "EMAIL_ALREADY_REGISTERED")
	for _, wrong := range []struct {
		field string
		value any
	}{{"email", "anna"}, {"email", nil}, {"name", ""}, {"password", "short"}, {"password", "password123"}, {"password", anna}} {
		body := fields{"name": "Anna", "email": anna, "password": secret}
		body[wrong.field] = wrong.value
		anonymous.Post("/api/auth/register", body).WantField(wrong.field).WantError(422, "VALIDATION_ERROR")
	}
	anonymous.With("Content-Type", "text/plain").Post("/api/auth/register", "{}").WantError(415, "UNSUPPORTED_MEDIA_TYPE")
}

func TestLogin(t *testing.T) {
	app := launch(t)
	app.Account("anna", "user")
	for path, body := range map[string]any{
		"/api/auth/login":      fields{"email": "ANNA@example.com", "password": secret},
		"/api/auth/login/":     url.Values{"username": {anna}, "password": {secret}},
		"/api/auth/login/json": fields{"email": anna, "password": secret},
		"/api/auth/token":      fields{"username": anna, "password": secret},
	} {
		var answer auth.LoginAnswer
		app.Anonymous().Post(path, body).Want(200).WantHeader("Cache-Control", "no-store").Decode(&answer)
		if answer.TokenType != "bearer" || answer.ExpiresIn != 1800 || answer.User.Email != anna || answer.RefreshToken == "" {
			t.Errorf("%s: %+v", path, answer)
		}
		use(t, app, answer.AccessToken, 200)
	}
	execute(t, app, "UPDATE users SET is_active = false")
	for _, wrong := range []fields{{"email": anna, "password": secret}, {"email": "nobody@example.com", "password": secret}} {
		app.Anonymous().Post("/api/auth/login", wrong).WantError(401, "UNAUTHORIZED").WantHeader("WWW-Authenticate", "Bearer")
	}
	app.Anonymous().Post("/api/auth/login", fields{"email": anna}).WantField("password")
	execute(t, app, "UPDATE throttles SET count = 100")
	limited := app.Anonymous().Post("/api/auth/login", fields{"email": anna, "password": secret}).WantError(429, "RATE_LIMIT_EXCEEDED")
	if limited.Header.Get("Retry-After") == "" {
		t.Error("the 429 has no Retry-After")
	}
}

func TestTokenEndpointHandlesForms(t *testing.T) {
	app := launch(t)
	app.Account("anna", "user")
	token := func(pairs ...string) *apitest.Response {
		form := url.Values{}
		for i := 0; i < len(pairs); i += 2 {
			form.Add(pairs[i], pairs[i+1])
		}
		return app.Anonymous().Post("/api/auth/token", form)
	}
	refresh := token("grant_type", "password", "username", anna, "password", secret).Want(200).Member("refresh_token").(string)
	token("grant_type", "refresh_token", "refresh_token", refresh).Want(200)
	for want, r := range map[string]*apitest.Response{
		"invalid_grant":          token("grant_type", "refresh_token", "refresh_token", badToken),
		"invalid_request":        token("grant_type", "password", "username", anna),
		"unsupported_grant_type": token("grant_type", "client_credentials"),
	} {
		if r.Want(400).Member("error") != want {
			t.Errorf("%s, want %s", r.Body, want)
		}
	}
}

func TestRefreshTokenWorksOnce(t *testing.T) {
	app := launch(t)
	first := enter(t, app, app.Account("anna", "user"))
	exchange := func(token string) *apitest.Response {
		return app.Anonymous().Post("/api/auth/refresh", fields{"refresh_token": token})
	}
	var second auth.LoginAnswer
	exchange(first.RefreshToken).Want(200).Decode(&second)
	use(t, app, second.AccessToken, 200)
	exchange(second.AccessToken).WantError(401, "UNAUTHORIZED")
	execute(t, app, "UPDATE sessions SET rotated_at = rotated_at - 1000") // the rotation was a second ago
	exchange(first.RefreshToken).WantError(401, "UNAUTHORIZED")           // theft, which ends the session
	exchange(second.RefreshToken).WantError(401, "UNAUTHORIZED")
	use(t, app, second.AccessToken, 401)
}

func TestMe(t *testing.T) {
	bob := launch(t).User("bob")
	bob.Get("/api/me").Want(200)
	if bob.Patch("/api/auth/me", fields{"name": "Robert", "role": "admin"}).Want(200).Member("name") != "Robert" {
		t.Error("the name was not changed")
	}
	if me := bob.Get("/api/auth/me").Want(200); me.Member("name") != "Robert" || me.Member("role") != "user" {
		t.Errorf("the user is %s", me.Body)
	}
	bob.Patch("/api/auth/me", fields{"name": ""}).WantField("name")
}

func TestAccountOperationsRequireAToken(t *testing.T) {
	anonymous := launch(t).Anonymous()
	for _, operation := range [][2]string{
		{"GET", "/auth/me"}, {"PATCH", "/auth/me"}, {"GET", "/me"}, {"PATCH", "/me"}, {"POST", "/auth/change-password"}, {"POST", "/auth/password/change"},
		{"POST", "/auth/logout"}, {"POST", "/auth/logout-all"}, {"GET", "/auth/sessions"}, {"DELETE", "/auth/sessions/x"}, {"GET", "/admins"}, {"GET", "/verified"},
	} {
		anonymous.Do(operation[0], "/api"+operation[1], nil).WantError(401, "UNAUTHORIZED").WantHeader("WWW-Authenticate", "Bearer")
		anonymous.WithToken("x").Do(operation[0], "/api"+operation[1], nil).WantError(401, "UNAUTHORIZED").
			WantHeader("WWW-Authenticate", `Bearer error="invalid_token"`)
	}
}

func TestGuards(t *testing.T) {
	app := launch(t)
	app.User("bob").Get("/api/admins").WantError(403, "FORBIDDEN")
	app.UserWithRole("root", "admin").Get("/api/admins").Want(200)
	if app.Anonymous().Get("/api/anybody").Want(200).Member("name") != "" {
		t.Error("an anonymous request belongs to somebody")
	}
	app.Anonymous().WithToken("x").Get("/api/anybody").WantError(401, "UNAUTHORIZED")
}
