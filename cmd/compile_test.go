package cmd_test

import (
	"bytes"
	"os/exec"
	"strings"
	"testing"

	"fastgo/cmd"
)

// TestAcceptedNamesAndFieldsCompile creates an application with names and fields
// that break other scaffolders, and runs its tests.
func TestAcceptedNamesAndFieldsCompile(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles an application")
	}
	app := newApp(t)
	for _, name := range []string{
		"Handler", "Framework", "order-item", "Category", "News", "Person", "ID", "Window", "Linux", "Test", "Field",
		"Route", "Row", "Query", "Ctx", "Tx", "H", "In", "Hold", "Owned", "Page", "Item", "Reflect",
		"Problem", "Client", "Got", "Start", "With", "Create", "HTTPServer", "Data", "Guard",
		"Profile", "Message", "Account", "Migration", "Aut", // as /api/auth begins
	} {
		run(t, app, "make:resource", name, "-p").want(t, 0)
	}
	for _, name := range []string{"Tag", "Html-page", "open-tx"} {
		run(t, app, "make:resource", name).want(t, 0)
	}
	run(t, app, "make:resource", "Everything", "-p",
		"type:string", "order:int:min=-3:max=3", "select:text:max=3000", "group:bool", "user:text:optional", "func:datetime",
		"map:int:optional:min=9", "string:string:min=9:max=9", "error:string:2", "post_2:string:1:optional", "i_pod:int",
		"url:datetime:optional", "limit:bool:optional", "unknown:int:max=-5", "table:text:min=0", "api_id:int",
		"part:decimal:2.2:unique", "tenths:decimal:6.3:unique:min=1:max=10").want(t, 0)
	run(t, app, "make:resource", "Flag", "is_on:bool").want(t, 0)
	for _, words := range []string{
		"Ratio a:float:gt=1 b:float:min=1.5:sort:filter c:float:min=2:sort d:float:lt=2:filter e:float:gt=1.99999",
		"U name:string", "Under name:string --parent U", "Tag2 x:int", "NewTag2 x:int", "Link tag2:ref=Tag2 new_tag2:ref=NewTag2",
		"Survey answer:enum:yes,no-value", "Mine name:string --role user",
		"Own mine:ref=Mine --shared", "Memo a:string:search b:string:readonly:search:default=first-a",
	} {
		run(t, app, append([]string{"make:resource"}, strings.Fields(words)...)...).want(t, 0)
	}
	run(t, app, "make:handler", "everybody", "--role", "user").want(t, 0)

	tool(t, app, "gofmt", "-l", ".")
	tool(t, app, "go", "vet", "./...")
	tool(t, app, "go", "test", "./app/everything", "./app/flag", "./app/window", "./app/row", "./app/tag", "./app/aut",
		"./app/ratio", "./app/under", "./app/link", "./app/survey", "./app/mine", "./app/own", "./app/memo", "./app/everybody", ".")
}

func TestCommandsRunApplicationCommands(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles an application")
	}
	app := newApp(t)
	say := func(stdin string, args ...string) (int, string) {
		var out bytes.Buffer
		code := cmd.Run(append([]string{"-C", app}, args...), strings.NewReader(stdin), &out, &out)
		return code, out.String()
	}
	for _, step := range []struct {
		stdin, args string
		code        int
		want        string
	}{
		{"", "db:status", 0, "pending  20260101000000_create_users"},
		{"", "db:migrate", 0, "migrated  20260101000000_create_users"},
		{"correct horse battery\n", "user:create ann@example.com --name Ann --role admin", 0, "role admin"},
		{"short\n", "user:create bob@example.com", 1, "password"},
		{"", "user:update ann@example.com --active=false", 0, "active false"},
		{"", "routes", 0, "/api/auth/login"},
		{"", "routes --json", 0, `"path": "/api/auth/login"`},
		{"", "route:list", 0, "/api/auth/login"},
		{"", "db:rollback", 0, "20260101000000_create_users"},
		{"", "db:fresh", 0, "migrated  20260101000000_create_users"},
		{"", "db:seed --count 3", 0, "nothing to seed"},
	} {
		code, out := say(step.stdin, strings.Fields(step.args)...)
		if code != step.code || !strings.Contains(out, step.want) {
			t.Errorf("%s: exit code %d\n%s", step.args, code, out)
		}
	}
	write(t, app, "broken.go", "package main\n\nfunc broken() { nothing() }\n")
	if code, out := say("", "routes"); code != 1 || !strings.Contains(out, "the application does not build") || !strings.Contains(out, "broken.go:3") {
		t.Errorf("exit code %d\n%s", code, out)
	}
}

// staticcheck is the version that the applications' CI runs.
const staticcheck = "honnef.co/go/tools/cmd/staticcheck@v0.8.2"

// tool ends the test unless a program succeeds and, except for go, prints nothing.
func tool(t *testing.T, dir, name string, args ...string) {
	t.Helper()
	c := exec.Command(name, args...)
	c.Dir = dir
	out, err := c.CombinedOutput()
	if err != nil || name != "go" && len(out) > 0 {
		t.Errorf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
}
