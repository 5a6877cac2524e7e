package main

import (
	"context"
	"io"
	"log/slog"
	"net/http/httptest"
	"testing"

	"example.com/blog/internal/config"
	"example.com/blog/internal/database"
	"example.com/blog/internal/database/dbtest"
)

// TestApplicationStarts wires everything together as main does: no two routes
// are in each other's way, and the API can be described.
func TestApplicationStarts(t *testing.T) {
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
