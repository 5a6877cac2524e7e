package cmd_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"fastgo/cmd"
)

// result is what a command did.
type result struct {
	code        int
	out, errors string
}

// run carries out a command line in a folder.
func run(t testing.TB, dir string, args ...string) result {
	t.Helper()
	var out, errors bytes.Buffer
	code := cmd.Run(append([]string{"-C", dir}, args...), strings.NewReader(""), &out, &errors)
	return result{code, out.String(), errors.String()}
}

// want ends the test unless the command ended with a code.
func (r result) want(t testing.TB, code int) result {
	t.Helper()
	if r.code != code {
		t.Fatalf("exit code %d, want %d\n%s%s", r.code, code, r.out, r.errors)
	}
	return r
}

// newApp writes an application and returns its folder.
func newApp(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	run(t, dir, "new", "blog", "--no-git").want(t, 0)
	return filepath.Join(dir, "blog")
}

func TestNewWritesAnApplication(t *testing.T) {
	app := newApp(t)
	info, err := os.Stat(filepath.Join(app, ".env"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf(".env: %v, %v", info, err)
	}
	ignored, err := os.ReadFile(filepath.Join(app, ".gitignore"))
	if err != nil || !strings.Contains(string(ignored), "\n.env\n") {
		t.Errorf(".gitignore does not name .env: %v", err)
	}
	for name, text := range read(t, app) {
		if strings.Contains(text, `"fastgo/`) {
			t.Errorf("%s still imports a package of fastgo", name)
		}
	}
}

func TestNewMakesADifferentSecretEachTime(t *testing.T) {
	secret := func() string {
		for line := range strings.Lines(read(t, newApp(t))[".env"]) {
			if value, ok := strings.CutPrefix(line, "AUTH_SECRET_KEY="); ok {
				return strings.TrimSpace(value)
			}
		}
		return ""
	}
	if a, b := secret(), secret(); len(a) != 128 || a == b {
		t.Errorf("got %q and %q", a, b)
	}
}

func TestNewMakesARepositoryOfItsOwn(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	dir := t.TempDir()
	run(t, dir, "new", "blog").want(t, 0)
	if _, err := os.Stat(filepath.Join(dir, "blog", ".git")); err != nil {
		t.Error(err)
	}
	run(t, filepath.Join(dir, "blog"), "new", "inner").want(t, 0)
	if _, err := os.Stat(filepath.Join(dir, "blog", "inner", ".git")); err == nil {
		t.Error("a repository was made within a repository")
	}
}

func TestNewTakesAPath(t *testing.T) {
	dir := t.TempDir()
	run(t, dir, "new", "a/b/blog", "--no-git").want(t, 0)
	mod, err := os.ReadFile(filepath.Join(dir, "a/b/blog/go.mod"))
	if err != nil || !strings.HasPrefix(string(mod), "module example.com/blog\n") {
		t.Errorf("%v: %s", err, mod)
	}
	run(t, filepath.Join(dir, "a"), "new", "../other", "--no-git").want(t, 0)
	if _, err := os.Stat(filepath.Join(dir, "other", "go.mod")); err != nil {
		t.Error(err)
	}
}

func TestNewRefusesWhatItCannotWriteTo(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "full/file", "mine")
	write(t, dir, "file", "mine")
	if err := os.Mkdir(filepath.Join(dir, "empty"), 0o755); err != nil {
		t.Fatal(err)
	}
	tests := map[string]string{
		"full":      "is not empty: take another name",
		"file":      "is not a folder: take another name",
		"file/blog": "not a directory",
	}
	if runtime.GOOS == "linux" {
		tests["/proc/blog"] = "cannot write in /proc"
	}
	before := read(t, dir)
	for name, want := range tests {
		for _, flags := range [][]string{{"--no-git"}, {"--no-git", "--dry-run"}} {
			if name == "/proc/blog" && len(flags) == 2 {
				continue // a dry run does not try to write
			}
			got := run(t, dir, append([]string{"new", name}, flags...)...).want(t, 1)
			if !strings.Contains(got.errors, want) || strings.Count(got.errors, "\n") != 1 {
				t.Errorf("%s %v: %s", name, flags, got.errors)
			}
		}
	}
	if after := read(t, dir); !maps.Equal(after, before) {
		t.Errorf("written: %v", slices.Collect(maps.Keys(after)))
	}
	run(t, dir, "new", "empty", "--no-git").want(t, 0)
}

func TestNewRemovesWhatAKilledOneHasLeft(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, ".fastgo-new-123/go.mod", "half an application")
	run(t, dir, "new", "blog", "--no-git").want(t, 0)
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("%v: %v", err, entries)
	}
}

