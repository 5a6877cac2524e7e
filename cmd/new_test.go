package cmd_test

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

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

func TestNewGeneratesADifferentSecretEachTime(t *testing.T) {
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

func TestNewCreatesARepository(t *testing.T) {
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
		t.Error("a repository was created inside another one")
	}
}

func TestNewPrintsTheNextCommands(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "my code")
	got := run(t, t.TempDir(), "new", filepath.Join(folder, "blog"), "--no-git").want(t, 0)
	if !strings.Contains(got.out, "cd '"+filepath.Join(folder, "blog")+"'\n") {
		t.Error(got.out)
	}
}

func TestNewAcceptsAPath(t *testing.T) {
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

func TestNewRejectsUnusableDirectories(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "full/file", "mine")
	write(t, dir, "file", "mine")
	if err := os.Mkdir(filepath.Join(dir, "empty"), 0o755); err != nil {
		t.Fatal(err)
	}
	tests := map[string]string{
		"full":      "is not empty: use another name",
		"file":      "is not a directory: use another name",
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

func TestNewRemovesLeftoversOfAKilledRun(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, ".fastgo-new-123/go.mod", "half an application")
	run(t, dir, "new", "blog", "--no-git").want(t, 0)
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("%v: %v", err, entries)
	}
}

func TestApplicationNamesWorkOrAreRejected(t *testing.T) {
	works := []string{"Type", "Map", "Func", "Error", "User", "Auth", "Session", "Context", "Handler", "Init", "Main", "DB",
		"Framework", "order-item", "Category", "News", "Person", "1Post", "a/b", "../x", "my.app", "main", "test"}
	refused := map[string]string{
		"Café": "did you mean Cafe?", "文章": "letters a to z", "": "needs a name", "CON": "Windows", "nul": "Windows",
		strings.Repeat("a", 200): "at most 64", "vendor": "special meaning", "internal": "special meaning",
		"my app": "did you mean my-app?", ".": "name of a new directory", "..": "name of a new directory", "/": "name of a new directory",
		"-x": "", ".hidden": "must start and end", "x.": "must start and end", "a;b": "letters a to z",
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

func TestModulePathsWorkOrAreRejected(t *testing.T) {
	dir := t.TempDir()
	for _, path := range []string{"fmt", "internal/x", "a b", "x/vendor/y", "https://example.com/x", "/x", "文章", "gorm.io/gorm"} {
		run(t, dir, "new", "blog", "--no-git", "--module", path).want(t, 4)
	}
	if files := read(t, dir); len(files) > 0 {
		t.Fatalf("written: %v", files)
	}
	run(t, dir, "new", "blog", "--no-git", "--module", "zoo").want(t, 0)
	if main := read(t, dir)["blog/main.go"]; !strings.Contains(main, `"zoo/app"`) {
		t.Error(main)
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
