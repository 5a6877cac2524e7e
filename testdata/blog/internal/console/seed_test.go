package console_test

import (
	"errors"
	"testing"

	"gorm.io/gorm"

	"example.com/blog/internal/database"
)

func TestSeedMakesTheRowsThatAreMissing(t *testing.T) {
	x := start(t)
	x.says(0, "seeded  notes: 3 new", "seed", "--count", "3")
	x.says(0, "seeded  notes: 7 new", "seed")
	x.says(0, "seeded  notes: 0 new", "seed")
	x.says(0, "seeded  notes: 0 new", "seed", "--count", "0")
	x.says(0, "seeded  notes: 2 new", "seed", "--count=12")
	x.rows(12)
	x.says(1, "--count -1", "seed", "--count", "-1")
	x.says(1, "unknown command", "seed", "notes")
	x.rows(12)
}

func TestFreshDropsTheRowsAndMigratesAnew(t *testing.T) {
	x := start(t)
	x.says(0, "dropped  0 tables", "fresh")
	x.says(0, "", "seed")
	x.says(0, "migrated  20260101000000_create_notes", "fresh")
	x.rows(0)
	x.says(0, "seeded  notes: 10 new", "seed")
}

func TestASeederThatFailsLeavesNothingOfItsOwn(t *testing.T) {
	x := start(t)
	broken := notes(5)
	broken.Name = "letters"
	fill := broken.Run
	broken.Run = func(tx *gorm.DB, count int) (int, error) {
		if _, err := fill(tx, 100); err != nil {
			return 0, err
		}
		return 0, errors.New("the paper is out")
	}
	x.build = buildWith(notes(4), broken)
	x.says(1, "seed letters: the paper is out", "seed")
	x.rows(4)
	x.build = buildWith(notes(6), database.Seeder{Name: "empty"})
	x.says(1, "seed empty: it has no Run", "seed")
	x.rows(6)
}

func TestAnApplicationWithoutSeedersSaysWhereTheyGo(t *testing.T) {
	x := start(t)
	x.build = buildWith()
	x.says(0, "seeds/seeds.go", "seed")
}