func TestApplicationNamesWorkOrAreRefused(t *testing.T) {
	works := []string{"Type", "Map", "Func", "Error", "User", "Auth", "Session", "Context", "Handler", "Init", "Main", "DB",
		"Framework", "order-item", "Category", "News", "Person", "1Post", "a/b", "../x", "my.app", "main", "test"}
	refused := map[string]string{
		"Café": "did you mean Cafe?", "文章": "letters a to z", "": "missing", "CON": "Windows", "nul": "Windows",
		strings.Repeat("a", 200): "64 at most", "vendor": "meaning of its own", "internal": "meaning of its own",
		"my app": "did you mean my-app?", ".": "new folder's name", "..": "new folder's name", "/": "new folder's name",
		"-x": "", ".hidden": "begins with a letter", "x.": "begins with a letter", "a;b": "letters a to z",
	}
	dir := t.TempDir()
	inner := filepath.Join(dir, "inner")
	if err := os.Mkdir(inner, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, want := range refused {
		got := run(t, inner, "new", name, "--no-git").want(t, 4)
		if !strings.Contains(got.errors, want) {
			t.Errorf("%q: %s", name, got.errors)
		}
	}
	if files := read(t, dir); len(files) != 1 {
		t.Fatalf("written: %v", files)
	}
	for _, name := range works {
		run(t, inner, "new", name, "--no-git").want(t, 0)
		run(t, filepath.Join(inner, name), "make:resource", "Post").want(t, 0)
	}
}

func TestModulePathsWorkOrAreRefused(t *testing.T) {
	dir := t.TempDir()
	for _, path := range []string{"fmt", "internal/x", "a b", "x/vendor/y", "https://example.com/x", "/x", "文章"} {
		run(t, dir, "new", "blog", "--no-git", "--module", path).want(t, 4)
	}
	if files := read(t, dir); len(files) > 0 {
		t.Fatalf("written: %v", files)
	}
	run(t, dir, "new", "blog", "--no-git", "--module", "zoo").want(t, 0)
	if main := read(t, dir)["blog/main.go"]; !strings.Contains(main, `"zoo/internal/web"`) {
		t.Error(main)
	}
}

func TestWrongUsageIsOneMessageWithASuggestion(t *testing.T) {
	app := newApp(t)
	before := read(t, app)
	tests := []struct {
		args []string
		want string
	}{
		{[]string{"make:resorce", "Post"}, "did you mean make:resource?"},
		{[]string{"destroy:resource", "Post"}, "unknown command"},
		{[]string{"make:resource", "Post", "--protect"}, "did you mean --protected?"},
		{[]string{"make:resource", "Post", "--jsn"}, "did you mean --json?"},
		{[]string{"make:resource"}, "make:resource NAME [FIELD…]"},
		{[]string{"make:resource", "Post", "title:strin"}, "did you mean string?"},
		{[]string{"make:resource", "Type"}, "Go keyword"},
		{[]string{"new"}, "new NAME"},
		{[]string{"new", "x", "--db", "sqllite"}, "did you mean sqlite?"},
		{[]string{"new", "x", "--db"}, "needs an argument"},
		{[]string{"serve", "--port", "http"}, "invalid argument"},
		{[]string{"serve", "--port", "70000"}, "65535"},
		{[]string{"serve", "--dry-run"}, "unknown flag"},
		{[]string{"db:migrate", "now"}, "usage"},
	}
	for _, test := range tests {
		got := run(t, app, test.args...).want(t, 4)
		if !strings.Contains(got.errors, test.want) || strings.Count(got.errors, "\n") != 1 || got.out != "" {
			t.Errorf("%v: %q %q", test.args, got.errors, got.out)
		}
	}
	if after := read(t, app); !maps.Equal(after, before) {
		t.Error("something was written")
	}
}

func TestOutsideAnApplicationACommandSaysSo(t *testing.T) {
	dir := t.TempDir()
	for _, args := range [][]string{{"make:resource", "Post"}, {"serve"}, {"routes"}, {"db:migrate"}, {"user:create", "a@b.cd"}} {
		got := run(t, dir, args...).want(t, 4)
		if !strings.Contains(got.errors, "not in a fastgo application") {
			t.Errorf("%v: %s", args, got.errors)
		}
	}
}

func TestWithoutGoACommandThatCompilesSaysSo(t *testing.T) {
	app := newApp(t)
	t.Setenv("PATH", "")
	got := run(t, app, "db:migrate").want(t, 1)
	if !strings.Contains(got.errors, "https://go.dev/dl") || strings.Count(got.errors, "\n") != 1 {
		t.Error(got.errors)
	}
}

func TestMakeResourceAddsItsLines(t *testing.T) {
	app := newApp(t)
	run(t, filepath.Join(app, "internal", "web"), "make:resource", "blog-posts", "title:string:max=200", "-p").want(t, 0)
	run(t, app, "make:resource", "Tag").want(t, 0)
	files := read(t, app)
	if routes := files["routes.go"]; !strings.Contains(routes, `
	blogpost.Routes(users.Guard(), db) // each user's own
	tag.Routes(api, db)                // public
}`) || !strings.Contains(routes, `
	"example.com/blog/app/blogpost"
	"example.com/blog/app/tag"
	"example.com/blog/internal/auth"
`) {
		t.Error(routes)
	}
	if list := files["migrations/migrations.go"]; !strings.Contains(list, "createBlogPosts(),\n") || !strings.Contains(list, "createTags(),\n") {
		t.Error(list)
	}
	if spec := files[".fastgo/resources/blog_post.json"]; spec != `{
  "fields": [
    "title:string:max=200"
  ],
  "name": "BlogPost",
  "protected": true,
  "schema": 1
}
` {
		t.Error(spec)
	}
}

func TestTheSameResourceAgainIsIdentical(t *testing.T) {
	app := newApp(t)
	run(t, app, "make:resource", "Post", "title:string:200", "body:text", "-p").want(t, 0)
	before := read(t, app)
	got := run(t, app, "make:resource", "posts", "title:string:max=200", "body:text", "-p").want(t, 0)
	if strings.Contains(got.out, "create ") || strings.Contains(got.out, "update ") || strings.Count(got.out, "identical") != 7 {
		t.Error(got.out)
	}
	if after := read(t, app); !maps.Equal(after, before) {
		t.Error("something was written")
	}
	write(t, app, "app/post/post.go", "package post // mine\n")
	got = run(t, app, "make:resource", "posts", "title:string:max=200", "body:text", "-p").want(t, 0)
	if !strings.Contains(got.out, "skip  app/post/post.go") || strings.Count(got.out, "identical") != 6 {
		t.Error(got.out)
	}
}

func TestAnotherSpecOfAResourceIsRefused(t *testing.T) {
	app := newApp(t)
	run(t, app, "make:resource", "Post", "title:string", "-p").want(t, 0)
	before := read(t, app)
	for _, args := range [][]string{{"title:text", "-p"}, {"title:string"}, {"title:string", "body:text", "-p"}} {
		got := run(t, app, append([]string{"make:resource", "Post"}, args...)...).want(t, 2)
		if !strings.Contains(got.errors, "fastgo make:resource Post title:string -p") {
			t.Error(got.errors)
		}
	}
	if after := read(t, app); !maps.Equal(after, before) {
		t.Error("something was written")
	}
}

func TestResourcesThatCollideAreRefused(t *testing.T) {
	app := newApp(t)
	run(t, app, "make:resource", "OrderItem").want(t, 0)
	run(t, app, "make:resource", "Datum").want(t, 0)
	write(t, app, "app/mine/mine.go", "package mine\n")
	before := read(t, app)
	for name, want := range map[string]string{
		"Orderitem": "a package app/orderitem already",
		"Data":      "makes a table data already",
		"Mine":      "a package app/mine already",
	} {
		if got := run(t, app, "make:resource", name).want(t, 2); !strings.Contains(got.errors, want) {
			t.Errorf("%s: %s", name, got.errors)
		}
	}
	if after := read(t, app); !maps.Equal(after, before) {
		t.Error("something was written")
	}
}

func TestNothingIsGuessedWhereTheOwnerChangedTheShape(t *testing.T) {
	tests := map[string]struct{ file, old, new, want string }{
		"no function":   {"routes.go", "func routes(", "func setup(", "routes.go: it has no function routes"},
		"no parameter":  {"routes.go", "users *auth.Users", "_ *auth.Users", "routes.go"},
		"broken":        {"routes.go", "package main", "package", "routes.go: it is not valid Go"},
		"no list":       {"migrations/migrations.go", "func All(", "func Every(", "migrations/migrations.go: it has no function All"},
		"no file":       {"routes.go", "", "", "routes.go: the file is gone"},
		"no migrations": {"migrations/migrations.go", "", "", "migrations/migrations.go: the file is gone"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			app := newApp(t)
			if test.old == "" {
				if err := os.Remove(filepath.Join(app, test.file)); err != nil {
					t.Fatal(err)
				}
			} else {
				write(t, app, test.file, strings.Replace(read(t, app)[test.file], test.old, test.new, 1))
			}
			before := read(t, app)
			got := run(t, app, "make:resource", "Post", "-p").want(t, 2)
			line := "post.Routes(users.Guard(), db) // each user's own"
			if strings.HasPrefix(test.file, "migrations") {
				line = "createPosts(),"
			}
			if !strings.Contains(got.errors, test.want) || !strings.Contains(got.errors, line) || strings.Count(got.errors, "\n") != 1 {
				t.Error(got.errors)
			}
			if !strings.Contains(got.out, "conflict  "+test.file) || strings.Contains(got.out, "create") {
				t.Error(got.out)
			}
			if after := read(t, app); !maps.Equal(after, before) {
				t.Error("something was written")
			}
		})
	}
}

