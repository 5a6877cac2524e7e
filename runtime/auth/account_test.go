package auth_test

import (
	"strings"
	"testing"

	"fastgo/runtime/auth"
)

func TestMeReturnsTheUser(t *testing.T) {
	bob := start(t).User("bob")
	for _, path := range []string{"/api/auth/me", "/api/me", "/api/auth/me/", "/api/me/"} {
		answered := bob.Get(path).Want(200).WantHeader("Cache-Control", "no-store")
		wantMembers(t, answered, userMembers...)
		var user auth.User
		answered.Decode(&user)
		if user.Name != "bob" || user.Email != "bob@example.com" || user.EmailVerifiedAt == nil {
			t.Errorf("%s: %s", path, answered.Body)
		}
	}
}

func TestUsersChangeOnlyTheirProfile(t *testing.T) {
	app := start(t)
	bob, eve := app.User("bob"), app.User("eve")
	for _, path := range []string{"/api/auth/me", "/api/me"} {
		changed := bob.Patch(path, object{"name": "Robert " + path}).Want(200)
		wantMembers(t, changed, userMembers...)
		if name := bob.Get(path).Want(200).Member("name"); name != "Robert "+path || changed.Member("name") != name {
			t.Errorf("the name is %v", name)
		}
	}
	before := bob.Get("/api/me").Want(200)
	bob.Patch("/api/me", object{}).Want(200)
	bob.With("Content-Type", "application/merge-patch+json").Patch("/api/me", `{"name":"Rob"}`).Want(200)
	if name := bob.Get("/api/me").Want(200).Member("name"); name != "Rob" || before.Member("id") == eve.Get("/api/me").Member("id") {
		t.Errorf("the name is %v", name)
	}
	if name := eve.Get("/api/me").Want(200).Member("name"); name != "eve" {
		t.Errorf("the name of another user is %v", name)
	}
}

func TestUserCannotWriteOutsideTheProfile(t *testing.T) {
	app := start(t)
	client := app.User("ann")
	before := client.Get("/api/auth/me").Want(200)
	client.Patch("/api/auth/me", object{
		"id": 77, "email": "eve@example.com", "role": "admin", "is_active": false, "email_verified_at": "2026-01-01T00:00:00Z",
		"created_at": "2000-01-01T00:00:00Z", "password_hash": "x", "PasswordHash": "x", "auth_epoch": 9, "AuthEpoch": 9, "Name": "Eve",
	}).Want(200)
	after := client.Get("/api/auth/me").Want(200)
	for _, name := range userMembers {
		if before.Member(name) != after.Member(name) && name != "updated_at" {
			t.Errorf("%s is %v, was %v", name, after.Member(name), before.Member(name))
		}
	}
	app.Login(ann, password)
}

func TestInvalidProfileIsRejected(t *testing.T) {
	bob := start(t).User("bob")
	for _, name := range []any{nil, "", 1, strings.Repeat("a", 201), []string{"a"}} {
		bob.Patch("/api/auth/me", object{"name": name}).WantField("name").WantError(422, "VALIDATION_ERROR")
	}
	for _, body := range []string{"[]", "null", `"name"`} {
		bob.Patch("/api/auth/me", body).WantError(422, "VALIDATION_ERROR")
	}
	bob.Patch("/api/auth/me", "{").WantError(400, "BAD_REQUEST")
	if name := bob.Get("/api/auth/me").Member("name"); name != "bob" {
		t.Errorf("the name is %v", name)
	}
}

func TestAccountRequiresAToken(t *testing.T) {
	anonymous := start(t).Anonymous()
	for _, operation := range []string{
		"GET /me", "PATCH /me", "GET /auth/me", "PATCH /auth/me", "POST /auth/change-password", "POST /auth/password/change",
		"POST /auth/logout", "POST /auth/logout-all", "GET /auth/sessions", "DELETE /auth/sessions/x",
	} {
		method, path, _ := strings.Cut(operation, " ")
		anonymous.Do(method, "/api"+path, nil).WantError(401, "UNAUTHORIZED").
			WantMessage("Could not validate credentials").WantHeader("WWW-Authenticate", "Bearer").WantHeader("Cache-Control", "no-store")
		anonymous.WithToken("x").Do(method, "/api"+path, nil).WantError(401, "UNAUTHORIZED").
			WantMessage("Could not validate credentials").WantHeader("WWW-Authenticate", `Bearer error="invalid_token"`)
	}
}

func TestPasswordChangeRevokesOlderTokens(t *testing.T) {
	app := start(t)
	app.Account("ann", "user")
	this, other := login(app, ann, password), login(app, ann, password)
	answered := app.Anonymous().WithToken(this.AccessToken).
		Post("/api/auth/change-password", object{"current_password": password, "new_password": another}).Want(200)
	wantMembers(t, answered, "access_token", "refresh_token", "token_type", "expires_in", "user")
	var next auth.LoginAnswer
	answered.Decode(&next)
	for _, older := range []auth.LoginAnswer{this, other} {
		wantAlive(t, app, older, false)
		refresh(app, older).WantError(401, "UNAUTHORIZED")
	}
	wantAlive(t, app, next, true)
	app.Anonymous().Post("/api/auth/login", object{"email": ann, "password": password}).WantError(401, "UNAUTHORIZED")
	app.Login(ann, another).Post("/api/auth/password/change/", object{"current_password": another, "new_password": password}).Want(200)

	mails := app.Mail()
	if last := mails[len(mails)-1]; last.To != ann || !strings.Contains(last.Subject, "was changed") {
		t.Errorf("the last mail is %q to %s", last.Subject, last.To)
	}
}

func TestPasswordChangeRequiresTheCurrentPassword(t *testing.T) {
	app := start(t)
	bob := app.User("bob")
	change := func(current, next any) object { return object{"current_password": current, "new_password": next} }
	bob.Post("/api/auth/change-password", change("wrong password", another)).
		WantError(400, "BAD_REQUEST").WantMessage("Incorrect current password").WantHeader("WWW-Authenticate", "")
	for _, weak := range []string{"", "short", "password123", "bob@example.com"} {
		bob.Post("/api/auth/change-password", change(password, weak)).WantField("new_password").WantError(422, "VALIDATION_ERROR")
	}
	bob.Post("/api/auth/change-password", object{"new_password": another}).WantField("current_password")
	bob.Post("/api/auth/change-password", object{"current_password": password}).WantField("new_password")
	bob.Post("/api/auth/change-password", nil).WantError(415, "UNSUPPORTED_MEDIA_TYPE")
	app.Login("bob@example.com", password)
}

func TestCurrentPasswordAttemptsAreLimited(t *testing.T) {
	app := start(t)
	bob := app.User("bob")
	bob.Post("/api/auth/change-password", object{"current_password": "wrong password", "new_password": another}).Want(400)
	attempts(t, app, 10)
	refused := bob.Post("/api/auth/change-password", object{"current_password": password, "new_password": another}).WantError(429, "RATE_LIMIT_EXCEEDED")
	if refused.Header.Get("Retry-After") == "" {
		t.Error("the answer does not say when to come again")
	}
}
