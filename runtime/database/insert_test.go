package database_test

import (
	"context"
	"errors"
	"testing"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"fastgo/runtime/database/dbtest"
)

type draft struct {
	ID    int64
	Title string `gorm:"uniqueIndex"`
}

type issue struct {
	ID    int64
	State string `gorm:"default:open"`
}

// TestInsertedRowsGetGeneratedValues: their ids, and defaults, whichever way
// the statement brings them.
func TestInsertedRowsGetGeneratedValues(t *testing.T) {
	db := open(t, dbtest.URL(t))
	if err := db.AutoMigrate(&draft{}, &issue{}); err != nil {
		t.Fatal(err)
	}
	wantID := func(what string, row draft, want int64, created *gorm.DB, rows int64) {
		t.Helper()
		var found draft
		if created.Error != nil || created.RowsAffected != rows || row.ID != want || db.Take(&found, "title = ?", row.Title).Error != nil || found != row {
			t.Errorf("%s: %+v, want id %d, of %d rows: %+v, %v", what, row, want, created.RowsAffected, found, created.Error)
		}
	}
	one, two := draft{Title: "one"}, draft{Title: "two"}
	created := db.Create(&one)
	wantID("one", one, 1, created, 1)
	err := db.Transaction(func(tx *gorm.DB) error {
		created = tx.Create(&two)
		return created.Error
	})
	if err != nil {
		t.Fatal(err)
	}
	wantID("in a transaction", two, 2, created, 1)
	given := draft{ID: 10, Title: "given"}
	created = db.Create(&given)
	wantID("an id of its own", given, 10, created, 1)
	if db.Name() != "sqlite" { // whose sequence does not follow
		return
	}
	some := []draft{{Title: "three"}, {Title: "four"}}
	created = db.Create(&some)
	wantID("the first of two", some[0], 11, created, 2)
	wantID("the second of two", some[1], 12, created, 2)
	again := draft{Title: "three"}
	created = db.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "title"}}, DoUpdates: clause.AssignmentColumns([]string{"title"})}).Create(&again)
	wantID("one that is there", again, 11, created, 1)
	opened := issue{}
	if err := db.Create(&opened).Error; err != nil || opened.ID != 1 || opened.State != "open" {
		t.Errorf("with a default: %+v, %v", opened, err)
	}
	execute(t, db, "CREATE TABLE codes (code text PRIMARY KEY DEFAULT 'of the database')")
	written := struct {
		Code string `gorm:"primaryKey;default:of the database"`
	}{}
	if err := db.Table("codes").Create(&written).Error; err != nil || written.Code != "of the database" {
		t.Errorf("with a key that is no number: %+v, %v", written, err)
	}
	if err := db.Create(&draft{Title: "one"}).Error; !errors.Is(err, gorm.ErrDuplicatedKey) {
		t.Errorf("a title that is taken: %v", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := db.WithContext(ended).Create(&draft{Title: "late"}).Error; !errors.Is(err, context.Canceled) {
		t.Errorf("after the end of the context: %v", err)
	}
	if err := db.Take(&draft{}, "title = ?", "late").Error; !errors.Is(err, gorm.ErrRecordNotFound) {
		t.Errorf("the row is there: %v", err)
	}
}
