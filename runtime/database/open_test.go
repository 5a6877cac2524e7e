package database_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"fastgo/runtime/database"
	"fastgo/runtime/database/dbtest"
)

func open(t testing.TB, url string) *gorm.DB {
	t.Helper()
	db, err := database.Open(url, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if pool, err := db.DB(); err == nil {
			pool.Close()
		}
	})
	return db
}

func execute(t *testing.T, db *gorm.DB, statements ...string) {
	t.Helper()
	for _, statement := range statements {
		if err := db.Exec(statement).Error; err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
}

func TestConstraintErrorsAreTheSameOnEveryDatabase(t *testing.T) {
	db := open(t, dbtest.URL(t))
	execute(t, db,
		"CREATE TABLE parents (id integer PRIMARY KEY, email text UNIQUE)",
		"CREATE TABLE children (id integer PRIMARY KEY, parent_id integer NOT NULL REFERENCES parents(id), age integer CHECK (age > 0))",
		"INSERT INTO parents VALUES (1, 'a@example.com')",
		"INSERT INTO children VALUES (1, 1, 1)")
	for statement, want := range map[string]error{
		"INSERT INTO parents VALUES (1, 'b@example.com')": gorm.ErrDuplicatedKey,
		"INSERT INTO parents VALUES (2, 'a@example.com')": gorm.ErrDuplicatedKey,
		"INSERT INTO children VALUES (2, 9, 1)":           gorm.ErrForeignKeyViolated,
		"DELETE FROM parents":                             gorm.ErrForeignKeyViolated,
		"INSERT INTO children VALUES (2, 1, 0)":           gorm.ErrCheckConstraintViolated,
		"INSERT INTO children VALUES (2, NULL, 1)":        gorm.ErrCheckConstraintViolated,
	} {
		if err := db.Exec(statement).Error; !errors.Is(err, want) {
			t.Errorf("%s: %v", statement, err)
		}
	}
}

// A deferred reference is violated only when the transaction ends, after the row was returned.
func TestReturnedButUncommittedRowIsAnError(t *testing.T) {
	db := open(t, dbtest.URL(t))
	execute(t, db,
		"CREATE TABLE parents (id integer PRIMARY KEY)",
		"CREATE TABLE children (id integer PRIMARY KEY, parent_id integer REFERENCES parents(id) DEFERRABLE INITIALLY DEFERRED)",
		"INSERT INTO parents VALUES (1)")
	type child struct{ ID, ParentID int64 }
	for id := int64(1); id < 7; id += 2 { // the later ones by a statement that may have been kept
		if err := db.Create(&child{ID: id, ParentID: 1}).Error; err != nil {
			t.Fatal(err)
		}
		if err := db.Clauses(clause.Returning{}).Create(&child{ID: id + 1, ParentID: 9}).Error; !errors.Is(err, gorm.ErrForeignKeyViolated) {
			t.Errorf("a child of no parent: %v", err)
		}
	}
}

func TestStatementWithReturnedRowsRunsOnce(t *testing.T) {
	db := open(t, dbtest.URL(t))
	execute(t, db, "CREATE TABLE notes (id integer PRIMARY KEY, title text)", "INSERT INTO notes VALUES (1, 'a'), (2, 'a')")
	for name, read := range map[string]func(rows *sql.Rows){
		"none": func(*sql.Rows) {},
		"one":  func(rows *sql.Rows) { rows.Next() },
		"all": func(rows *sql.Rows) {
			for rows.Next() {
			}
		},
	} {
		rows, err := db.Raw("UPDATE notes SET title = title || 'b' RETURNING id").Rows()
		if err != nil {
			t.Fatal(err)
		}
		read(rows)
		if err := rows.Close(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	var titles []string
	if err := db.Table("notes").Order("id").Pluck("title", &titles).Error; err != nil || strings.Join(titles, " ") != "abbb abbb" {
		t.Errorf("three updates make %v: %v", titles, err)
	}
}

type appointment struct {
	ID        int64
	At        time.Time
	Until     *time.Time
	CreatedAt time.Time
}

func TestConcurrentWritersWaitForEachOther(t *testing.T) {
	url := dbtest.URL(t)
	first, second := open(t, url), open(t, url)
	execute(t, first, "CREATE TABLE counters (n integer)", "INSERT INTO counters VALUES (0)")
	var wg sync.WaitGroup
	for i := range 60 {
		db := []*gorm.DB{first, second}[i%2]
		wg.Go(func() {
			err := db.Transaction(func(tx *gorm.DB) error {
				var n int
				if err := tx.Table("counters").Clauses(clause.Locking{Strength: "UPDATE"}).Pluck("n", &n).Error; err != nil {
					return err
				}
				return tx.Exec("UPDATE counters SET n = ?", n+1).Error
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	var n int
	if err := first.Raw("SELECT n FROM counters").Scan(&n).Error; err != nil || n != 60 {
		t.Errorf("%d of 60 updates, %v", n, err)
	}
}

func TestSQLiteConnectionsAreSetUp(t *testing.T) {
	db := open(t, dbtest.SQLite(t))
	for pragma, want := range map[string]string{"journal_mode": "wal", "foreign_keys": "1", "busy_timeout": "5000"} {
		var got string
		if err := db.Raw("PRAGMA " + pragma).Scan(&got).Error; err != nil || got != want {
			t.Errorf("%s is %s, %v", pragma, got, err)
		}
	}
}

func TestMemoryDatabaseIsShared(t *testing.T) {
	db := open(t, "sqlite::memory:")
	execute(t, db, "CREATE TABLE notes (id integer)")
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			if err := db.Exec("INSERT INTO notes VALUES (1)").Error; err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

func TestFileNameMayContainAnyCharacter(t *testing.T) {
	file := filepath.Join(t.TempDir(), "what? 100% #1 é.db")
	execute(t, open(t, "sqlite:"+file), "CREATE TABLE notes (id integer)")
	execute(t, open(t, "sqlite://"+file), "INSERT INTO notes VALUES (1)")
	if found, err := filepath.Glob(filepath.Join(filepath.Dir(file), "*.db")); err != nil || len(found) != 1 || found[0] != file {
		t.Errorf("%v, %v", found, err)
	}
}

func TestCanceledQueryEndsAndThePoolKeepsWorking(t *testing.T) {
	db := open(t, dbtest.URL(t))
	long := "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000000) SELECT count(*) FROM n"
	for range 10 {
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		var count int64
		if err := db.WithContext(ctx).Raw(long).Scan(&count).Error; err == nil {
			t.Error("a query outlived its context")
		}
		cancel()
	}
	execute(t, db, "SELECT 1")
}

func TestInvalidDatabaseURLIsExplained(t *testing.T) {
	folder := t.TempDir()
	for url, want := range map[string]string{
		"sqlite:" + filepath.Join(folder, "missing", "blog.db"): "does not exist",
		"sqlite:" + folder:                       folder,
		"sqlite:":                                "sqlite:FILE",
		"mysql://u:hunter2@host/db":              "use sqlite:FILE or postgres://",
		"hunter2":                                "use sqlite:FILE",
		"postgres://u:hunter2@127.0.0.1:1/db":    "connect to PostgreSQL",
		"postgres://u:hunter2%zz@127.0.0.1/db":   "percent-encode",
		"postgres://u:a/hunter2@127.0.0.1/db":    "percent-encode",
		"postgres://u:hunter2@h/db?sslmode=well": "sslmode",
	} {
		_, err := database.Open(url, slog.New(slog.DiscardHandler))
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v", url, err)
		}
	}
}

func TestLogHasStatementsWithoutValues(t *testing.T) {
	var out bytes.Buffer
	db, err := database.Open(dbtest.SQLite(t), slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug})))
	if err != nil {
		t.Fatal(err)
	}
	execute(t, db, "CREATE TABLE notes (body text)")
	if err := db.Exec("INSERT INTO notes VALUES (?)", "hunter2").Error; err != nil {
		t.Fatal(err)
	}
	if text := out.String(); !strings.Contains(text, "INSERT INTO notes") || strings.Contains(text, "hunter2") {
		t.Error(text)
	}
}

func TestColumnAddedByAnotherReplicaBreaksNoQuery(t *testing.T) {
	url := dbtest.URL(t)
	running, migrating := open(t, url), open(t, url)
	if err := running.AutoMigrate(&appointment{}); err != nil {
		t.Fatal(err)
	}
	pool, err := running.DB()
	if err != nil {
		t.Fatal(err)
	}
	pool.SetMaxOpenConns(1)
	for _, column := range []string{"place", "topic"} {
		if err := running.Find(&[]appointment{}, "id > ?", 0).Error; err != nil {
			t.Error(err)
		}
		execute(t, migrating, "ALTER TABLE appointments ADD COLUMN "+column+" text")
	}
}
