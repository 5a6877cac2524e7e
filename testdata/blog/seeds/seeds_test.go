package seeds_test

import (
	"log/slog"
	"testing"

	"gorm.io/gorm"

	"example.com/blog/internal/database"
	"example.com/blog/internal/database/dbtest"
	"example.com/blog/migrations"
	"example.com/blog/seeds"
)

func TestSeedersMakeTheRowsThatAreMissing(t *testing.T) {
	db, err := database.Open(dbtest.URL(t), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if pool, err := db.DB(); err == nil {
		t.Cleanup(func() { pool.Close() })
	}
	if _, err := database.Migrate(t.Context(), db, migrations.All()); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct{ count, made int }{{0, 0}, {3, 3}, {3, 0}, {25, 22}, {3, 0}} {
		for _, seeder := range seeds.All() {
			err := db.Transaction(func(tx *gorm.DB) error {
				made, err := seeder.Run(tx, step.count)
				if made != step.made {
					t.Errorf("%s: %d rows were made for %d, want %d", seeder.Name, made, step.count, step.made)
				}
				return err
			})
			if err != nil {
				t.Fatalf("%s: %v", seeder.Name, err)
			}
		}
	}
}
