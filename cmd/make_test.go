package cmd_test

import (
	"encoding/json"
	"maps"
	"os/exec"
	"strings"
	"testing"
)

// writers are the make commands, in an order that satisfies their dependencies.
func writers() []string {
	return []string{
		"make:model Tag name:string:50:unique",
		"make:model AuditEntry action:string:50:index details:json -p",
		"make:resource Post title:string:200 body:text tag:ref=Tag:optional -p --soft-delete",
		"make:resource Tag name:string:50:unique",
		"make:handler Status",
		"make:handler Window -p",
		"make:handler Answer --role admin",
		"make:middleware RateLimit",
		"make:middleware Test",
		"make:migration add_subtitle_to_posts subtitle:string:100",
		"make:migration rename_title_to_headline_in_posts",
		"make:migration remove_body_from_posts body:text",
		"make:migration add_bio_to_users bio:text:optional",
		"make:migration fill_slugs",
		"make:seeder AuditEntry",
	}
}

func TestGeneratedFilesPassTheirTests(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles an application")
	}
	app := newApp(t)
	for _, args := range writers() {
		run(t, app, strings.Fields(args)...).want(t, 0)
	}
	tool(t, app, "gofmt", "-l", ".")
	tool(t, app, "go", "vet", ".", "./app/...", "./migrations", "./seeds")
	if staticcheck, err := exec.LookPath("staticcheck"); err == nil {
		tool(t, app, staticcheck, ".", "./app/...", "./migrations", "./seeds")
	}
	tool(t, app, "go", "test", ".", "./migrations", "./seeds",
		"./app/tag", "./app/status", "./app/window", "./app/answer", "./app/ratelimit", "./app/test")
}

func TestEveryMakeCommandShowsItsPlan(t *testing.T) {
	app := newApp(t)
	for _, command := range writers() {
		args := strings.Fields(command)
		before := read(t, app)
		planned := run(t, app, append(args, "--dry-run")...).want(t, 0)
		if !strings.Contains(planned.out, "create ") || !strings.Contains(planned.out, "Nothing was written") || !maps.Equal(read(t, app), before) {
			t.Errorf("%s: %s", command, planned.out)
		}
		var created struct {
			Command    string
			Files      []struct{ Path, Action string }
			Migrations []string
			Next       []string
		}
		if err := json.Unmarshal([]byte(run(t, app, append(args, "--json")...).want(t, 0).out), &created); err != nil {
			t.Fatalf("%s: %v", command, err)
		}
		if created.Command != args[0] || len(created.Files) < 2 || len(created.Next) == 0 || args[0] == "make:migration" && len(created.Migrations) != 1 {
			t.Errorf("%s: %+v", command, created)
		}
		after := read(t, app)
		if got := run(t, app, append(args, "--quiet")...).want(t, 0); got.out != "" || !maps.Equal(read(t, app), after) {
			t.Errorf("%s, again: %s", command, got.out)
		}
	}
}
