package database_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"gorm.io/gorm"

	"fastgo/runtime/database"
	"fastgo/runtime/database/dbtest"
)

func TestFillCreatesMissingRows(t *testing.T) {
	db := open(t, dbtest.URL(t))
	if err := db.AutoMigrate(&folder{}); err != nil {
		t.Fatal(err)
	}
	var numbers []int
	row := func(n int) (any, error) {
		numbers = append(numbers, n)
		return &folder{UserID: int64(n)}, nil
	}
	for _, step := range []struct{ count, made int }{{3, 3}, {3, 0}, {1, 0}, {0, 0}, {5, 2}} {
		if made, err := database.Fill(db, "folders", step.count, row); err != nil || made != step.made {
			t.Errorf("%d rows were made for %d, %v", made, step.count, err)
		}
	}
	execute(t, db, "DELETE FROM folders WHERE id = 2")
	if made, err := database.Fill(db, "folders", 5, row); err != nil || made != 1 {
		t.Errorf("%d rows were made, %v", made, err)
	}
	if want := []int{1, 2, 3, 4, 5, 6}; !slices.Equal(numbers, want) || count(t, db, "folders") != 5 {
		t.Errorf("the rows have the numbers %v", numbers)
	}
}

func TestFirstIDErrorNamesTheRequiredSeeder(t *testing.T) {
	db := open(t, dbtest.URL(t))
	if err := db.AutoMigrate(&folder{}); err != nil {
		t.Fatal(err)
	}
	if _, err := database.FirstID(db.Table("folders")); err == nil || !strings.Contains(err.Error(), "put the seeder of folders first") {
		t.Error(err)
	}
	for user := range 3 {
		if err := db.Create(&folder{UserID: int64(user)}).Error; err != nil {
			t.Fatal(err)
		}
	}
	for want, rows := range map[int64]*gorm.DB{
		1: db.Table("folders"), 3: db.Table("folders").Where("user_id = ?", 2),
		2: db.Table("folders").Where("id NOT IN (?)", db.Table("folders").Where("user_id = ?", 0).Select("id")),
	} {
		if id, err := database.FirstID(rows); err != nil || id != want {
			t.Errorf("the row %d is the first, want %d, %v", id, want, err)
		}
	}
	if _, err := database.FirstID(db.Table("nothing")); err == nil {
		t.Error("a table that is not there has a first row")
	}
}

func TestFillErrorNamesTheTable(t *testing.T) {
	db := open(t, dbtest.URL(t))
	if err := db.AutoMigrate(&folder{}); err != nil {
		t.Fatal(err)
	}
	tired := errors.New("tired")
	for table, row := range map[string]func(int) (any, error){
		"nothing": func(int) (any, error) { return &folder{}, nil },
		"folders": func(n int) (any, error) { return &folder{ID: 1}, map[bool]error{true: tired}[n == 2] },
	} {
		if _, err := database.Fill(db, table, 2, row); err == nil || !strings.Contains(err.Error(), table) {
			t.Errorf("%s: %v", table, err)
		}
	}
}
