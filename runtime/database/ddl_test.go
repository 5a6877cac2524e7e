package database_test

import (
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"fastgo/runtime/column"
	"fastgo/runtime/database"
	"fastgo/runtime/database/dbtest"
	"fastgo/runtime/database/table"
)

type price = column.Decimal[column.Scale2]

// An article has a column of each type.
type article struct {
	ID       int64
	FolderID int64
	Title    string
	Body     string
	Views    int32
	Hits     int64
	Rating   float64
	Price    price
	Public   bool
	Day      column.Date
	At       time.Time
	Meta     column.JSON
	State    string
	Note     *string
}

// articles creates their table. Every column but the reference has a default.
func articles(t *testing.T) *gorm.DB {
	t.Helper()
	db := open(t, dbtest.URL(t))
	err := errors.Join(
		database.CreateTable(db, "folders", table.ID()),
		database.CreateTable(db, "articles",
			table.ID(),
			table.Ref("folder_id", "folders").Cascade(),
			table.String("title", 20).Min(2).Default("it's ? @x \\ \"q\""),
			table.Text("body").Min(1).Max(30).Default("é"),
			table.Int("views").Min(-5).LT(100).Default(7),
			table.BigInt("hits").GT(0).Max(math.MaxInt64).Default(math.MaxInt64),
			table.Float("rating").Min(0.5).Max(1e300).Default(0.75),
			table.Decimal("price", 6, 2).GT("-1.50").Default("12.50"),
			table.Bool("public").Default(true),
			table.Date("day").Default(column.NewDate(2026, time.February, 28)),
			table.DateTime("at").Default(time.Date(2026, time.January, 1, 1, 0, 0, 0, time.FixedZone("", 3600))),
			table.JSON("meta").Default(`{"a":"?"}`),
			table.Enum("state", "new", "it's old").Default("it's old"),
			table.Text("note").Optional(),
		),
		db.Exec("INSERT INTO folders DEFAULT VALUES").Error,
		db.Exec("INSERT INTO articles (folder_id) VALUES (1)").Error,
	)
	if err != nil {
		t.Fatal(err)
	}
	return db
}

func TestColumnsHaveTheirDefaults(t *testing.T) {
	db := articles(t)
	want := article{
		ID: 1, FolderID: 1, Title: "it's ? @x \\ \"q\"", Body: "é", Views: 7, Hits: math.MaxInt64, Rating: 0.75, Price: 1250, Public: true,
		Day: column.NewDate(2026, time.February, 28), At: time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC), Meta: `{"a":"?"}`, State: "it's old",
	}
	var got article
	if err := db.Take(&got, "id = ?", 1).Error; err != nil || got != want {
		t.Errorf("%+v, not\n%+v, %v", got, want, err)
	}
	want.ID = 2
	if err := db.Create(&want).Error; err != nil {
		t.Fatal(err)
	}
	got = article{}
	if err := db.Take(&got, "at = ? AND id = ?", want.At, 2).Error; err != nil || got != want {
		t.Errorf("%+v, not\n%+v, %v", got, want, err)
	}
}

func TestColumnsKeepTheirRules(t *testing.T) {
	db := articles(t)
	set := func(column string, value any) error {
		return db.Table("articles").Where("id = 1").UpdateColumn(column, value).Error
	}
	for _, rule := range []struct {
		column         string
		valid, invalid []any
	}{
		{"title", []any{"äö", strings.Repeat("ä", 20)}, []any{"", "ä", strings.Repeat("ä", 21), nil}},
		{"body", []any{"ä", strings.Repeat("ä", 30)}, []any{"", strings.Repeat("ä", 31), nil}},
		{"views", []any{-5, 99}, []any{-6, 100, nil}},
		{"hits", []any{1, int64(math.MaxInt64)}, []any{0, nil}},
		{"rating", []any{0.5, 1e300}, []any{0.499, 1.1e300, nil}},
		{"price", []any{price(-149), price(999999)}, []any{price(-150), price(1000000), nil}},
		{"public", []any{false}, []any{nil}},
		{"day", []any{column.NewDate(1, 1, 1)}, []any{nil}},
		{"at", []any{time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)}, []any{nil}},
		{"meta", []any{column.JSON("[]")}, []any{nil}},
		{"state", []any{"new"}, []any{"", "old", nil}},
		{"note", []any{"", nil}, nil},
	} {
		for _, value := range rule.valid {
			if err := set(rule.column, value); err != nil {
				t.Errorf("%s = %v: %v", rule.column, value, err)
			}
		}
		for _, value := range rule.invalid {
			if err := set(rule.column, value); !errors.Is(err, gorm.ErrCheckConstraintViolated) {
				t.Errorf("%s = %v: %v", rule.column, value, err)
			}
		}
	}
	for _, folder := range []any{9, nil} {
		if err := set("folder_id", folder); err == nil {
			t.Errorf("folder_id = %v", folder)
		}
	}
}

