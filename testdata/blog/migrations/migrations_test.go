package migrations_test

import (
	"log/slog"
	"slices"
	"strings"
	"testing"

	"github.com/go-gormigrate/gormigrate/v2"
	"gorm.io/gorm"

	"example.com/blog/internal/database"
	"example.com/blog/internal/database/dbtest"
	"example.com/blog/migrations"
)

func open(t *testing.T) *gorm.DB {
	t.Helper()
	db, err := database.Open(dbtest.URL(t), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	pool, err := db.DB()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { pool.Close() })
	return db
}

func migrate(t *testing.T, db *gorm.DB) {
	t.Helper()
	if _, err := database.Migrate(t.Context(), db, migrations.All()); err != nil {
		t.Fatal(err)
	}
}

func TestEveryMigrationCanBeRolledBackAndReapplied(t *testing.T) {
	db, list := open(t), migrations.All()
	slices.SortFunc(list, func(a, b *gormigrate.Migration) int { return strings.Compare(a.ID, b.ID) }) // merged branches may list them in any order
	migrate(t, db)
	for _, m := range slices.Backward(list) {
		if m.Rollback == nil {
			return
		}
		if id, err := database.Rollback(t.Context(), db, list); err != nil || id != m.ID {
			t.Fatalf("rolled back %q: %v", id, err)
		}
	}
	tables, err := db.Migrator().GetTables()
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		if table != "schema_migrations" && table != "sqlite_sequence" {
			t.Errorf("table %s is left after rollback", table)
		}
	}
	migrate(t, db)
}
