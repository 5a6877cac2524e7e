// Package apitest starts the application on a database of its own and calls it
// as its clients do.
package apitest

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"gorm.io/gorm"

	"example.com/blog/internal/auth"
	"example.com/blog/internal/config"
	"example.com/blog/internal/database"
	"example.com/blog/internal/database/dbtest"
	"example.com/blog/internal/mail"
	"example.com/blog/internal/mail/mailtest"
	"example.com/blog/internal/web"
	"example.com/blog/migrations"
)

// Password is that of every user of a test.
const Password = "correct horse battery"

// App is the application under test.
type App struct {
	Server *web.Server
	Users  *auth.Users
	DB     *gorm.DB

	t       testing.TB
	handler http.Handler
	api     string // the path before every route
	mailDir string
}

// Routes adds the operations under test to the API.
type Routes func(api huma.API, users *auth.Users, db *gorm.DB)

// New starts the application with the operations of routes, if any, beside
// those of the auth module, on an empty database. Settings have the form
// NAME=value.
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
	app.Server = web.New(c, app.DB, log)
	app.Users = auth.New(app.Server, c, app.DB, sender, log)
	app.Users.Routes()
	if routes != nil {
		routes(app.Server.API, app.Users, app.DB)
	}
	app.api, app.handler = c.Prefix, app.Server.Handler()
	return app
}

// Anonymous returns a client without a token.
func (a *App) Anonymous() *Client { return &Client{t: a.t, handler: a.handler} }

// User makes an account with the address NAME@example.com, verified, and
// returns a client that is logged in.
func (a *App) User(name string) *Client { return a.UserWithRole(name, "user") }

// UserWithRole is User for an account with a role.
func (a *App) UserWithRole(name, role string) *Client {
	a.t.Helper()
	email := name + "@example.com"
	_, err := a.Users.Create(context.Background(), auth.NewUser{
		Profile: auth.Profile{Name: name}, Email: email, Password: Password, Role: role, Verified: true,
	})
	must(a.t, err)
	return a.Login(email, Password)
}

// Login returns a client that is logged in.
func (a *App) Login(email, password string) *Client {
	a.t.Helper()
	login := a.Anonymous().Post(a.api+"/auth/login", map[string]any{"email": email, "password": password}).Want(200)
	return a.Anonymous().WithToken(login.Member("access_token").(string))
}

// Mail sends the mail that is due and returns all that was ever sent, the
// oldest first.
func (a *App) Mail() []mailtest.Received {
	a.t.Helper()
	must(a.t, a.Users.SendDue(context.Background()))
	return mailtest.ReadDir(a.t, a.mailDir)
}

var mailedLink = regexp.MustCompile(`https?://\S+#token=(\S+)`)

// MailedToken sends the mail that is due and returns the token of the link in
// the last one to the address.
func (a *App) MailedToken(to string) string {
	a.t.Helper()
	token := ""
	for _, m := range a.Mail() {
		if link := mailedLink.FindStringSubmatch(m.Text); link != nil && m.To == to {
			token = link[1]
		}
	}
	if token == "" {
		a.t.Fatalf("no mail to %s has a link", to)
	}
	return token
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
