package database_test

import (
	"errors"
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
		"String(0): must be from 1 to 10485760":         table.String("x", 0),
		"String(20000000): must be from 1 to 10485760":  table.String("x", 20_000_000),
		"column e: its default is none of its values":   table.Enum("e", "a", "b").Default("c"),
		"column a: its default is not within":           table.Int("a").Min(5).Default(0),
		"column b: its default is not within":           table.Int("b").Default(9).LT(9),
		"column c: its default is not within":           table.Float("c").GT(0.5).Default(0.5),
		"column d: its default is not within":           table.Decimal("d", 4, 2).Default("1.50").Max("1.49"),
		"column f: its default is not within":           table.String("f", 2).Default("été"),
		"column g: its default is not within":           table.Text("g").Min(1).Default(""),
		"column h: no value satisfies its bounds":       table.Text("h").Min(9).Max(2),
		"column i: no value satisfies its bounds":       table.String("i", 5).Min(6),
		"column j: no value satisfies its bounds":       table.Text("j").Max(-1),
		"column k: no value satisfies its bounds":       table.Int("k").GT(4).LT(5),
		"column l: no value satisfies its bounds":       table.Float("l").GT(1).Max(1),
		"column m: no value satisfies its bounds":       table.BigInt("m").Min(math.MaxInt64).LT(math.MaxInt64).Optional(),
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

func TestNarrowColumnIsCreated(t *testing.T) {
	db := open(t, dbtest.URL(t))
	err := database.CreateTable(db, "t", table.ID(),
		table.Int("one").GT(4).LT(6).Default(5),
		table.Float("half").GT(0).LT(1).Default(0.5),
		table.Decimal("cent", 4, 2).Min("0.01").Max("0.01").Default("0.01"),
		table.String("word", 3).Min(3).Default("été"),
		table.BigInt("most").Min(math.MaxInt64).Default(math.MaxInt64),
		table.Enum("state", "a").Default("a").Optional(),
	)
	if err := errors.Join(err, db.Exec("INSERT INTO t DEFAULT VALUES").Error); err != nil {
		t.Error(err)
	}
}

func TestTableAndIndexNeedColumns(t *testing.T) {
	db := open(t, dbtest.URL(t))
	if err := database.CreateTable(db, "t", table.Index("id")); err == nil || err.Error() != "create the table t: it needs a column" {
		t.Error(err)
	}
	if err := database.CreateTable(db, "t", table.ID(), table.Unique()); err == nil || err.Error() != "create an index of t (): it needs a column" {
		t.Error(err)
	}
}
