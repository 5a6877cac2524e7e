// Package apitest starts the application on a database of its own and calls it
// as its clients do.
package apitest

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"gorm.io/gorm"

	"fastgo/runtime/auth"
	"fastgo/runtime/config"
	"fastgo/runtime/console"
	"fastgo/runtime/database"
	"fastgo/runtime/database/dbtest"
)

// Password is that of every user of a test. The hash is written out, since to
// compute it for each user would take most of the time of a test.
const (
	Password     = "correct horse battery"
	passwordHash = "$argon2id$v=19$m=19456,t=2,p=1$S7PJgPhIAGs2APxAsnr/iQ$zbRCIUHsy+Kd9f4GAl0IjXjz69d+BhJXP0Q2vae7qEc" // #nosec G101 -- of that password
)

// App is the application under test.
type App struct {
	*console.App

	t       testing.TB
	handler http.Handler
	rows    *rows
}

// New starts the application as build wires it, on an empty database of its own.
// Settings have the form NAME=value.
func New(t testing.TB, build console.Builder, settings ...string) *App {
	t.Helper()
	env := map[string]string{ // #nosec G101 -- a key for tests alone
		"APP_ENV":         "test",
		"APP_NAME":        "test",
		"AUTH_SECRET_KEY": "0f9d2a7c41b8e36570d1c2f4a5b69788e3",
		"DATABASE_URL":    dbtest.URL(t),
		"MAIL_DRIVER":     "file",
		"MAIL_DIR":        t.TempDir(),
	}
	for _, setting := range settings {
		name, value, _ := strings.Cut(setting, "=")
		env[name] = value
	}
	c, err := config.Parse(env)
	must(t, err)
	app, err := start(build, c)
	must(t, err)
	t.Cleanup(func() { must(t, closed(app.DB)) })
	return &App{App: app, t: t, handler: app.Server.Handler(), rows: newRows()}
}

// on returns the same application for another test.
func (a *App) on(t testing.TB) *App {
	return &App{App: a.App, t: t, handler: a.handler, rows: newRows()}
}

// With returns a builder that adds operations to those of build.
func With(build console.Builder, routes func(api huma.API, users *auth.Users, db *gorm.DB)) console.Builder {
	return func(c config.Config, log *slog.Logger) (*console.App, error) {
		app, err := build(c, log)
		if err == nil {
			routes(app.Server.API, app.Users, app.DB)
		}
		return app, err
	}
}

// Anonymous returns a client without a token.
func (a *App) Anonymous() *Client { return &Client{t: a.t, app: a} }

// User makes an account with the address NAME@example.com, verified, and
// returns a client that is logged in.
func (a *App) User(name string) *Client { return a.UserWithRole(name, "user") }

// UserWithRole is User for an account with a role.
func (a *App) UserWithRole(name, role string) *Client {
	a.t.Helper()
	user := a.account(name, role)
	session, err := a.Users.OpenSession(context.Background(), user.ID)
	must(a.t, err)
	client := a.Anonymous().WithToken(session.AccessToken)
	client.UserID = float64(user.ID)
	return client
}

// Account makes an account with the address NAME@example.com, verified, and
// returns the address.
func (a *App) Account(name, role string) (email string) {
	a.t.Helper()
	return a.account(name, role).Email
}

func (a *App) account(name, role string) auth.User {
	a.t.Helper()
	now := time.Now().UTC()
	user := auth.User{Profile: auth.Profile{Name: name}, Email: name + "@example.com", Role: role, IsActive: true, EmailVerifiedAt: &now, PasswordHash: passwordHash}
	must(a.t, a.DB.Create(&user).Error)
	return user
}

// Login returns a client that is logged in.
func (a *App) Login(email, password string) *Client {
	a.t.Helper()
	login := a.Anonymous().Post(a.Config.Web.Prefix+"/auth/login", map[string]any{"email": email, "password": password}).Want(200)
	return a.Anonymous().WithToken(login.Member("access_token").(string))
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// migrated is an empty SQLite database with every table, made once per process: the tests of a package build one
// application. Running the migrations for each test would take most of its time.
var migrated struct {
	sync.Once
	content []byte
	err     error
}

// start builds the application with every table. A new SQLite file is a copy of migrated.
func start(build console.Builder, c config.Config) (*console.App, error) {
	file, isFile := strings.CutPrefix(c.DatabaseURL, "sqlite:")
	if _, err := os.Stat(file); isFile && errors.Is(err, fs.ErrNotExist) {
		migrated.Do(func() { migrated.content, migrated.err = migrate(build, c) })
		err := migrated.err
		if err == nil {
			err = os.WriteFile(file, migrated.content, 0o600)
		}
		if err != nil {
			return nil, err
		}
		return build(c, slog.New(slog.DiscardHandler))
	}
	app, err := build(c, slog.New(slog.DiscardHandler))
	if err != nil {
		return nil, err
	}
	_, err = database.Migrate(context.Background(), app.DB, app.Migrations)
	return app, err
}

func migrate(build console.Builder, c config.Config) ([]byte, error) {
	dir, err := os.MkdirTemp("", "apitest")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	const name = "migrated.db"
	c.DatabaseURL = "sqlite:" + filepath.Join(dir, name)
	app, err := build(c, slog.New(slog.DiscardHandler))
	if err != nil {
		return nil, err
	}
	_, err = database.Migrate(context.Background(), app.DB, app.Migrations)
	if err = errors.Join(err, closed(app.DB)); err != nil {
		return nil, err
	}
	return fs.ReadFile(os.DirFS(dir), name)
}

func closed(db *gorm.DB) error {
	pool, err := db.DB()
	if err != nil {
		return err
	}
	return pool.Close()
}
