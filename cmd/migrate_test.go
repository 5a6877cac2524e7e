package cmd_test

import (
	"fmt"
	"log/slog"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gorm.io/gorm"

	"fastgo/runtime/database"
	"fastgo/runtime/database/dbtest"
)

// TestRowsSurviveEveryMigration creates posts with comments, and applies and rolls
// back each kind of generated migration.
func TestRowsSurviveEveryMigration(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles an application")
	}
	app := newBlog(t)
	migrations := []string{
		"add_subtitle_to_posts subtitle:string:200",
		"add_fields_to_posts views:int:sort rank:bigint:min=-5 limit:bool:filter price:money:min=0 slug:slug:unique:optional select:text",
		"add_more_to_posts day:date:default=2026-01-02 seen:datetime:optional kind_of:enum:new,old:default=new at:datetime:default=2026-01-02T03:04:05Z meta:json:optional",
		"add_tag_to_posts tag:ref=Tag:optional parent:belongs=Post:optional",
		"add_group_to_comments group:string:unique=global:optional",
		"rename_order_to_position_in_posts",
		"rename_title_to_index_in_posts",
		"remove_group_from_posts group:string:50:index",
		"remove_body_from_comments body:text",
		"add_bio_to_users bio:text",
	}
	for _, args := range migrations {
		run(t, app, append([]string{"make:migration"}, strings.Fields(args)...)...).want(t, 0)
	}
	tool(t, app, "gofmt", "-l", ".")
	tool(t, app, "go", "vet", "./migrations")
	for name, address := range map[string]func(testing.TB) string{"SQLite": dbtest.SQLite, "PostgreSQL": dbtest.Postgres} {
		t.Run(name, func(t *testing.T) {
			url := address(t)
			t.Setenv("DATABASE_URL", url)
			if got := run(t, app, "db:migrate").want(t, 0); strings.Count(got.out, "migrated") != 4+len(migrations) {
				t.Fatal(got.out)
			}
			rollback := func() {
				t.Helper()
				back := exec.Command(filepath.Join(app, ".fastgo", "bin", "app"), "rollback")
				back.Dir = app
				if out, err := back.CombinedOutput(); err != nil {
					t.Fatalf("%v\n%s", err, out)
				}
			}
			for range migrations {
				rollback()
			}
			x := survivors(t, url)
			before := x.columns()
			for range 2 {
				if got := run(t, app, "db:migrate").want(t, 0); strings.Count(got.out, "migrated") != len(migrations) {
					t.Fatal(got.out)
				}
				x.wantMigrated()
				for range migrations {
					rollback()
					x.wantRows()
				}
				if after := x.columns(); !slices.Equal(after, before) {
					t.Errorf("the columns are %v, were %v", after, before)
				}
				x.wantRolledBack()
			}
		})
	}
}

// rows are the posts of a user, and comments on them.
type rows struct {
	t  *testing.T
	db *gorm.DB
}

func survivors(t *testing.T, url string) rows {
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
	x := rows{t, db}
	const at = "'2026-01-01 00:00:00', '2026-01-01 00:00:00'"
	x.execute("INSERT INTO users (email, name, password_hash, created_at, updated_at) VALUES ('ann@example.com', 'Ann', 'x', " + at + ")")
	for n := 1; n <= 3; n++ {
		x.execute(fmt.Sprintf(`INSERT INTO posts (user_id, title, body, "order", "group", kind, created_at, updated_at) VALUES (1, 'Title %d', 'Body', %d, 'g', 'news', %s)`, n, n, at))
		x.execute(fmt.Sprintf("INSERT INTO comments (post_id, user_id, body, created_at, updated_at) VALUES (%d, 1, 'Body', %s)", n, at))
	}
	return x
}

func (x rows) execute(statement string) {
	x.t.Helper()
	if err := x.db.Exec(statement).Error; err != nil {
		x.t.Fatalf("%s: %v", statement, err)
	}
}

