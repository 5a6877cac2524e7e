package database_test

import (
	"errors"
	"log/slog"
	"slices"
	"testing"
	"time"

	"github.com/go-gormigrate/gormigrate/v2"
	"gorm.io/gorm"

	"example.com/blog/internal/database"
	"example.com/blog/internal/database/dbtest"
)

// The tables of an address book.
type (
	city struct {
		ID   int64
		Name string
	}
	friend struct {
		ID        int64
		CityID    int64
		Nick      string
		Born      time.Time
		DeletedAt gorm.DeletedAt
	}
)

func statement(sql string) func(*gorm.DB) error {
	return func(tx *gorm.DB) error { return tx.Exec(sql).Error }
}

var addressBook = []*gormigrate.Migration{
	{ID: "2_friends", Rollback: statement("DROP TABLE friends"), Migrate: statement(`CREATE TABLE friends (id integer PRIMARY KEY,
		city_id integer NOT NULL REFERENCES cities(id), nick text UNIQUE CHECK (nick <> ''), born timestamp, deleted_at timestamp)`)},
	{ID: "1_cities", Rollback: statement("DROP TABLE cities"), Migrate: statement("CREATE TABLE cities (id integer PRIMARY KEY, name text)")},
}

// TestAllDatabasesBehaveTheSame shows what the package promises on SQLite and on the PostgreSQL of TEST_DATABASE_URL.
func TestAllDatabasesBehaveTheSame(t *testing.T) {
	db, err := database.Open(dbtest.URL(t), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if pool, err := db.DB(); err == nil {
		t.Cleanup(func() { pool.Close() })
	}

	// Migrations run in the order of their IDs, once.
	applied, err := database.Migrate(t.Context(), db, addressBook)
	if err != nil || !slices.Equal(applied, []string{"1_cities", "2_friends"}) {
		t.Fatal(applied, err)
	}
	if again, err := database.Migrate(t.Context(), db, addressBook); err != nil || again != nil {
		t.Error(again, err)
	}

	// A time is in UTC, to the millisecond, before and after it is stored.
	born := time.Date(2000, 1, 1, 1, 0, 0, 123456789, time.FixedZone("", 3600))
	rome, ann := &city{ID: 1, Name: "Rome"}, &friend{ID: 1, CityID: 1, Nick: "ann", Born: born}
	var stored friend
	if err := errors.Join(db.Create(rome).Error, db.Create(ann).Error, db.Take(&stored).Error); err != nil {
		t.Fatal(err)
	}
	if want := time.Date(2000, 1, 1, 0, 0, 0, 123e6, time.UTC); ann.Born != want || stored.Born != want {
		t.Errorf("born %v, stored %v", ann.Born, stored.Born)
	}

	// A violated constraint has one error.
	for _, wrong := range []struct {
		row  friend
		want error
	}{
		{friend{ID: 2, CityID: 1, Nick: "ann"}, gorm.ErrDuplicatedKey},
		{friend{ID: 2, CityID: 9, Nick: "bob"}, gorm.ErrForeignKeyViolated},
		{friend{ID: 2, CityID: 1, Nick: ""}, gorm.ErrCheckConstraintViolated},
	} {
		if err := db.Create(&wrong.row).Error; !errors.Is(err, wrong.want) {
			t.Errorf("%+v: %v, want %v", wrong.row, err, wrong.want)
		}
	}

	// A row is deleted softly once, and no more than the table allows.
	if err := database.SoftDelete(db, ann); err != nil {
		t.Error(err)
	}
	if err := database.SoftDelete(db, ann); !errors.Is(err, gorm.ErrRecordNotFound) {
		t.Error(err)
	}
	if err := db.Delete(rome).Error; !errors.Is(err, gorm.ErrForeignKeyViolated) {
		t.Error(err)
	}

	// A rollback takes the newest migration back.
	if id, err := database.Rollback(t.Context(), db, addressBook); err != nil || id != "2_friends" {
		t.Error(id, err)
	}
	status, err := database.Status(t.Context(), db, addressBook)
	if err != nil || len(status) != 2 || !status[0].Applied || status[1].Applied {
		t.Errorf("%+v, %v", status, err)
	}
}
