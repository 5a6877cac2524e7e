package seeds_test

import (
	"testing"

	"gorm.io/gorm"

	"fastgo/runtime/apitest"
	"fastgo/templates/app/app"
)

func TestSeedersCreateMissingRows(t *testing.T) {
	app := apitest.New(t, app.Build)
	for _, step := range []struct{ count, want int }{{0, 0}, {3, 3}, {3, 0}, {25, 22}, {3, 0}} {
		for _, seeder := range app.Seeds {
			err := app.DB.Transaction(func(tx *gorm.DB) error {
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
