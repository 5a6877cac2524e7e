package auth_test

import (
	"context"
	"slices"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"gorm.io/gorm"

	"fastgo/runtime/apitest"
	"fastgo/runtime/auth"
	"fastgo/runtime/web"
	"fastgo/templates/app/app"
)

type greeting struct {
	Body struct {
		To string `json:"to"`
	}
}

func greet(_ context.Context, user *auth.User, _ *struct{}) (*greeting, error) {
	out := &greeting{}
	if user != nil {
		out.Body.To = user.Name
	}
	return out, nil
}

// startGuarded starts an application with one operation for each kind of guard.
func startGuarded(t *testing.T, settings ...string) *apitest.App {
	t.Parallel()
	return apitest.New(t, apitest.With(app.Build, func(_ huma.API, users *auth.Users, _ *gorm.DB) {
		auth.Get(users.Guard(), "/users-only", greet)
		auth.Get(users.Guard().Role("admin"), "/admins-only", greet)
		auth.Get(users.Guard().Verified(), "/verified-only", greet)
		auth.Optional(users.Guard(), "GET", "/anybody", greet)
	}), settings...)
}

func TestGuardedOperationRequiresAToken(t *testing.T) {
	app := startGuarded(t)
	register(app, ann)
	token := login(app, ann, password).AccessToken
	anonymous := app.Anonymous()
	for _, none := range []*apitest.Client{anonymous, anonymous.With("Authorization", "Basic YTpi"), anonymous.With("Cookie", "access_token="+token)} {
		none.Get("/api/users-only").
			WantError(401, "UNAUTHORIZED").WantMessage("Could not validate credentials").WantHeader("WWW-Authenticate", "Bearer")
	}
	anonymous.Get("/api/users-only?access_token="+token).Want(401).WantHeader("WWW-Authenticate", "Bearer")
	for _, bad := range []string{"x", token + "x", token[:len(token)-1]} {
		anonymous.WithToken(bad).Get("/api/users-only").
			WantError(401, "UNAUTHORIZED").WantMessage("Could not validate credentials").WantHeader("WWW-Authenticate", `Bearer error="invalid_token"`)
	}
	for _, scheme := range []string{"Bearer ", "bearer ", "BEARER "} {
		anonymous.With("Authorization", scheme+token).Get("/api/users-only/").Want(200)
	}
}

func TestRoleAdmitsItsUsersOnly(t *testing.T) {
	app := startGuarded(t)
	app.UserWithRole("root", "admin").Get("/api/admins-only").Want(200)
	app.User("bob").Get("/api/admins-only").WantError(403, "FORBIDDEN").WantMessage("Not enough permissions")
	app.Anonymous().Get("/api/admins-only").WantError(401, "UNAUTHORIZED")
}

func TestRoleChangeTakesEffectOnTheNextRequest(t *testing.T) {
	app := startGuarded(t)
	bob := app.User("bob")
	for role, status := range map[string]int{"admin": 200, "user": 403} {
		if _, err := app.Users.Update(t.Context(), "bob@example.com", auth.UserChange{Role: &role}); err != nil {
			t.Fatal(err)
		}
		bob.Get("/api/admins-only").Want(status)
	}
}

func TestVerifiedAdmitsVerifiedUsersOnly(t *testing.T) {
	app := startGuarded(t)
	register(app, ann)
	client := app.Login(ann, password)
	client.Get("/api/users-only").Want(200)
	client.Get("/api/verified-only").WantError(403, "FORBIDDEN").WantMessage("Not enough permissions")
	app.Anonymous().Post("/api/auth/verify-email", object{"token": app.MailedToken(ann)}).Want(200)
	client.Get("/api/verified-only").Want(200)
}

func TestOptionalPassesTheUserOrNil(t *testing.T) {
	app := startGuarded(t)
	if to := app.Anonymous().Get("/api/anybody").Want(200).Member("to"); to != "" {
		t.Errorf("an anonymous request belongs to %v", to)
	}
	if to := app.User("bob").Get("/api/anybody").Want(200).Member("to"); to != "bob" {
		t.Errorf("the request of bob belongs to %v", to)
	}
	app.Anonymous().WithToken("x").Get("/api/anybody").WantError(401, "UNAUTHORIZED").WantHeader("WWW-Authenticate", `Bearer error="invalid_token"`)
}

func TestOptionalIsListedAsPublic(t *testing.T) {
	routes := startGuarded(t).Server.Routes()
	if !slices.ContainsFunc(routes, func(r web.Route) bool { return r.Path == "/api/anybody" && r.Who == "public" }) {
		t.Errorf("/api/anybody is not listed as public: %+v", routes)
	}
}

func TestUnverifiedUserMayOnlySeeTheAccountAndLogOut(t *testing.T) {
	app := startGuarded(t, "AUTH_REQUIRE_VERIFIED_EMAIL=true")
	register(app, ann)
	client := app.Login(ann, password)
	client.Get("/api/auth/me").Want(200)
	client.Get("/api/me").Want(200)
	client.Get("/api/users-only").WantError(403, "FORBIDDEN")
	client.Get("/api/anybody").WantError(403, "FORBIDDEN")
	client.Get("/api/auth/sessions").WantError(403, "FORBIDDEN")
	client.Patch("/api/auth/me", object{"name": "Anna"}).WantError(403, "FORBIDDEN")
	client.Post("/api/auth/change-password", object{"current_password": password, "new_password": another}).WantError(403, "FORBIDDEN")
	client.Post("/api/auth/verify-email/resend", object{"email": ann}).Want(200)
	client.Post("/api/auth/logout", nil).Want(204)

	client = app.Login(ann, password)
	app.Anonymous().Post("/api/auth/verify-email", object{"token": app.MailedToken(ann)}).Want(200)
	client.Get("/api/users-only").Want(200)
	client.Get("/api/auth/sessions").Want(200)
}

func TestDeactivationTakesEffectOnTheNextRequest(t *testing.T) {
	app := startGuarded(t)
	deactivated, deleted := login(app, app.Account("bob", "user"), password), login(app, app.Account("eve", "user"), password)
	inactive := false
	if _, err := app.Users.Update(t.Context(), "bob@example.com", auth.UserChange{Active: &inactive}); err != nil {
		t.Fatal(err)
	}
	if err := app.DB.Exec("DELETE FROM users WHERE email = ?", "eve@example.com").Error; err != nil {
		t.Fatal(err)
	}
	for _, pair := range []auth.LoginAnswer{deactivated, deleted} {
		wantAlive(t, app, pair, false)
		refresh(app, pair).WantError(401, "UNAUTHORIZED")
	}
}