func TestALineThatTheOwnerAddedByHandIsTaken(t *testing.T) {
	app := newApp(t)
	routes := strings.Replace(read(t, app)["routes.go"], "func routes(", "func setup(", 1)
	routes = strings.Replace(routes, "\n}", "\n\tpost.Routes(users.Guard(), db)\n}", 1)
	routes = strings.Replace(routes, `"example.com/blog/internal/auth"`, "\"example.com/blog/app/post\"\n\t\"example.com/blog/internal/auth\"", 1)
	write(t, app, "routes.go", routes)
	got := run(t, app, "make:resource", "Post", "-p").want(t, 0)
	if !strings.Contains(got.out, "identical  routes.go") || read(t, app)["routes.go"] != routes {
		t.Error(got.out)
	}
}

func TestTheModuleOfGoModIsUsed(t *testing.T) {
	app := newApp(t)
	files := read(t, app)
	write(t, app, "go.mod", strings.Replace(files["go.mod"], "example.com/blog", "github.com/me/site", 1))
	write(t, app, "routes.go", strings.ReplaceAll(files["routes.go"], "example.com/blog", "github.com/me/site"))
	run(t, app, "make:resource", "Post").want(t, 0)
	files = read(t, app)
	if !strings.Contains(files["routes.go"], `"github.com/me/site/app/post"`) || !strings.Contains(files["app/post/handlers.go"], `"github.com/me/site/internal/web"`) {
		t.Error(files["routes.go"])
	}
}

