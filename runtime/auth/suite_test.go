package auth_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"fastgo/runtime/apitest"
	"fastgo/runtime/auth"
	"fastgo/templates/app/app"
)

const (
	ann      = "ann@example.com"
	password = apitest.Password
	another  = "another staple for it"
)

// start runs the test beside others, on an application of its own.
func start(t *testing.T, settings ...string) *apitest.App {
	t.Parallel()
	return apitest.New(t, app.Build, settings...)
}

type object = map[string]any

// register makes an account whose address is not verified.
func register(app *apitest.App, email string) {
	app.Anonymous().Post("/api/auth/register", object{"name": "Ann", "email": email, "password": password}).Want(201)
}

func login(app *apitest.App, email, password string) (answer auth.LoginAnswer) {
	app.Anonymous().Post("/api/auth/login", object{"email": email, "password": password}).Want(200).Decode(&answer)
	return answer
}

// session opens a session of the first account, without the hash of a login.
func session(t *testing.T, app *apitest.App) auth.LoginAnswer {
	t.Helper()
	pair, err := app.Users.OpenSession(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	return *pair
}

// refresh exchanges the refresh token of a pair.
func refresh(app *apitest.App, pair auth.LoginAnswer) *apitest.Response {
	return app.Anonymous().Post("/api/auth/refresh", object{"refresh_token": pair.RefreshToken})
}

// wantAlive ends the test unless the access token is good, or is not.
func wantAlive(t *testing.T, app *apitest.App, pair auth.LoginAnswer, alive bool) {
	t.Helper()
	status := app.Anonymous().WithToken(pair.AccessToken).Get("/api/auth/me").Status
	if alive && status != 200 || !alive && status != 401 {
		t.Fatalf("the access token is answered with %d", status)
	}
}

// wantMembers ends the test unless the answer has exactly these members.
func wantMembers(t *testing.T, r *apitest.Response, names ...string) {
	t.Helper()
	var got object
	r.Decode(&got)
	slices.Sort(names)
	if have := slices.Sorted(maps.Keys(got)); !slices.Equal(have, names) {
		t.Fatalf("the members are %s, want %s", strings.Join(have, ", "), strings.Join(names, ", "))
	}
}

// attempts sets what has been counted towards the limits.
func attempts(t *testing.T, app *apitest.App, count int) {
	t.Helper()
	if err := app.DB.Exec("UPDATE throttles SET count = ?", count).Error; err != nil {
		t.Fatal(err)
	}
}

// later lets a request arrive in another millisecond than the last: one that
// arrives in the same has lost a race, which is no theft.
func later() { time.Sleep(2 * time.Millisecond) }
