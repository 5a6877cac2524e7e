package console_test

import (
	"bytes"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-gormigrate/gormigrate/v2"
	"gorm.io/gorm"

	"example.com/blog/internal/config"
	"example.com/blog/internal/console"
	"example.com/blog/internal/database"
	"example.com/blog/internal/database/dbtest"
	"example.com/blog/internal/database/table"
)

// terminal runs commands of an application with one table and one seeder.
type terminal struct {
	t     *testing.T
	db    *gorm.DB
	build console.Builder
}

type note struct{ ID, Number int64 }

func start(t *testing.T) *terminal {
	t.Helper()
	url := dbtest.URL(t)
	for name, value := range map[string]string{
		"APP_ENV": "test", "AUTH_SECRET_KEY": "0f9d2a7c41b8e36570d1c2f4a5b69788e3", "DATABASE_URL": url, "LOG_LEVEL": "error",
	} {
		t.Setenv(name, value)
	}
	t.Chdir(t.TempDir()) // without a .env
	db, err := database.Open(url, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if pool, err := db.DB(); err == nil {
			pool.Close()
		}
	})
	return &terminal{t, db, buildWith(notes(10))}
}

func notes(count int) database.Seeder {
	return database.Seeder{Name: "notes", Count: count, Run: func(tx *gorm.DB, count int) (int, error) {
		return database.Fill(tx, "notes", count, func(n int) (any, error) { return &note{Number: int64(n)}, nil })
	}}
}

func buildWith(seeds ...database.Seeder) console.Builder {
	return func(c config.Config, log *slog.Logger) (*console.App, error) {
		db, err := database.Open(c.DatabaseURL, log)
		if err != nil {
			return nil, err
		}
		return &console.App{Config: c, Log: log, DB: db, Seeds: seeds, Migrations: []*gormigrate.Migration{{
			ID:       "20260101000000_create_notes",
			Migrate:  func(tx *gorm.DB) error { return database.CreateTable(tx, "notes", table.ID(), table.BigInt("number")) },
			Rollback: func(tx *gorm.DB) error { return database.DropTable(tx, "notes") },
		}}}, nil
	}
}

// want runs a command and checks its exit code and part of its output.
func (x *terminal) want(code int, want string, args ...string) {
	x.t.Helper()
	var out bytes.Buffer
	if got := console.Run(x.build, args, strings.NewReader(""), &out, &out); got != code || !strings.Contains(out.String(), want) {
		x.t.Errorf("%s: exit code %d\n%s", strings.Join(args, " "), got, &out)
	}
}

func (x *terminal) rows(want int64) {
	x.t.Helper()
	var rows int64
	if err := x.db.Table("notes").Count(&rows).Error; err != nil || rows != want {
		x.t.Errorf("%d rows, %v", rows, err)
	}
}

func TestMigrationsAreApplied(t *testing.T) {
	x := start(t)
	x.want(0, "pending  20260101000000_create_notes", "status")
	x.want(0, "migrated  20260101000000_create_notes", "migrate")
	x.want(0, "nothing to migrate", "migrate")
	x.want(0, "rolled back  20260101000000_create_notes", "rollback")
	x.want(0, "nothing to roll back", "rollback")
}

func TestFreshIsRefusedInProduction(t *testing.T) {
	x := start(t)
	x.want(0, "", "seed")
	file := filepath.Join(t.TempDir(), "new.db")
	for name, value := range map[string]string{
		"APP_ENV": "production", "APP_URL": "https://example.com", "MAIL_DRIVER": "smtp", "MAIL_FROM": "a@example.com", "SMTP_HOST": "localhost",
	} {
		t.Setenv(name, value)
	}
	x.want(1, "APP_ENV=development", "fresh")
	x.rows(10)
	t.Setenv("DATABASE_URL", "sqlite:"+file)
	x.want(1, "APP_ENV=production", "fresh")
	if _, err := os.Stat(file); err == nil {
		t.Error("the database was opened")
	}
}

func TestEachProblemIsMarkedAsAnError(t *testing.T) {
	x := start(t)
	x.build = func(config.Config, *slog.Logger) (*console.App, error) {
		return nil, errors.Join(errors.New("email is wrong"), errors.New("password is short"))
	}
	x.want(1, "error: email is wrong\nerror: password is short\n", "status")
}