func (x rows) wantRows() {
	x.t.Helper()
	x.want(3, "SELECT count(*) FROM posts")
	x.want(3, "SELECT count(*) FROM comments WHERE post_id IN (SELECT id FROM posts)")
	x.want(1, "SELECT count(*) FROM users WHERE email = 'ann@example.com'")
}

func (x rows) want(want int, query string) {
	x.t.Helper()
	var got int
	if err := x.db.Raw(query).Scan(&got).Error; err != nil || got != want {
		x.t.Errorf("%s: %d, want %d, %v", query, got, want, err)
	}
}

// columns returns the columns of all three tables.
func (x rows) columns() []string {
	x.t.Helper()
	var all []string
	for _, table := range []string{"posts", "comments", "users"} {
		types, err := x.db.Migrator().ColumnTypes(table)
		if err != nil {
			x.t.Fatal(err)
		}
		for _, c := range types {
			nullable, _ := c.Nullable()
			all = append(all, fmt.Sprintf("%s.%s %s %t", table, c.Name(), strings.ToLower(c.DatabaseTypeName()), nullable))
		}
	}
	slices.Sort(all)
	return all
}

// wantMigrated checks the new values of the rows and the constraints.
func (x rows) wantMigrated() {
	x.t.Helper()
	x.wantRows()
	x.want(3, "SELECT count(*) FROM posts WHERE subtitle = '' AND views = 0 AND rank = 0 AND price = 0 AND slug IS NULL AND \"select\" = ''")
	x.want(3, "SELECT count(*) FROM posts WHERE NOT \"limit\" AND kind_of = 'new' AND seen IS NULL AND tag_id IS NULL AND meta IS NULL")
	x.want(6, "SELECT sum(position) FROM posts")
	x.want(1, "SELECT count(*) FROM posts WHERE \"index\" = 'Title 2' AND position = 2")
	x.want(1, "SELECT count(*) FROM users WHERE bio = ''")
	var row struct{ Day, At string }
	if err := x.db.Raw("SELECT CAST(day AS text) AS day, CAST(at AS text) AS at FROM posts WHERE id = 1").Scan(&row).Error; err != nil || row.Day != "2026-01-02" || !strings.HasPrefix(row.At, "2026-01-02 03:04:05") {
		x.t.Errorf("%+v, %v", row, err)
	}
	for _, statement := range []string{
		"UPDATE posts SET subtitle = NULL WHERE id = 1",
		"UPDATE posts SET rank = -6 WHERE id = 1",
		"UPDATE posts SET price = -1 WHERE id = 1",
		"UPDATE posts SET kind_of = 'other' WHERE id = 1",
		"UPDATE posts SET tag_id = 99 WHERE id = 1",
		"UPDATE posts SET slug = 'same'",
		"UPDATE posts SET \"index\" = 'same'",
		"UPDATE comments SET \"group\" = 'same'",
	} {
		if err := x.db.Exec(statement).Error; err == nil {
			x.t.Errorf("%s: succeeded", statement)
		}
	}
	err := x.db.Transaction(func(tx *gorm.DB) error {
		inside := rows{x.t, tx}
		inside.execute("DELETE FROM posts WHERE id = 1")
		inside.want(2, "SELECT count(*) FROM comments")
		return gorm.ErrInvalidTransaction
	})
	if err != gorm.ErrInvalidTransaction {
		x.t.Error(err)
	}
}

// wantRolledBack checks that values that no migration removed are unchanged.
func (x rows) wantRolledBack() {
	x.t.Helper()
	x.want(3, `SELECT count(*) FROM posts WHERE title = 'Title ' || id AND body = 'Body' AND "order" = id AND kind = 'news'`)
	x.want(3, `SELECT count(*) FROM posts WHERE "group" = ''`)
	x.want(3, "SELECT count(*) FROM comments WHERE body = ''")
	if err := x.db.Exec("UPDATE posts SET title = 'same'").Error; err == nil {
		x.t.Error("the title is no longer unique")
	}
}
