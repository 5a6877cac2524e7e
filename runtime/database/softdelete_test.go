package database_test

import (
	"errors"
	"testing"

	"gorm.io/gorm"

	"fastgo/runtime/database"
	"fastgo/runtime/database/dbtest"
)

type folder struct {
	ID        int64
	UserID    int64
	DeletedAt gorm.DeletedAt
}

// folders makes three of them: 1 holds notes that go with it, 2 holds a letter that does not, 3 is of another user.
func folders(t *testing.T) *gorm.DB {
	t.Helper()
	db := open(t, dbtest.URL(t))
	if err := db.AutoMigrate(&folder{}); err != nil {
		t.Fatal(err)
	}
	execute(t, db,
		"CREATE TABLE notes (folder_id bigint NOT NULL REFERENCES folders(id) ON DELETE CASCADE)",
		"CREATE TABLE letters (folder_id bigint NOT NULL REFERENCES folders(id) ON DELETE RESTRICT)",
		"INSERT INTO folders (id, user_id) VALUES (1, 1), (2, 1), (3, 2)",
		"INSERT INTO notes VALUES (1), (2)",
		"INSERT INTO letters VALUES (2)")
	return db
}

func TestAHiddenRowStaysWithWhatRefersToIt(t *testing.T) {
	db := folders(t)
	var row folder
	err := db.Transaction(func(tx *gorm.DB) error {
		if err := tx.Take(&row, "id = ?", 1).Error; err != nil {
			return err
		}
		return database.SoftDelete(tx.Where("user_id = ?", 1), &row)
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := count(t, db, "notes"); n != 2 {
		t.Errorf("%d notes are left", n)
	}
	var hidden folder
	if err := db.Take(&folder{}, "id = ?", 1).Error; !errors.Is(err, gorm.ErrRecordNotFound) {
		t.Errorf("the row is not hidden: %v", err)
	}
	if err := db.Unscoped().Take(&hidden, "id = ?", 1).Error; err != nil || !hidden.DeletedAt.Valid {
		t.Errorf("%+v, %v", hidden, err)
	}
	if err := database.SoftDelete(db, &row); !errors.Is(err, gorm.ErrRecordNotFound) {
		t.Errorf("the row is hidden twice: %v", err)
	}
}

func TestARowThatOthersReferToIsNotHidden(t *testing.T) {
	db := folders(t)
	err := db.Transaction(func(tx *gorm.DB) error {
		err := database.SoftDelete(tx.Where("user_id = ?", 1), &folder{ID: 2})
		execute(t, tx, "INSERT INTO notes VALUES (3)") // the transaction goes on
		return err
	})
	if !errors.Is(err, gorm.ErrForeignKeyViolated) {
		t.Error(err)
	}
	if err := database.SoftDelete(db, &folder{ID: 2}); !errors.Is(err, gorm.ErrForeignKeyViolated) {
		t.Errorf("without a transaction: %v", err)
	}
	if n := count(t, db.Where("deleted_at IS NULL"), "folders"); n != 3 {
		t.Errorf("%d folders are left", n)
	}
}

func TestHideKeepsToItsConditions(t *testing.T) {
	db := folders(t)
	for name, hide := range map[string]error{
		"the row of another user": database.SoftDelete(db.Where("user_id = ?", 1), &folder{ID: 3}),
		"no row":                  database.SoftDelete(db.Where("user_id = ?", 1), &folder{ID: 9}),
	} {
		if !errors.Is(hide, gorm.ErrRecordNotFound) {
			t.Errorf("%s: %v", name, hide)
		}
	}
	execute(t, db, "DELETE FROM letters")
	if err := database.SoftDelete(db.Where("user_id = ?", 1), &folder{}); err == nil {
		t.Error("a row that was never read hides all")
	}
	if err := database.SoftDelete(db, &folder{}); err == nil {
		t.Error("a row that was never read hides all of everybody")
	}
	if n := count(t, db.Where("deleted_at IS NULL"), "folders"); n != 3 {
		t.Errorf("%d folders are left", n)
	}
}
