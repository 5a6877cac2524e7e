package seeds_test

import (
	"log/slog"
	"testing"

	"gorm.io/gorm"

	"fastgo/runtime/database"
	"fastgo/runtime/database/dbtest"
	"fastgo/templates/app/migrations"
	"fastgo/templates/app/seeds"
)

func TestSeedersCreateMissingRows(t *testing.T) {
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
	for _, step := range []struct{ count, want int }{{0, 0}, {3, 3}, {3, 0}, {25, 22}, {3, 0}} {
		for _, seeder := range seeds.All() {
			err := db.Transaction(func(tx *gorm.DB) error {
				created, err := seeder.Run(tx, step.count)
				if created != step.want {
					t.Errorf("%s: count %d created %d rows, want %d", seeder.Name, step.count, created, step.want)
				}
				return err
			})
			if err != nil {
				t.Fatalf("%s: %v", seeder.Name, err)
			}
		}
	}
}
