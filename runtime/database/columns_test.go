package database_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"gorm.io/gorm"

	"fastgo/runtime/database"
	"fastgo/runtime/database/dbtest"
	"fastgo/runtime/database/table"
)

// library makes shelves, books on them and loans of the books, each with a row.
func library(t *testing.T) *gorm.DB {
	t.Helper()
	db := open(t, dbtest.URL(t))
	err := errors.Join(
		database.CreateTable(db, "shelves", table.ID(), table.Text("name"), table.Unique("name")),
		database.CreateTable(db, "books",
			table.ID(),
			table.Ref("shelf_id", "shelves").Cascade(),
			table.String("title", 200).Min(1),
			table.Int("order"),
			table.Text("group").Optional(),
			table.DateTime("created_at"),
			table.DateTime("deleted_at").Optional(),
			table.Index("shelf_id", "order"),
			table.Unique("shelf_id", "title").Where("deleted_at IS NULL"),
			table.Index("group"),
			table.Index("created_at"),
		),
		database.CreateTable(db, "loans", table.ID(), table.Ref("book_id", "books").Cascade(), table.Index("book_id")),
	)
	if err != nil {
		t.Fatal(err)
	}
	execute(t, db,
		"INSERT INTO shelves (name) VALUES ('a'), ('b')",
		`INSERT INTO books (shelf_id, title, "order", "group", created_at) VALUES (1, 'Emma', 7, 'g', '2026-01-01 00:00:00')`,
		"INSERT INTO loans (book_id) VALUES (1)")
	return db
}

func booksIndexes() map[string]string {
	return map[string]string{
		"idx_books_shelf_id_order": "shelf_id,order",
		"idx_books_shelf_id_title": "unique shelf_id,title where deleted_at is null",
		"idx_books_group":          "group",
		"idx_books_created_at":     "created_at",
	}
}

func count(t *testing.T, db *gorm.DB, name string) (rows int64) {
	t.Helper()
	if err := db.Table(name).Count(&rows).Error; err != nil {
		t.Fatal(err)
	}
	return rows
}

// wantWhole checks that each row is still there and each rule still holds.
func wantWhole(t *testing.T, db *gorm.DB, title string) {
	t.Helper()
	for _, name := range []string{"books", "loans"} {
		if n := count(t, db, name); n != 1 {
			t.Errorf("%d rows in %s", n, name)
		}
	}
	var kept string
	if err := db.Table("books").Where("id = 1").Pluck(title, &kept).Error; err != nil || kept != "Emma" {
		t.Errorf("%s is %q, %v", title, kept, err)
	}
	insert := "INSERT INTO books (shelf_id, " + title + `, "order", created_at) VALUES `
	for values, want := range map[string]error{
		"(1, '', 1, '2026-01-01')":      gorm.ErrCheckConstraintViolated,
		"(1, NULL, 1, '2026-01-01')":    gorm.ErrCheckConstraintViolated,
		"(9, 'Other', 1, '2026-01-01')": gorm.ErrForeignKeyViolated,
		"(1, 'Emma', 1, '2026-01-01')":  gorm.ErrDuplicatedKey,
	} {
		if err := db.Exec(insert + values).Error; !errors.Is(err, want) {
			t.Errorf("%s: %v", values, err)
		}
	}
	if err := db.Exec("INSERT INTO loans (book_id) VALUES (9)").Error; !errors.Is(err, gorm.ErrForeignKeyViolated) {
		t.Error(err)
	}
	undo := errors.New("undo")
	err := db.Transaction(func(tx *gorm.DB) error {
		execute(t, tx, "DELETE FROM shelves WHERE id = 1")
		if n := count(t, tx, "loans"); n != 0 {
			t.Errorf("%d loans survive their book", n)
		}
		return undo
	})
	if !errors.Is(err, undo) {
		t.Error(err)
	}
}

func TestCreateTableCreatesTheIndexes(t *testing.T) {
	db := library(t)
	wantIndexes(t, db, "books", booksIndexes())
	wantIndexes(t, db, "shelves", map[string]string{"idx_shelves_name": "unique name"})
	wantWhole(t, db, "title")
}

