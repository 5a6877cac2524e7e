package console_test

import (
	"errors"
	"testing"

	"gorm.io/gorm"

	"fastgo/runtime/database"
)

func TestSeedCreatesMissingRows(t *testing.T) {
	x := start(t)
	x.want(0, "seeded  notes: 3 new", "seed", "--count", "3")
	x.want(0, "seeded  notes: 7 new", "seed")
	x.want(0, "seeded  notes: 0 new", "seed")
	x.want(0, "seeded  notes: 0 new", "seed", "--count", "0")
	x.want(0, "seeded  notes: 2 new", "seed", "--count=12")
	x.rows(12)
	x.want(1, "--count -1", "seed", "--count", "-1")
	x.want(1, "unknown command", "seed", "notes")
	x.rows(12)
}

func TestFreshDropsAllTablesAndMigrates(t *testing.T) {
	x := start(t)
	x.want(0, "dropped  0 tables", "fresh")
	x.want(0, "", "seed")
	x.want(0, "migrated  20260101000000_create_notes", "fresh")
	x.rows(0)
	x.want(0, "seeded  notes: 10 new", "seed")
}

func TestFailedSeederIsRolledBack(t *testing.T) {
	x := start(t)
	broken := notes(5)
	broken.Name = "letters"
	fill := broken.Run
	broken.Run = func(tx *gorm.DB, count int) (int, error) {
		if _, err := fill(tx, 100); err != nil {
			return 0, err
		}
		return 0, errors.New("out of paper")
	}
	x.build = buildWith(notes(4), broken)
	x.want(1, "seed letters: out of paper", "seed")
	x.rows(4)
	x.build = buildWith(notes(6), database.Seeder{Name: "empty"})
	x.want(1, "seed empty: the seeder has no Run", "seed")
	x.rows(6)
}

func TestSeedWithoutSeedersExplainsWhereToAddThem(t *testing.T) {
	x := start(t)
	x.build = buildWith()
	x.want(0, "seeds/seeds.go", "seed")
}
