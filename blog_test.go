package main

import (
	"bytes"
	"errors"
	"flag"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fastgo/cmd"
)

var update = flag.Bool("update", false, "rewrite testdata/blog")

// blog is the generated application that is committed.
const blog = "testdata/blog"

// fastgo runs a command as a user does and fails the test unless it succeeds.
func fastgo(t testing.TB, args ...string) string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if code := cmd.Run(args, strings.NewReader(""), &stdout, &stderr); code != 0 {
		t.Fatalf("fastgo %s: exit code %d\n%s%s", strings.Join(args, " "), code, &stdout, &stderr)
	}
	return stdout.String()
}

// writeBlog generates the application in testdata/blog.
func writeBlog(t testing.TB, dir string) {
	t.Helper()
	t.Setenv("SOURCE_DATE_EPOCH", "1767225600") // 2026-01-01
	fastgo(t, "new", dir, "--no-git")
	fastgo(t, "-C", dir, "make:resource", "Post", "title:string:max=200", "body:text", "published:bool", "-p")
}

// TestBlog fails if testdata/blog is not exactly what fastgo generates. The .env
// is left out because it contains a random secret.
func TestBlog(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "blog")
	writeBlog(t, dir)
	if err := os.Remove(filepath.Join(dir, ".env")); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.RemoveAll(blog); err != nil {
			t.Fatal(err)
		}
		if err := os.CopyFS(blog, os.DirFS(dir)); err != nil {
			t.Fatal(err)
		}
		return
	}
	written, kept := readTree(t, dir), readTree(t, blog)
	for name, content := range written {
		if other, ok := kept[name]; !ok {
			t.Errorf("%s is not in %s", name, blog)
		} else if other != content {
			t.Errorf("%s differs from the one in %s", name, blog)
		}
	}
	for name := range kept {
		if _, ok := written[name]; !ok {
			t.Errorf("%s is in %s, but fastgo does not generate it", name, blog)
		}
	}
	if t.Failed() {
		t.Log("regenerate it with go test . -run TestBlog -update, and read the diff")
	}
}

// readTree returns the files in a directory except databases.
func readTree(t *testing.T, root string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || slices.Contains([]string{".db", ".db-shm", ".db-wal"}, filepath.Ext(name)) {
			return err
		}
		content, err := os.ReadFile(filepath.Join(root, name))
		files[name] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestBlogPasses runs the checks of the generated application's own CI.
func TestBlogPasses(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles the application")
	}
	dir := filepath.Join(t.TempDir(), "blog")
	writeBlog(t, dir)
	if out := run(t, dir, nil, "gofmt", "-l", "."); out != "" {
		t.Errorf("gofmt would change:\n%s", out)
	}
	run(t, dir, nil, "go", "mod", "tidy", "-diff")
	run(t, dir, nil, "go", "vet", "./...")
	run(t, dir, nil, staticcheck(t), "./...")
	run(t, dir, nil, "go", "test", "./...")
}

// TestBlogPassesWithoutCgo builds and tests the generated application without a
// C compiler.
func TestBlogPassesWithoutCgo(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles the application")
	}
	dir := filepath.Join(t.TempDir(), "blog")
	writeBlog(t, dir)
	goroot := strings.TrimSpace(run(t, dir, nil, "go", "env", "GOROOT"))
	without := []string{"CGO_ENABLED=0", "PATH=" + filepath.Join(goroot, "bin")}
	if _, err := exec.LookPath(filepath.Join(goroot, "bin", "gcc")); !errors.Is(err, fs.ErrNotExist) {
		t.Fatal("gcc is in the same directory as go")
	}
	run(t, dir, without, "go", "test", "./...")
}

// run executes a program and returns its output; it ends the test on failure.
func run(t testing.TB, dir string, env []string, name string, args ...string) string {
	t.Helper()
	program := exec.Command(name, args...)
	program.Dir = dir
	program.Env = append(append(os.Environ(), "GOWORK=off"), env...)
	out, err := program.CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

// staticcheck returns the path of staticcheck, which it installs if missing.
func staticcheck(t testing.TB) string {
	t.Helper()
	path, err := exec.LookPath("staticcheck")
	if err != nil {
		gopath := strings.TrimSpace(run(t, ".", nil, "go", "env", "GOPATH"))
		path = filepath.Join(gopath, "bin", "staticcheck")
	}
	if _, err := os.Stat(path); err != nil {
		run(t, ".", nil, "go", "install", "honnef.co/go/tools/cmd/staticcheck@v0.8.2")
	}
	return path
}
