package database_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"fastgo/runtime/database"
	"fastgo/runtime/database/dbtest"
	"fastgo/runtime/database/table"
)

func TestInvalidColumnIsRejected(t *testing.T) {
	for want, part := range map[string]table.Part{
		"Decimal(19, 2): must have 1 to 18 digits":      table.Decimal("x", 19, 2).Min("1"),
		"String(0): at least one character":             table.String("x", 0),
		"Enum needs its values":                         table.Enum("x"),
		"Decimal(2, 3)":                                 table.Decimal("x", 2, 3),
		`"1e3" is not a number such as 12.50`:           table.Decimal("x", 9, 2).Min("1e3"),
		`"" is not a number`:                            table.Decimal("x", 9, 2).Default(""),
		`"0.001" does not fit Decimal(9, 2)`:            table.Decimal("x", 9, 2).Max("0.001"),
		`"100" does not fit Decimal(4, 2)`:              table.Decimal("x", 4, 2).Default("100"),
		"NaN has no SQL literal":                        table.Float("x").Default(math.NaN()),
		"+Inf has no SQL literal":                       table.Float("x").Max(math.Inf(1)),
		"contains NUL":                                  table.Text("x").Default("a\x00b"),
		`"{" is not a JSON document`:                    table.JSON("x").Default("{"),
		"is not between the years":                      table.DateTime("x").Default(time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)),
		"create the table t: column : a column needs a": table.Text(""),
	} {
		db := open(t, dbtest.URL(t))
		if err := database.CreateTable(db, "t", table.ID(), part); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
	db := open(t, dbtest.URL(t))
	if err := database.CreateTable(db, "t", table.ID()); err != nil {
		t.Fatal(err)
	}
	if err := database.AddColumn(db, "t", table.Text("key").PrimaryKey()); err == nil || !strings.Contains(err.Error(), "primary key") {
		t.Error(err)
	}
}