func TestIDsAreNotReused(t *testing.T) {
	db := articles(t)
	execute(t, db, "DELETE FROM articles", "INSERT INTO articles (folder_id) VALUES (1)")
	var row article
	if err := db.Take(&row).Error; err != nil || row.ID != 2 {
		t.Errorf("%d, %v", row.ID, err)
	}
}

func TestTextIsAPrimaryKey(t *testing.T) {
	db := open(t, dbtest.URL(t))
	if err := database.CreateTable(db, "keys", table.Text("key").PrimaryKey(), table.BigInt("count")); err != nil {
		t.Fatal(err)
	}
	execute(t, db, "INSERT INTO keys VALUES ('a', 1)")
	for values, want := range map[string]error{"('a', 2)": gorm.ErrDuplicatedKey, "(NULL, 2)": gorm.ErrCheckConstraintViolated} {
		if err := db.Exec("INSERT INTO keys VALUES " + values).Error; !errors.Is(err, want) {
			t.Errorf("%s: %v", values, err)
		}
	}
}

// TestNamesAreQuoted uses names that would end their quotes.
func TestNamesAreQuoted(t *testing.T) {
	db := open(t, dbtest.URL(t))
	execute(t, db, "CREATE TABLE kept (id integer)")
	for _, name := range []string{`a" (x integer); DROP TABLE kept; --`, "a` (x integer); DROP TABLE kept; --", "a.b", `"`, "`", "select", "? @x", "é"} {
		err := errors.Join(
			database.CreateTable(db, name, table.ID(), table.String(name, 9).Min(1).Default("x"), table.Ref("parent", name).Optional(), table.Index(name)),
			database.AddColumn(db, name, table.Enum(name+"2", "a").Default("a"), table.Unique(name+"2")),
			database.RenameColumn(db, name, name+"2", name+"3"),
			database.DropColumn(db, name, name+"3"),
			database.RenameColumn(db, name, name, name+"4"),
		)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := db.Table("kept").Create(map[string]any{"id": 1}).Error; err != nil {
			t.Errorf("%s: %v", name, err)
		}
		columns, err := database.IndexedColumns(db, name)
		if err != nil || columns[len(columns)-1][0] != name+"4" && columns[0][0] != name+"4" {
			t.Errorf("%s: %v, %v", name, columns, err)
		}
		if err := database.DropTable(db, name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestColumnsThatShareABeginningStayApart(t *testing.T) {
	short := table.Text("x").Min(1)
	one, two := short.Max(10), short.Max(20)
	if n := len(short.Definition().Bounds); n != 1 || one.Definition().Bounds[1].Value == two.Definition().Bounds[1].Value {
		t.Errorf("%d, %v, %v", n, one, two)
	}
	whole := table.Decimal("x", 4, 2)
	if low := whole.Min("0"); low.Definition().Bounds[0] == whole.Definition().Bounds[0] {
		t.Errorf("%v", whole)
	}
}

func TestReferencedTableIsNotDropped(t *testing.T) {
	db := articles(t)
	if err := database.DropTable(db, "folders"); err == nil || !strings.Contains(err.Error(), "articles") {
		t.Error(err)
	}
	if n := count(t, db, "articles"); n != 1 {
		t.Errorf("%d articles", n)
	}
	for _, name := range []string{"articles", "folders"} {
		if err := database.DropTable(db, name); err != nil {
			t.Error(err)
		}
	}
}
