package main

import (
	"context"
	"io"
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"example.com/blog/internal/config"
	"example.com/blog/internal/console"
	"example.com/blog/internal/database"
	"example.com/blog/internal/database/dbtest"
	"example.com/blog/internal/web"
)

// startApp wires everything together as main does.
func startApp(t *testing.T) *console.App {
	t.Helper()
	c, err := config.Parse(map[string]string{
		"APP_ENV":         "test",
		"AUTH_SECRET_KEY": "0f9d2a7c41b8e36570d1c2f4a5b69788e3",
		"DATABASE_URL":    dbtest.URL(t),
	})
	if err != nil {
		t.Fatal(err)
	}
	app, err := build(c, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	if pool, err := app.DB.DB(); err == nil {
		t.Cleanup(func() { pool.Close() })
	}
	if _, err := database.Migrate(context.Background(), app.DB, app.Migrations); err != nil {
		t.Fatal(err)
	}
	return app
}

// TestApplicationStarts sees that no two routes are in each other's way, and
// that the API can be described.
func TestApplicationStarts(t *testing.T) {
	app := startApp(t)
	for _, path := range []string{"/healthz", "/readyz", "/openapi.json", "/docs"} {
		w := httptest.NewRecorder()
		app.Server.Handler().ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		if w.Code != 200 {
			t.Errorf("%s: status %d: %s", path, w.Code, w.Body)
		}
	}
	for _, route := range app.Server.Routes() {
		w := httptest.NewRecorder()
		app.Server.Handler().ServeHTTP(w, httptest.NewRequest(route.Method, route.Path, nil))
		if w.Code == 404 || w.Code == 405 || w.Code >= 500 {
			t.Errorf("%s %s: status %d: %s", route.Method, route.Path, w.Code, w.Body)
		}
	}
}

// TestEveryPackageHasItsRoutes fails when routes.go does not call the Routes of
// a package below app.
func TestEveryPackageHasItsRoutes(t *testing.T) {
	routes := startApp(t).Server.Routes()
	files, err := filepath.Glob("app/*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		folder := filepath.ToSlash(filepath.Dir(file))
		registered := func(r web.Route) bool { return strings.Contains(r.File, "/"+folder+"/") }
		if strings.Contains(string(source), "\nfunc Routes(") && !slices.ContainsFunc(routes, registered) {
			t.Errorf("routes.go does not call the Routes of %s", folder)
		}
	}
}
