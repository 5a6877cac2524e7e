package database_test

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"fastgo/runtime/database"
	"fastgo/runtime/database/dbtest"
)

type meeting struct {
	ID int64
	Place
	At      *time.Time
	Guests  []string `gorm:"serializer:json"`
	Ignored string   `gorm:"-"`
}

type Place struct{ Room string }

func TestLookupReadsTheSameAsGorm(t *testing.T) {
	db := open(t, dbtest.URL(t))
	lookup := database.NewLookup(db, &meeting{}, "id = ? AND room = ?", 2) // before there is a table
	if err := lookup.Take(t.Context(), &meeting{}, 1, "red"); err == nil {
		t.Error("no table, and no error")
	}
	if err := db.AutoMigrate(&meeting{}); err != nil {
		t.Fatal(err)
	}
	noon := time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC)
	rows := []meeting{{Place: Place{"red"}, At: &noon, Guests: []string{"ann", "bob"}}, {Place: Place{"blue"}}}
	if err := db.Create(&rows).Error; err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 4 {
		for _, row := range rows {
			all.Go(func() {
				var want meeting
				got := meeting{Ignored: "kept"}
				if err := errors.Join(db.Take(&want, row.ID).Error, lookup.Take(t.Context(), &got, row.ID, row.Room)); err != nil {
					t.Error(err)
				}
				if got.ID != want.ID || got.Room != want.Room || (got.At == nil) != (want.At == nil) || got.At != nil && *got.At != *want.At ||
					strings.Join(got.Guests, " ") != strings.Join(want.Guests, " ") || got.Ignored != "kept" {
					t.Errorf("%+v, want %+v", got, want)
				}
			})
		}
	}
	all.Wait()
	if err := lookup.Take(t.Context(), &meeting{}, rows[0].ID, "blue"); !errors.Is(err, gorm.ErrRecordNotFound) {
		t.Errorf("a row that is not: %v", err)
	}
}

func TestLookupLogsItsStatementAndNoValue(t *testing.T) {
	var log bytes.Buffer
	db, err := database.Open(dbtest.URL(t), slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	if err != nil {
		t.Fatal(err)
	}
	pool, err := db.DB()
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	if err := db.AutoMigrate(&meeting{}); err != nil {
		t.Fatal(err)
	}
	log.Reset()
	lookup := database.NewLookup(db, &meeting{}, "room = ?", 1)
	if log.Len() > 0 {
		t.Errorf("nothing was asked yet, and the log says %s", &log)
	}
	if err := lookup.Take(t.Context(), &meeting{}, "the secret room"); !errors.Is(err, gorm.ErrRecordNotFound) {
		t.Fatal(err)
	}
	if !strings.Contains(log.String(), "room = ") || strings.Contains(log.String(), "secret") {
		t.Errorf("the log says %s", &log)
	}
}
