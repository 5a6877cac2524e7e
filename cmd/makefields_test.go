package cmd_test

import (
	"strings"
	"testing"

	"fastgo/generator/field"
)

// TestEveryFieldCanBeSeededAndAdded creates seeders for every type with every
// modifier, and a migration that adds those that a table with rows allows.
func TestEveryFieldCanBeSeededAndAdded(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles an application")
	}
	app := newApp(t)
	run(t, app, "make:resource", "Tag", "name:string").want(t, 0)
	run(t, app, "make:resource", "Post", "title:string", "-p", "--soft-delete").want(t, 0)
	fields := field.Matrix("Tag")
	added := []string{"make:migration", "add_columns_to_posts"}
	for _, field := range fields {
		switch got := run(t, app, "make:migration", "add_to_posts", field, "--dry-run"); {
		case got.code == 0:
			added = append(added, field)
		case got.code != 4 || !strings.Contains(got.errors, "existing rows") || !strings.Contains(got.errors, "optional"):
			t.Errorf("%s: %s", field, got.errors)
		}
	}
	if len(added) < len(fields)/2 {
		t.Errorf("only %d of %d fields can be added", len(added)-2, len(fields))
	}
	run(t, app, added...).want(t, 0)
	for i, some := range dealt(fields, 5) {
		name := "Thing" + string(rune('A'+i)) + "x"
		run(t, app, append([]string{"make:resource", name, "-p"}, some...)...).want(t, 0)
		run(t, app, "make:seeder", name).want(t, 0)
	}
	tool(t, app, "gofmt", "-l", ".")
	tool(t, app, "go", "vet", "./seeds", "./migrations")
	tool(t, app, "go", "test", "./seeds", "./migrations")
}
