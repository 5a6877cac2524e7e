// Package dbtest gives each test a database of its own: a SQLite file, or a schema of the PostgreSQL database that
// TEST_DATABASE_URL names.
package dbtest

import (
	"context"
	"crypto/rand"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"github.com/jackc/pgx/v5"
)

// URL returns the address of an empty database that is removed after the test.
func URL(t testing.TB) string {
	t.Helper()
	if address := os.Getenv("TEST_DATABASE_URL"); address != "" {
		return schema(t, address)
	}
	return SQLite(t)
}

// SQLite returns the address of an empty SQLite database.
func SQLite(t testing.TB) string {
	t.Helper()
	return "sqlite:" + filepath.Join(t.TempDir(), "test.db")
}

// Postgres returns the address of an empty schema, and skips the test when TEST_DATABASE_URL is unset.
func Postgres(t testing.TB) string {
	t.Helper()
	address := os.Getenv("TEST_DATABASE_URL")
	if address == "" {
		t.Skip("TEST_DATABASE_URL is unset")
	}
	return schema(t, address)
}

func schema(t testing.TB, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal("TEST_DATABASE_URL is no URL")
	}
	name := `"Test_` + rand.Text() + `"` // needs its quotes, as the name of a schema may
	execute(t, address, "CREATE SCHEMA "+name)
	t.Cleanup(func() { execute(t, address, "DROP SCHEMA "+name+" CASCADE") })
	query := u.Query()
	query.Set("search_path", name)
	u.RawQuery = query.Encode()
	return u.String()
}

func execute(t testing.TB, address, statement string) {
	t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, statement); err != nil {
		t.Fatal(err)
	}
}
