package database_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"example.com/blog/internal/database"
	"example.com/blog/internal/database/dbtest"
)

func TestFillMakesTheRowsThatAreMissing(t *testing.T) {
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

func TestFillSaysWhichTableItCouldNotFill(t *testing.T) {
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