func TestMigrationsOfOneSecondKeepTheirOrder(t *testing.T) {
	t.Setenv("SOURCE_DATE_EPOCH", "1790000000")
	app := newApp(t)
	var ids []string
	for _, name := range []string{"Tag", "Post", "Author"} {
		run(t, app, "make:resource", name).want(t, 0)
	}
	for name := range read(t, app) {
		if id, ok := strings.CutPrefix(name, "migrations/2026092"); ok {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	if want := []string{"1141320_create_tags.go", "1141321_create_posts.go", "1141322_create_authors.go"}; !slices.Equal(ids, want) {
		t.Errorf("got %v", ids)
	}
}

func TestCommandsAtTheSameTimeWaitForEachOther(t *testing.T) {
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
		if !strings.Contains(files["routes.go"], strings.ToLower(name)+".Routes(api, db)") || !strings.Contains(files["migrations/migrations.go"], "create"+name+"s(),") {
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
		t.Error("something was written")
	}
}

func TestJSONIsOneDocument(t *testing.T) {
	app := newApp(t)
	type document struct {
		Schema     int
		Command    string
		Files      []struct{ Path, Action, Class string }
		Routes     []struct{ Method, Path, Access string }
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
	made := decode(run(t, app, "make:resource", "Post", "-p", "--json"))
	if made.Command != "make:resource" || len(made.Files) != 7 || len(made.Routes) != 6 || len(made.Migrations) != 1 || len(made.Warnings) != 1 {
		t.Errorf("%+v", made)
	}
	if f := made.Files[len(made.Files)-1]; f.Path != "routes.go" || f.Action != "update" || f.Class != "shared" {
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

func TestQuietWritesErrorsOnly(t *testing.T) {
	app := newApp(t)
	if got := run(t, app, "make:resource", "Post", "x:text", "--quiet").want(t, 0); got.out+got.errors != "" {
		t.Error(got)
	}
	if got := run(t, app, "make:resource", "Type", "--quiet").want(t, 4); got.errors == "" {
		t.Error(got)
	}
}

func TestWithoutFieldsAResourceHasANameAndSaysSo(t *testing.T) {
	app := newApp(t)
	got := run(t, app, "make:resource", "Tag").want(t, 0)
	if !strings.Contains(got.errors, "so Tag has name:string") || !strings.Contains(got.errors, "fastgo make:resource Tag title:string body:text") {
		t.Error(got.errors)
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

func BenchmarkNew(b *testing.B) {
	dir := b.TempDir()
	for b.Loop() {
		run(b, dir, "new", "blog", "--no-git").want(b, 0)
		b.StopTimer()
		os.RemoveAll(filepath.Join(dir, "blog"))
		b.StartTimer()
	}
}

func BenchmarkMakeResource(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		app := newApp(b)
		b.StartTimer()
		run(b, app, "make:resource", "Post", "title:string", "body:text", "-p").want(b, 0)
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

// read returns what every file and empty folder below a folder holds.
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
