// Package apitest starts the application on a database of its own and calls it
// as its clients do.
package apitest

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"gorm.io/gorm"

	"fastgo/runtime/auth"
	"fastgo/runtime/config"
	"fastgo/runtime/database"
	"fastgo/runtime/database/dbtest"
	"fastgo/runtime/mail"
	"fastgo/runtime/web"
	"fastgo/templates/app/migrations"
)

// password is that of every user of a test.
const password = "correct horse battery"

// App is the application under test.
type App struct {
	Users *auth.Users
	DB    *gorm.DB

	t       testing.TB
	handler http.Handler
	mailDir string
}

// Routes adds the operations under test to the API.
type Routes func(api huma.API, users *auth.Users, db *gorm.DB)

// New starts the application with the operations of routes beside those of the
// auth module, on an empty database. Settings have the form NAME=value.
func New(t testing.TB, routes Routes, settings ...string) *App {
	t.Helper()
	app := &App{t: t, mailDir: t.TempDir()}
	env := map[string]string{
		"APP_ENV":         "test",
		"APP_NAME":        "test",
		"AUTH_SECRET_KEY": "0f9d2a7c41b8e36570d1c2f4a5b69788e3",
		"DATABASE_URL":    dbtest.URL(t),
		"MAIL_DRIVER":     "file",
		"MAIL_DIR":        app.mailDir,
	}
	for _, setting := range settings {
		name, value, _ := strings.Cut(setting, "=")
		env[name] = value
	}
	c, err := config.Parse(env)
	must(t, err)
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	app.DB, err = database.Open(c.DatabaseURL, log)
	must(t, err)
	pool, err := app.DB.DB()
	must(t, err)
	t.Cleanup(func() { pool.Close() })
	_, err = database.Migrate(context.Background(), app.DB, migrations.All())
	must(t, err)
	sender, err := mail.New(c.Mail, log)
	must(t, err)
	server := web.New(c, app.DB, log)
	app.Users = auth.New(server, c, app.DB, sender, log)
	app.Users.Routes()
	routes(server.API, app.Users, app.DB)
	app.handler = server.Handler()
	return app
}

// Anonymous returns a client without a token.
func (a *App) Anonymous() *Client { return &Client{t: a.t, handler: a.handler} }

// User makes an account, if there is none of that name, and returns a client
// that is logged in.
func (a *App) User(name string) *Client { return a.UserWithRole(name, "user") }

// UserWithRole is User for an account with a role.
func (a *App) UserWithRole(name, role string) *Client {
	a.t.Helper()
	email := name + "@example.com"
	_, err := a.Users.Create(context.Background(), auth.NewUser{
		Profile: auth.Profile{Name: name}, Email: email, Password: password, Role: role, Verified: true,
	})
	must(a.t, err)
	login := a.Anonymous().Post("/api/auth/login", map[string]any{"email": email, "password": password}).Want(200)
	return &Client{t: a.t, handler: a.handler, token: login.Member("access_token").(string)}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
