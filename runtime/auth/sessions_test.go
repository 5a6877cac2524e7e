package auth_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"gorm.io/gorm"

	"fastgo/runtime/apitest"
	"fastgo/runtime/auth"
)

func sessions(client *apitest.Client) []auth.Session {
	var page struct{ Items []auth.Session }
	client.Get("/api/auth/sessions").Want(200).Decode(&page)
	return page.Items
}

func TestLogoutEndsItsSessionOnly(t *testing.T) {
	app := start(t)
	app.Account("ann", "user")
	other := session(t, app)
	for _, body := range []any{nil, "", "null", "{}", object{"scope": "x"}} {
		this := session(t, app)
		client := app.Anonymous().WithToken(this.AccessToken)
		if left := client.Post("/api/auth/logout", body).Want(204); len(left.Body) > 0 {
			t.Errorf("a body was answered: %s", left.Body)
		}
		wantAlive(t, app, this, false)
		refresh(app, this).WantError(401, "UNAUTHORIZED")
		client.Post("/api/auth/logout", body).WantError(401, "UNAUTHORIZED").WantHeader("WWW-Authenticate", `Bearer error="invalid_token"`)
	}
	wantAlive(t, app, other, true)
}

func TestLogoutAcceptsARefreshToken(t *testing.T) {
	app := start(t)
	app.Account("ann", "user")
	for _, token := range []string{"", "expired"} {
		pair := session(t, app)
		client := app.Anonymous().WithToken(token)
		client.Post("/api/auth/logout/", object{"refresh_token": pair.RefreshToken}).Want(204)
		wantAlive(t, app, pair, false)
		client.Post("/api/auth/logout", object{"refresh_token": pair.RefreshToken}).WantError(401, "UNAUTHORIZED")
	}
	for _, body := range []any{nil, "null", object{}, object{"refresh_token": "x"}, object{"refresh_token": session(t, app).AccessToken}} {
		app.Anonymous().Post("/api/auth/logout", body).WantError(401, "UNAUTHORIZED").WantMessage("Could not validate credentials")
	}
	app.Anonymous().Post("/api/auth/logout", object{"refresh_token": 1}).WantField("refresh_token")
}

func TestLogoutAllEndsEverySessionOfTheUser(t *testing.T) {
	app := start(t)
	app.Account("ann", "user")
	bob := app.User("bob")
	this, other := session(t, app), session(t, app)
	app.Anonymous().WithToken(this.AccessToken).Post("/api/auth/logout-all", nil).Want(204)
	for _, pair := range []auth.LoginAnswer{this, other} {
		wantAlive(t, app, pair, false)
		refresh(app, pair).WantError(401, "UNAUTHORIZED")
	}
	for _, body := range []string{"", "null", "{}", `{"more":[1]}`} {
		this := session(t, app)
		app.Anonymous().WithToken(this.AccessToken).Post("/api/auth/logout-all/", body).Want(204)
		wantAlive(t, app, this, false)
	}
	bob.Get("/api/auth/me").Want(200)
}

func TestSessionsAreListedToTheirUser(t *testing.T) {
	app := start(t)
	bob := app.Login(app.Account("bob", "user"), password)
	phone := app.Anonymous().With("User-Agent", "phone/1.0").Post("/api/auth/login", object{"email": "bob@example.com", "password": password}).Want(200)
	listed := bob.Get("/api/auth/sessions").Want(200).WantHeader("Cache-Control", "no-store")
	for _, item := range listed.Member("items").([]any) {
		for _, name := range []string{"id", "created_at", "last_used_at", "expires_at", "user_agent", "ip", "current"} {
			if _, there := item.(object)[name]; !there {
				t.Errorf("no %s in %v", name, item)
			}
		}
	}
	for _, client := range []*apitest.Client{bob, bob.WithToken(phone.Member("access_token").(string))} {
		all := sessions(client)
		if len(all) != 2 || all[0].Current == all[1].Current {
			t.Fatalf("the sessions are %+v", all)
		}
		for _, s := range all {
			if onPhone := client != bob; s.Current && onPhone != (s.UserAgent == "phone/1.0") || s.IP == "" || time.Since(s.CreatedAt) > time.Minute {
				t.Errorf("the session is %+v", s)
			}
		}
	}
}

