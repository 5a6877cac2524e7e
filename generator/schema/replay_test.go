package schema

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// migrationOf is a migration with that Migrate.
func migrationOf(migrate string) string {
	return `package migrations

import (
	"github.com/go-gormigrate/gormigrate/v2"
	"gorm.io/gorm"

	"example.com/blog/internal/database"
	"example.com/blog/internal/database/table"
	elsewhere "example.com/other/internal/column"
)

func changePosts() *gormigrate.Migration {
	return &gormigrate.Migration{
		ID: "20260102000000_change_posts",
		Migrate: ` + migrate + `,
		Rollback: func(tx *gorm.DB) error { return database.DropColumn(tx, "posts", "nothing") },
	}
}
`
}

func columnsAfter(t *testing.T, src string) ([]string, string) {
	t.Helper()
	app := fstest.MapFS{"migrations/20260102000000_change_posts.go": {Data: []byte(src)}}
	calls, unread, err := Migrations{"20260102000000_change_posts"}.Changes(app, "posts")
	if err != nil {
		t.Fatal(err)
	}
	columns := []string{"id", "title"}
	for _, call := range calls {
		columns = call.Apply(columns)
	}
	return columns, unread
}

func TestColumnsAreReadFromMigrations(t *testing.T) {
	for body, want := range map[string]string{
		`return nil`: "id title",
		`return database.AddColumn(tx, "posts", table.String("subtitle", 200).Min(1).Default("a, \"b\"").Optional(), table.Index("subtitle", "id"))`: "id title subtitle",
		"return database.DropColumn(tx, \"posts\", `title`)":                "id",
		`return database.RenameColumn(tx, "posts", "title", "name")`:        "id name",
		`return database.DropColumn(tx, "comments", "title")`:               "id title",
		`return database.CreateTable(tx, "post_tags", table.ID())`:          "id title",
		`return database.AddColumn(tx, "posts", table.Int("a").Optional())`: "id title a",
		`
			if err := database.RenameColumn(tx, "posts", "title", "name"); err != nil {
				return err
			}
			if err := database.AddColumn(tx, "posts", table.Ref("tag_id", "tags").Optional(), table.Index("tag_id")); err != nil {
				return err
			}
			return database.DropColumn(tx, "posts", "name")`: "id tag_id",
	} {
		columns, unread := columnsAfter(t, migrationOf("func(tx *gorm.DB) error { "+body+" }"))
		if got := strings.Join(columns, " "); got != want || unread != "" {
			t.Errorf("%s: %s %s, want %s", body, got, unread, want)
		}
	}
}

// TestOtherMigrationsAreNotGuessed: a migration that does something else may leave
// any columns.
func TestOtherMigrationsAreNotGuessed(t *testing.T) {
	migrates := []string{
		"rewritePosts", "nil", "helpers.Migrate", "func(tx *gorm.DB) error { return rewrite(tx) }",
	}
	for _, body := range []string{
		`return tx.Migrator().DropColumn("posts", "title")`,
		`return migrator.DropColumn(tx, "posts", "title")`,
		`return elsewhere.DropColumn(tx, "posts", "title")`,
		`return table.DropColumn(tx, "posts", "title")`,
		`return database.DropColumn(tx, posts, "title")`,
		`return database.DropColumn(tx, "posts", name)`,
		`return database.DropColumn(tx, "posts", "ti"+"tle")`,
		`return database.RenameColumn(tx, "posts", "title", to)`,
		`return database.AddColumn(tx, "posts", column)`,
		`return database.AddColumn(tx, "posts", helper("x"))`,
		`return database.AddColumn(tx, "posts", table.Text(name))`,
		`return database.AddColumn(tx, "posts", elsewhere.Text("x"))`,
		`return database.DropTable(tx, "posts")`,
		`return database.ChangeColumn(tx, "posts", table.Text("x"))`,
		`return errors.Join(database.DropColumn(tx, "posts", "title"))`,
		`for range 1 { return database.DropColumn(tx, "posts", "title") }; return nil`,
		`if true { return nil }; return database.DropColumn(tx, "posts", "title")`,
		`if err := database.DropColumn(tx, "posts", "title"); err != nil { tx.Exec("x"); return err }; return nil`,
		`if err := database.DropColumn(tx, "posts", "title"); err != nil { return err } else { tx.Exec("x") }; return nil`,
		`err := database.DropColumn(tx, "posts", "title"); return err`,
		`tx.Exec("ALTER TABLE posts DROP COLUMN title"); return nil`,
		`return nil; return database.DropColumn(tx, "posts", "title")`,
	} {
		migrates = append(migrates, "func(tx *gorm.DB) error { "+body+" }")
	}
	sources := []string{
		"package migrations // posts\n\nfunc (", "package migrations // posts", strings.Replace(migrationOf("nil"), "Migrate:", "Other:", 1),
		strings.Replace(migrationOf("func(tx *gorm.DB) error { return nil }"), "Rollback:", "Migrate:", 1),
	}
	for _, migrate := range migrates {
		sources = append(sources, migrationOf(migrate))
	}
	for _, src := range sources {
		columns, unread := columnsAfter(t, src)
		if unread != "migrations/20260102000000_change_posts.go" || !slices.Equal(columns, []string{"id", "title"}) {
			t.Error(fmt.Sprintf("%v %s", columns, unread), src)
		}
	}
}
