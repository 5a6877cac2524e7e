package list_test

import (
	"regexp"
	"slices"
	"testing"
	"time"

	"gorm.io/gorm"

	"fastgo/runtime/database/dbtest"
	"fastgo/runtime/list"
)

// An Entry is a row of a long list.
type Entry struct {
	ID        int64     `json:"id"`
	OwnerID   int64     `json:"owner_id"`
	CreatedAt time.Time `json:"created_at" gorm:"not null" list:"sort"`
	Done      bool      `json:"done" gorm:"not null" list:"sort"`
}

// index makes what a sort needs: an index on the owner, the key and the id. In
// SQLite the id stands at the end of each index; where it is named once more, a
// page behind a cursor goes through all rows that are equal in the key.
func index(t testing.TB, db *gorm.DB, key string) {
	t.Helper()
	id := ", id"
	if db.Name() == "sqlite" {
		id = ""
	}
	must(t, db.Exec("CREATE INDEX entries_by_"+key+" ON entries (owner_id, "+key+id+")").Error)
}

// plans returns how the database finds each page of a list in this order: the
// first, and the one behind a cursor.
func plans(t *testing.T, db *gorm.DB, sort, explain string) []string {
	t.Helper()
	var found []string
	in := list.Query[Entry]{Limit: 2, Sort: sort}
	for range 2 {
		var statement string
		var values []any
		must(t, db.Callback().Query().After("gorm:query").Replace("seen", func(tx *gorm.DB) {
			statement, values = tx.Statement.SQL.String(), slices.Clone(tx.Statement.Vars)
		}))
		page, err := list.Rows(db.Where("owner_id = ?", 1), &in)
		must(t, err)
		must(t, db.Callback().Query().Remove("seen"))
		in.Cursor = *page.Body.NextCursor
		rows, err := db.Statement.ConnPool.QueryContext(t.Context(), explain+statement, values...)
		must(t, err)
		plan := ""
		for rows.Next() {
			var a, b, c any
			line := []any{&a, &b, &c, new(string)}
			if columns, _ := rows.Columns(); len(columns) == 1 {
				line = line[3:]
			}
			must(t, rows.Scan(line...))
			plan += *line[len(line)-1].(*string) + "\n"
		}
		must(t, rows.Err())
		rows.Close()
		found = append(found, plan)
	}
	return found
}

func entries(t testing.TB, db *gorm.DB) {
	t.Helper()
	must(t, db.AutoMigrate(&Entry{}))
	index(t, db, "created_at")
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range 10 {
		must(t, db.Create(&Entry{OwnerID: 1, CreatedAt: at.Add(time.Duration(i/3) * time.Second)}).Error)
	}
}

func TestSQLiteUsesTheIndexOfTheSort(t *testing.T) {
	db := open(t, dbtest.SQLite(t))
	entries(t, db)
	for sort, than := range map[string]string{"created_at": ">", "-created_at": "<"} {
		got := plans(t, db, sort, "EXPLAIN QUERY PLAN ")
		for i, want := range []string{"(owner_id=?)", "(owner_id=? AND (created_at,rowid)" + than + "(?,?))"} {
			if want = "SEARCH entries USING INDEX entries_by_created_at " + want + "\n"; got[i] != want {
				t.Errorf("%s, page %d: %s, want %s", sort, i+1, got[i], want)
			}
		}
	}
}

func TestPostgreSQLUsesTheIndexOfTheSort(t *testing.T) {
	db := open(t, dbtest.Postgres(t))
	entries(t, db)
	must(t, db.Transaction(func(tx *gorm.DB) error {
		for _, other := range []string{"seqscan", "bitmapscan", "sort"} { // which is best for few rows
			must(t, tx.Exec("SET LOCAL enable_"+other+" = off").Error)
		}
		for sort, direction := range map[string]string{"created_at": "", "-created_at": " Backward"} {
			got := plans(t, tx, sort, "EXPLAIN (COSTS OFF) ")
			for i, condition := range []string{`\(owner_id = \S+\)`, `\(\(owner_id = \S+\) AND \(ROW\(created_at, id\) [<>] ROW\(.*\)\)\)`} {
				want := `^Limit\n +->  Index Scan` + direction + ` using entries_by_created_at on entries\n +Index Cond: ` + condition + `\n$`
				if !regexp.MustCompile(want).MatchString(got[i]) {
					t.Errorf("%s, page %d: %s", sort, i+1, got[i])
				}
			}
		}
		return nil
	}))
}