func TestSessionIsEndedByItsUserOnly(t *testing.T) {
	app := start(t)
	app.Account("ann", "user")
	bob := app.User("bob")
	this, other := session(t, app), session(t, app)
	client := app.Anonymous().WithToken(this.AccessToken)
	path := ""
	for _, s := range sessions(client) {
		if !s.Current {
			path = "/api/auth/sessions/" + s.ID
		}
	}
	bob.Delete(path).WantError(404, "NOT_FOUND")
	wantAlive(t, app, other, true)
	client.Delete(path + "/").Want(204)
	wantAlive(t, app, other, false)
	refresh(app, other).WantError(401, "UNAUTHORIZED")
	client.Delete(path).WantError(404, "NOT_FOUND")
	client.Delete("/api/auth/sessions/x").WantError(404, "NOT_FOUND")
	wantAlive(t, app, this, true)
}

func TestTwentyNewestSessionsAreKept(t *testing.T) {
	app := start(t)
	app.Account("ann", "user")
	now := time.Now().UnixMilli()
	for i := range 30 {
		err := app.DB.Exec(`INSERT INTO sessions (id, user_id, epoch, generation, created_at, rotated_at, expires_at, user_agent, ip)
			VALUES (?, 1, 0, 1, ?, ?, ?, ?, '')`, fmt.Sprintf("older-session-%02d", i), now-1000+int64(i), now, now+1_000_000, fmt.Sprint(i)).Error
		if err != nil {
			t.Fatal(err)
		}
	}
	all := sessions(app.Login(ann, password))
	if len(all) != 20 {
		t.Fatalf("there are %d sessions, want 20", len(all))
	}
	for _, s := range all {
		if !s.Current && s.ID < "older-session-11" {
			t.Errorf("%s is still there", s.ID)
		}
	}
}

func TestSessionHasAMaximumLifetime(t *testing.T) {
	app := start(t, "AUTH_SESSION_EXPIRE_DAYS=2", "AUTH_REFRESH_TOKEN_EXPIRE_DAYS=7")
	app.Account("ann", "user")
	pair := session(t, app)
	if err := app.DB.Exec("UPDATE sessions SET created_at = created_at - ?", (24 * time.Hour).Milliseconds()).Error; err != nil {
		t.Fatal(err)
	}
	refresh(app, pair).Want(200).Decode(&pair)
	left := time.Until(sessions(app.Anonymous().WithToken(pair.AccessToken))[0].ExpiresAt)
	if left > 24*time.Hour || left < 23*time.Hour {
		t.Errorf("the session ends in %s, want a day", left)
	}
	if err := app.DB.Exec("UPDATE sessions SET expires_at = ?", time.Now().UnixMilli()-1).Error; err != nil {
		t.Fatal(err)
	}
	wantAlive(t, app, pair, false)
	refresh(app, pair).WantError(401, "UNAUTHORIZED")
}

func TestOpenSessionNeedsNoPassword(t *testing.T) {
	app := start(t)
	user, err := app.Users.Create(t.Context(), auth.NewUser{Profile: auth.Profile{Name: "Ann"}, Email: ann, Password: password})
	if err != nil {
		t.Fatal(err)
	}
	pair, err := app.Users.OpenSession(t.Context(), user.ID)
	if err != nil {
		t.Fatal(err)
	}
	wantAlive(t, app, *pair, true)
	refresh(app, *pair).Want(200)
	if err := app.DB.Model(&auth.User{}).Where("id = ?", user.ID).UpdateColumn("is_active", false).Error; err != nil {
		t.Fatal(err)
	}
	for _, id := range []int64{user.ID, user.ID + 1} {
		if pair, err := app.Users.OpenSession(t.Context(), id); !errors.Is(err, gorm.ErrRecordNotFound) || pair != nil {
			t.Errorf("user %d: %v, %v", id, pair, err)
		}
	}
}
