package cmd_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"fastgo/cmd"
)

// A result is the outcome of a command.
type result struct {
	code        int
	out, errors string
}

// run executes a command in a directory.
func run(t testing.TB, dir string, args ...string) result {
	t.Helper()
	var out, errors bytes.Buffer
	code := cmd.Run(append([]string{"-C", dir}, args...), strings.NewReader(""), &out, &errors)
	return result{code, out.String(), errors.String()}
}

// want ends the test unless the exit code is code.
func (r result) want(t testing.TB, code int) result {
	t.Helper()
	if r.code != code {
		t.Fatalf("exit code %d, want %d\n%s%s", r.code, code, r.out, r.errors)
	}
	return r
}

// TestMain sets build flags so that applications share one build cache and link
// without debug information.
func TestMain(m *testing.M) {
	if err := os.Setenv("GOFLAGS", "-trimpath -ldflags=-w"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// newApp creates an application and returns its directory.
func newApp(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	run(t, dir, "new", "blog", "--no-git").want(t, 0)
	return filepath.Join(dir, "blog")
}

func TestUsageErrorIsOneMessageWithASuggestion(t *testing.T) {
	app := newApp(t)
	before := read(t, app)
	tests := []struct {
		args []string
		want string
	}{
		{[]string{"make:resorce", "Post"}, "did you mean make:resource?"},
		{[]string{"make:modle", "Post"}, "did you mean make:model?"},
		{[]string{"make:handlers", "Stats"}, "did you mean make:handler?"},
		{[]string{"make:migrations", "fill_slugs"}, "did you mean make:migration?"},
		{[]string{"make:midleware", "Audit"}, "did you mean make:middleware?"},
		{[]string{"make:seed", "Post"}, "did you mean make:seeder?"},
		{[]string{"destroy:resource", "Post"}, "unknown command"},
		{[]string{"make:resource", "Post", "--protect"}, "did you mean --protected?"},
		{[]string{"make:resource", "Post", "--jsn"}, "did you mean --json?"},
		{[]string{"make:model", "Post", "--shared"}, "unknown flag: --shared"},
		{[]string{"make:handler", "Stats", "--rol", "admin"}, "did you mean --role?"},
		{[]string{"make:seeder", "Post", "--cout", "3"}, "did you mean --count?"},
		{[]string{"make:resource"}, "make:resource NAME [FIELD…]"},
		{[]string{"make:resource", "Post", "title:strin"}, "did you mean string?"},
		{[]string{"make:resource", "Type"}, "Go keyword"},
		{[]string{"new"}, "new NAME"},
		{[]string{"new", "x", "--db", "sqllite"}, "did you mean sqlite?"},
		{[]string{"new", "x", "--db"}, "needs an argument"},
		{[]string{"serve", "--port", "http"}, `--port "http": must be a number from 1 to 65535`},
		{[]string{"serve", "--port", "70000"}, "65535"},
		{[]string{"serve", "--dry-run"}, "unknown flag"},
		{[]string{"db:migrate", "now"}, `unexpected argument "now"; usage: fastgo db:migrate`},
		{[]string{"db:seed", "--count", "x"}, `--count "x": must be a number from 1 to 1000000`},
		{[]string{"make:seeder", "Topic", "--count", "99999999999"}, `--count "99999999999": must be a number from 1 to 1000000`},
		{[]string{"make:seeder", "Topic", "--count", "0"}, `--count "0": must be`},
		{[]string{"make:seeder"}, "NAME is missing; usage: fastgo make:seeder NAME [--count NUMBER]\n"},
		{[]string{"user:create"}, "EMAIL is missing"},
		{[]string{"user:update", "a@b.cd", "--active=maybe"}, `--active "maybe": must be true or false`},
		{[]string{"completion", "tcsh"}, `unknown shell "tcsh": use bash, fish, powershell or zsh`},
		{[]string{"completion", "bash", "now"}, `unexpected argument "now"`},
		{[]string{"new", "x", "--db", "mysql"}, `--db "mysql": unknown database: use sqlite or postgres`},
	}
	for _, test := range tests {
		got := run(t, app, test.args...).want(t, 4)
		if !strings.Contains(got.errors, test.want) || strings.Count(got.errors, "\n") != 1 || got.out != "" {
			t.Errorf("%v: %q %q", test.args, got.errors, got.out)
		}
	}
	if after := read(t, app); !maps.Equal(after, before) {
		t.Error("files were written")
	}
}

func TestCommandsOutsideAnApplicationAreRejected(t *testing.T) {
	dir := t.TempDir()
	for _, args := range [][]string{
		{"make:resource", "Post"}, {"make:model", "Post"}, {"make:handler", "Stats"}, {"make:migration", "fill_slugs"},
		{"make:middleware", "Audit"}, {"make:seeder", "Post"}, {"serve"}, {"routes"}, {"db:migrate"}, {"user:create", "a@b.cd"}} {
		got := run(t, dir, args...).want(t, 1)
		if !strings.Contains(got.errors, "not in a fastgo application") {
			t.Errorf("%v: %s", args, got.errors)
		}
	}
}

func TestMissingGoIsReported(t *testing.T) {
	app := newApp(t)
	t.Setenv("PATH", "")
	got := run(t, app, "db:migrate").want(t, 1)
	if !strings.Contains(got.errors, "https://go.dev/dl") || strings.Count(got.errors, "\n") != 1 {
		t.Error(got.errors)
	}
}

func TestConcurrentCommandsWaitForEachOther(t *testing.T) {
	app := newApp(t)
	names := []string{"Tag", "Post", "Author", "Comment", "Page", "Photo"}
	var done sync.WaitGroup
	for _, name := range names {
		done.Go(func() {
			if got := run(t, app, "make:resource", name); got.code != 0 {
				t.Errorf("%s: %s", name, got.errors)
			}
		})
	}
	done.Wait()
	files := read(t, app)
	for _, name := range names {
		if !strings.Contains(files["app/routes.go"], strings.ToLower(name)+".Routes(api, db)") || !strings.Contains(files["migrations/migrations.go"], "create"+name+"s(),") {
			t.Errorf("%s is lost", name)
		}
	}
}

func TestDryRunWritesNothing(t *testing.T) {
	dir := t.TempDir()
	run(t, dir, "new", "blog", "--dry-run").want(t, 0)
	if files := read(t, dir); len(files) > 0 {
		t.Fatalf("written: %v", files)
	}
	app := newApp(t)
	before := read(t, app)
	got := run(t, app, "make:resource", "Post", "--dry-run").want(t, 0)
	if !strings.Contains(got.out, "create  app/post/post.go") || !strings.Contains(got.out, "Nothing was written") {
		t.Error(got.out)
	}
	if after := read(t, app); !maps.Equal(after, before) {
		t.Error("files were written")
	}
}

func TestJSONIsOneDocument(t *testing.T) {
	app := newApp(t)
	type document struct {
		Schema     int
		Command    string
		Files      []struct{ Path, Action, Class string }
		Routes     []struct{ Method, Path, Who string }
		Migrations []string
		Warnings   []string
		Next       []string
		Exit       int
		Errors     []string
	}
	decode := func(r result) (d document) {
		t.Helper()
		if err := json.Unmarshal([]byte(r.out), &d); err != nil || r.errors != "" {
			t.Fatalf("%v: %s%s", err, r.out, r.errors)
		}
		if d.Schema != 1 || d.Exit != r.code {
			t.Errorf("%+v for exit code %d", d, r.code)
		}
		return d
	}
	created := decode(run(t, app, "make:resource", "Post", "-p", "--json"))
	if created.Command != "make:resource" || len(created.Files) != 7 || len(created.Routes) != 6 || len(created.Migrations) != 1 || len(created.Warnings) != 1 {
		t.Errorf("%+v", created)
	}
	if f := created.Files[len(created.Files)-1]; f.Path != "app/routes.go" || f.Action != "update" || f.Class != "shared" {
		t.Errorf("%+v", f)
	}
	refused := decode(run(t, app, "make:resource", "Type", "x:y", "--json").want(t, 4))
	if len(refused.Errors) != 2 || refused.Command != "make:resource" {
		t.Errorf("%+v", refused)
	}
	decode(run(t, app, "make:resource", "Post", "--json", "--bogus").want(t, 4))
	decode(run(t, app, "make:resource", "Post", "x:text", "--json").want(t, 2))
	if dir := t.TempDir(); len(decode(run(t, dir, "new", "blog", "--json", "--no-git")).Files) < 50 {
		t.Error("files are missing")
	}
}

func TestQuietPrintsErrorsOnly(t *testing.T) {
	app := newApp(t)
	if got := run(t, app, "make:resource", "Post", "x:text", "--quiet").want(t, 0); got.out+got.errors != "" {
		t.Error(got)
	}
	if got := run(t, app, "make:resource", "Type", "--quiet").want(t, 4); got.errors == "" {
		t.Error(got)
	}
}

func TestFastgoLinksNeitherGormNorTheRuntime(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the go command")
	}
	out, err := exec.Command("go", "list", "-deps", "fastgo").Output()
	if err != nil {
		t.Fatal(err)
	}
	for dep := range strings.FieldsSeq(string(out)) {
		if strings.HasPrefix(dep, "gorm.io/") || strings.HasPrefix(dep, "fastgo/runtime/") || strings.HasPrefix(dep, "fastgo/templates/") || dep == "net/http" {
			t.Errorf("fastgo links %s", dep)
		}
	}
}

func write(t testing.TB, root, name, text string) {
	t.Helper()
	file := filepath.Join(root, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// read returns the content of every file, and the empty directories, in a
// directory.
func read(t testing.TB, root string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if !d.IsDir() {
			data, err := os.ReadFile(filepath.Join(root, name))
			files[name] = string(data)
			return err
		}
		if entries, err := os.ReadDir(filepath.Join(root, name)); name != "." && err == nil && len(entries) == 0 {
			files[name+"/"] = ""
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