func TestAddedColumnFillsExistingRows(t *testing.T) {
	db := library(t)
	for _, err := range []error{
		database.AddColumn(db, "books", table.Text("subtitle").Optional()),
		database.AddColumn(db, "books", table.Enum("status", "new", "old").Default("new"), table.Index("status")),
		database.AddColumn(db, "books", table.Int("select").Default(5), table.Unique("select", "shelf_id")),
		database.AddColumn(db, "books", table.Ref("editor_id", "shelves").Optional(), table.Index("editor_id")),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	var row struct {
		Subtitle *string
		Status   string
		Select   int
	}
	if err := db.Table("books").Take(&row, "id = 1").Error; err != nil || row.Subtitle != nil || row.Status != "new" || row.Select != 5 {
		t.Errorf("%+v, %v", row, err)
	}
	for statement, want := range map[string]error{
		"UPDATE books SET status = 'lost'":                                 gorm.ErrCheckConstraintViolated,
		"UPDATE books SET status = NULL":                                   gorm.ErrCheckConstraintViolated,
		"UPDATE books SET editor_id = 9":                                   gorm.ErrForeignKeyViolated,
		"UPDATE books SET editor_id = 2; DELETE FROM shelves WHERE id = 2": gorm.ErrForeignKeyViolated,
	} {
		err := db.Transaction(func(tx *gorm.DB) error {
			for part := range strings.SplitSeq(statement, ";") {
				if err := tx.Exec(part).Error; err != nil {
					return err
				}
			}
			return nil
		})
		if !errors.Is(err, want) {
			t.Errorf("%s: %v", statement, err)
		}
	}
	added := booksIndexes()
	added["idx_books_status"], added["idx_books_select_shelf_id"], added["idx_books_editor_id"] = "status", "unique select,shelf_id", "editor_id"
	wantIndexes(t, db, "books", added)
	wantWhole(t, db, "title")
	for _, column := range []string{"editor_id", "select", "status", "subtitle"} {
		if err := database.DropColumn(db, "books", column); err != nil {
			t.Fatal(err)
		}
	}
	wantIndexes(t, db, "books", booksIndexes())
	wantWhole(t, db, "title")
}

func TestRenamedColumnKeepsItsConstraints(t *testing.T) {
	db := library(t)
	for _, names := range [][2]string{{"title", "select"}, {"order", "position"}, {"deleted_at", "gone_at"}, {"group", "where"}} {
		if err := database.RenameColumn(db, "books", names[0], names[1]); err != nil {
			t.Fatal(err)
		}
	}
	wantIndexes(t, db, "books", map[string]string{
		"idx_books_shelf_id_position": "shelf_id,position",
		"idx_books_shelf_id_select":   "unique shelf_id,select where gone_at is null",
		"idx_books_where":             "where",
		"idx_books_created_at":        "created_at",
	})
	for _, names := range [][2]string{{"position", "order"}, {"gone_at", "deleted_at"}, {"where", "group"}, {"select", "title"}} {
		if err := database.RenameColumn(db, "books", names[0], names[1]); err != nil {
			t.Fatal(err)
		}
	}
	wantIndexes(t, db, "books", booksIndexes())
	wantWhole(t, db, "title")
	if err := database.RenameColumn(db, "books", "title", "name"); err != nil {
		t.Fatal(err)
	}
	wantWhole(t, db, "name")
}

func TestCustomIndexNameIsKept(t *testing.T) {
	db := library(t)
	execute(t, db, "CREATE INDEX newest ON books (created_at DESC)", "CREATE UNIQUE INDEX idx_books_first ON books (created_at, id)")
	if err := database.RenameColumn(db, "books", "created_at", "made_at"); err != nil {
		t.Fatal(err)
	}
	got := indexes(t, db, "books")
	if got["newest"] != "made_at desc" || got["idx_books_first"] != "unique made_at,id" || got["idx_books_made_at"] != "made_at" {
		t.Errorf("%v", got)
	}
}

func TestDroppingAColumnDropsItsIndexes(t *testing.T) {
	for column, left := range map[string][]string{
		"title":      {"idx_books_created_at", "idx_books_group", "idx_books_shelf_id_order"},
		"shelf_id":   {"idx_books_created_at", "idx_books_group"},
		"order":      {"idx_books_created_at", "idx_books_group", "idx_books_shelf_id_title"},
		"group":      {"idx_books_created_at", "idx_books_shelf_id_order", "idx_books_shelf_id_title"},
		"deleted_at": {"idx_books_created_at", "idx_books_group", "idx_books_shelf_id_order"},
	} {
		t.Run(column, func(t *testing.T) {
			t.Parallel()
			db := library(t)
			if err := db.Transaction(func(tx *gorm.DB) error { return database.DropColumn(tx, "books", column) }); err != nil {
				t.Fatal(err)
			}
			var names []string
			for name := range indexes(t, db, "books") {
				names = append(names, name)
			}
			slices.Sort(names)
			if !slices.Equal(names, left) {
				t.Errorf("%v is left", names)
			}
			if count(t, db, "books") != 1 || count(t, db, "loans") != 1 {
				t.Error("rows are gone")
			}
			if err := db.Exec("INSERT INTO loans (book_id) VALUES (9)").Error; !errors.Is(err, gorm.ErrForeignKeyViolated) {
				t.Error(err)
			}
		})
	}
}

func TestErrorsNameTheTableAndTheColumn(t *testing.T) {
	for want, change := range map[string]func(*gorm.DB) error{
		"create the table books": func(db *gorm.DB) error { return database.CreateTable(db, "books", table.ID()) },
		"create an index of books (nothing)": func(db *gorm.DB) error {
			return database.AddColumn(db, "books", table.Int("size").Optional(), table.Index("nothing"))
		},
		"add the column books.title":                             func(db *gorm.DB) error { return database.AddColumn(db, "books", table.Text("title").Optional()) },
		"add the column books.pages: existing rows need a value": func(db *gorm.DB) error { return database.AddColumn(db, "books", table.Int("pages")) },
		"rename the column books.nothing to x":                   func(db *gorm.DB) error { return database.RenameColumn(db, "books", "nothing", "x") },
		"rename the column books.title to order":                 func(db *gorm.DB) error { return database.RenameColumn(db, "books", "title", "order") },
		"drop the column books.nothing":                          func(db *gorm.DB) error { return database.DropColumn(db, "books", "nothing") },
		"drop the column nothing.title":                          func(db *gorm.DB) error { return database.DropColumn(db, "nothing", "title") },
	} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			db := library(t)
			if err := db.Transaction(change); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%v", err)
			}
			wantIndexes(t, db, "books", booksIndexes())
			wantWhole(t, db, "title")
		})
	}
}
