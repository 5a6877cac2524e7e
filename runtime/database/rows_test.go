package database_test

import (
	"cmp"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"gorm.io/gorm"

	"fastgo/runtime/database"
	"fastgo/runtime/database/dbtest"
	"fastgo/runtime/database/table"
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

func TestSoftDeletedRowKeepsItsReferences(t *testing.T) {
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

func TestReferencedRowIsNotSoftDeleted(t *testing.T) {
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

func TestSoftDeleteRespectsTheConditions(t *testing.T) {
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

func TestOnlyRowsThatWouldStayKeepARow(t *testing.T) {
	for name, test := range map[string]struct {
		statements string
		kept       bool
	}{
		"nothing refers to it":   {"", false},
		"a row of another table": {"CREATE TABLE a (f bigint REFERENCES folders(id)); INSERT INTO a VALUES (1)", true},
		"a row that refers to another folder": {
			"CREATE TABLE a (f bigint REFERENCES folders(id)); INSERT INTO a VALUES (2), (NULL)", false},
		"a reference that is set to null": {
			"CREATE TABLE a (f bigint REFERENCES folders(id) ON DELETE SET NULL); INSERT INTO a VALUES (1)", false},
		"a reference without a column": {"CREATE TABLE a (f bigint REFERENCES folders); INSERT INTO a VALUES (1)", true},
		"a row behind one that would go": {`CREATE TABLE a (id bigint PRIMARY KEY, f bigint REFERENCES folders(id) ON DELETE CASCADE);
			CREATE TABLE b (a bigint REFERENCES a(id) ON DELETE RESTRICT); INSERT INTO a VALUES (7, 1); INSERT INTO b VALUES (7)`, true},
		"a row behind one that would stay": {`CREATE TABLE a (id bigint PRIMARY KEY, f bigint REFERENCES folders(id) ON DELETE CASCADE);
			CREATE TABLE b (a bigint REFERENCES a(id) ON DELETE RESTRICT); INSERT INTO a VALUES (7, 1), (8, 2); INSERT INTO b VALUES (8)`, false},
		"a row that would go as well": {`CREATE TABLE a (id bigint PRIMARY KEY, f bigint REFERENCES folders(id) ON DELETE CASCADE,
			pinned bigint REFERENCES folders(id) ON DELETE RESTRICT); INSERT INTO a VALUES (7, 1, 1)`, false},
		"the row itself": {`CREATE TABLE a (x bigint); ALTER TABLE folders ADD COLUMN parent bigint REFERENCES folders(id) ON DELETE RESTRICT;
			UPDATE folders SET parent = 1 WHERE id = 1`, false},
		"a row of its own table": {`ALTER TABLE folders ADD COLUMN parent bigint REFERENCES folders(id) ON DELETE RESTRICT;
			UPDATE folders SET parent = 1 WHERE id = 2`, true},
		"a row behind a tree of its own table": {`ALTER TABLE folders ADD COLUMN parent bigint REFERENCES folders(id) ON DELETE CASCADE;
			CREATE TABLE a (f bigint REFERENCES folders(id) ON DELETE RESTRICT);
			UPDATE folders SET parent = id - 1 WHERE id > 1; INSERT INTO a VALUES (3)`, true},
		"a row behind a tree of another table": {`CREATE TABLE a (id bigint PRIMARY KEY, f bigint REFERENCES folders(id) ON DELETE CASCADE,
			parent bigint REFERENCES a(id) ON DELETE CASCADE); CREATE TABLE b (a bigint REFERENCES a(id) ON DELETE RESTRICT);
			INSERT INTO a VALUES (7, 1, NULL), (8, 2, 7), (9, 2, 8); INSERT INTO b VALUES (9)`, true},
		"a row behind a circle of tables": {`CREATE TABLE a (id bigint PRIMARY KEY, f bigint REFERENCES folders(id) ON DELETE CASCADE);
			ALTER TABLE folders ADD COLUMN a bigint REFERENCES a(id) ON DELETE CASCADE; CREATE TABLE b (f bigint REFERENCES folders(id) ON DELETE RESTRICT);
			INSERT INTO a VALUES (7, 1); UPDATE folders SET a = 7 WHERE id = 2; INSERT INTO b VALUES (2)`, true},
		"an empty circle of tables": {`CREATE TABLE a (id bigint PRIMARY KEY, f bigint REFERENCES folders(id) ON DELETE CASCADE);
			ALTER TABLE folders ADD COLUMN a bigint REFERENCES a(id) ON DELETE CASCADE; CREATE TABLE b (f bigint REFERENCES folders(id) ON DELETE RESTRICT);
			INSERT INTO a VALUES (7, 1); UPDATE folders SET a = 7 WHERE id = 2; INSERT INTO b VALUES (3)`, false},
		"two columns": {`ALTER TABLE folders ADD COLUMN code bigint; UPDATE folders SET code = 5; CREATE UNIQUE INDEX two ON folders (id, code);
			CREATE TABLE a (f bigint, code bigint, FOREIGN KEY (f, code) REFERENCES folders(id, code)); INSERT INTO a VALUES (2, 5), (1, NULL)`, false},
		"two columns of a row": {`ALTER TABLE folders ADD COLUMN code bigint; UPDATE folders SET code = 5; CREATE UNIQUE INDEX two ON folders (id, code);
			CREATE TABLE a (f bigint, code bigint, FOREIGN KEY (f, code) REFERENCES folders(id, code)); INSERT INTO a VALUES (1, 5)`, true},
		"a table that needs quotes": {`CREATE TABLE "the ""select""" ("group" bigint REFERENCES folders(id)); INSERT INTO "the ""select""" VALUES (1)`, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := open(t, dbtest.URL(t))
			if err := db.AutoMigrate(&folder{}); err != nil {
				t.Fatal(err)
			}
			execute(t, db, "INSERT INTO folders (id, user_id) VALUES (1, 1), (2, 1), (3, 2)")
			for statement := range strings.SplitSeq(test.statements, ";") {
				if statement != "" {
					execute(t, db, statement)
				}
			}
			err := database.SoftDelete(db, &folder{ID: 1})
			if test.kept != errors.Is(err, gorm.ErrForeignKeyViolated) || !test.kept && err != nil {
				t.Error(err)
			}
			var deleted int64
			if db.Table("folders").Where("deleted_at IS NOT NULL").Count(&deleted); deleted == 1 == test.kept {
				t.Errorf("%d rows are deleted", deleted)
			}
		})
	}
}

// TestSoftDeleteAgreesWithTheDatabase compares it with a deletion for good, in random schemas. Their references are NO ACTION
// or CASCADE: the databases check RESTRICT before all rows that go are gone.
func TestSoftDeleteAgreesWithTheDatabase(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	refused := 0
	for range 60 {
		db := open(t, dbtest.URL(t))
		if err := db.AutoMigrate(&folder{}); err != nil {
			t.Fatal(err)
		}
		execute(t, db, "INSERT INTO folders (id, user_id) VALUES (1, 1), (2, 1), (3, 2)")
		tables := []string{"folders", "a", "b", "c"}
		for _, name := range tables[1:] {
			execute(t, db, "CREATE TABLE "+name+" (id bigint PRIMARY KEY)", "INSERT INTO "+name+" VALUES (1), (2), (3)")
		}
		for i := range 2 + random.IntN(6) {
			child, column := tables[random.IntN(4)], fmt.Sprintf("r%d", i)
			action := []string{"NO ACTION", "CASCADE"}[random.IntN(2)]
			execute(t, db, "ALTER TABLE "+child+" ADD COLUMN "+column+" bigint REFERENCES "+tables[random.IntN(4)]+"(id) ON DELETE "+action)
			for id := 1; id <= 3; id++ {
				if random.IntN(3) > 0 {
					execute(t, db, fmt.Sprintf("UPDATE %s SET %s = %d WHERE id = %d", child, column, 1+random.IntN(3), id))
				}
			}
		}
		undo := errors.New("undo")
		want := db.Transaction(func(tx *gorm.DB) error {
			return cmp.Or(tx.Unscoped().Delete(&folder{ID: 1}).Error, undo)
		})
		err := database.SoftDelete(db, &folder{ID: 1})
		if errors.Is(want, gorm.ErrForeignKeyViolated) != errors.Is(err, gorm.ErrForeignKeyViolated) || errors.Is(want, undo) != (err == nil) {
			t.Fatalf("%v, and for good: %v", err, want)
		}
		if err != nil {
			refused++
		}
	}
	if refused < 10 || refused > 50 {
		t.Errorf("%d of 60 were refused: that tries little", refused)
	}
}

func TestSoftDeleteKnowsWhatMigrationsChange(t *testing.T) {
	db := open(t, dbtest.URL(t))
	if err := db.AutoMigrate(&folder{}); err != nil {
		t.Fatal(err)
	}
	execute(t, db, "INSERT INTO folders (id, user_id) VALUES (1, 1), (2, 1)")
	if err := database.SoftDelete(db, &folder{ID: 2}); err != nil {
		t.Fatal(err)
	}
	if err := database.CreateTable(db, "labels", table.ID(), table.Ref("folder_id", "folders")); err != nil {
		t.Fatal(err)
	}
	execute(t, db, "INSERT INTO labels (folder_id) VALUES (1)")
	if err := database.SoftDelete(db, &folder{ID: 1}); !errors.Is(err, gorm.ErrForeignKeyViolated) {
		t.Error(err)
	}
	if err := database.DropTable(db, "labels"); err != nil {
		t.Fatal(err)
	}
	if err := database.SoftDelete(db, &folder{ID: 1}); err != nil {
		t.Error(err)
	}
}

// TestSoftDeleteWithManyTables: a single query about all of them would be too large for SQLite.
func TestSoftDeleteWithManyTables(t *testing.T) {
	db := folders(t)
	for i := range 60 {
		err := database.CreateTable(db, fmt.Sprintf("t%d", i), table.ID(), table.Ref("folder_id", "folders").Cascade(),
			table.Ref("first_id", "t0").Cascade().Optional(), table.Ref("last_id", fmt.Sprintf("t%d", max(0, i-1))).Optional())
		if err != nil {
			t.Fatal(err)
		}
	}
	execute(t, db, "INSERT INTO t58 (folder_id) VALUES (1)", "INSERT INTO t59 (folder_id, last_id) VALUES (3, 1)")
	if err := database.SoftDelete(db, &folder{ID: 1}); !errors.Is(err, gorm.ErrForeignKeyViolated) {
		t.Error(err)
	}
	execute(t, db, "UPDATE t59 SET folder_id = 1")
	if err := database.SoftDelete(db, &folder{ID: 1}); err != nil {
		t.Error(err)
	}
}

// BenchmarkSoftDelete deletes a row that 100,000 others go with, and compares that with a deletion for good that is undone.
func BenchmarkSoftDelete(b *testing.B) {
	db := open(b, dbtest.URL(b))
	if err := db.AutoMigrate(&folder{}); err != nil {
		b.Fatal(err)
	}
	for _, statement := range []string{
		"CREATE TABLE notes (id bigint PRIMARY KEY, folder_id bigint NOT NULL REFERENCES folders(id) ON DELETE CASCADE)", "CREATE INDEX n ON notes (folder_id)",
		"CREATE TABLE letters (folder_id bigint NOT NULL REFERENCES folders(id) ON DELETE RESTRICT)", "CREATE INDEX l ON letters (folder_id)",
		"CREATE TABLE pages (note_id bigint NOT NULL REFERENCES notes(id) ON DELETE RESTRICT)", "CREATE INDEX p ON pages (note_id)",
		"INSERT INTO folders (id, user_id) VALUES (1, 1), (2, 1)",
		"INSERT INTO notes WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000) SELECT i, 1 + i % 2 FROM n",
		"INSERT INTO letters SELECT 2 FROM notes",
	} {
		if err := db.Exec(statement).Error; err != nil {
			b.Fatal(err)
		}
	}
	undo := errors.New("undo")
	trial := func(f func(tx *gorm.DB) error) func(b *testing.B) {
		return func(b *testing.B) {
			for b.Loop() {
				err := db.Transaction(func(tx *gorm.DB) error { return cmp.Or(f(tx), undo) })
				if !errors.Is(err, undo) {
					b.Fatal(err)
				}
			}
		}
	}
	good := trial(func(tx *gorm.DB) error { return tx.Unscoped().Delete(&folder{ID: 1}).Error })
	soft := trial(func(tx *gorm.DB) error { return database.SoftDelete(tx, &folder{ID: 1}) })
	b.Run("behind 100,000 rows/for good", good)
	b.Run("behind 100,000 rows/soft", soft)
	if err := db.Exec("DROP TABLE pages").Error; err != nil {
		b.Fatal(err)
	}
	b.Run("100,000 rows/for good", good)
	b.Run("100,000 rows/soft", soft)
}
