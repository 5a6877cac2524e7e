package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"fastgo/runtime/database/dbtest"
)

// story is the tutorial that builds a blog.
const story = "docs/blog.md"

// TestBlogStory runs every command of the tutorial in a shell, on each
// database. The TypeScript client at its end needs npm.
func TestBlogStory(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles the application")
	}
	for name, address := range map[string]func(testing.TB) string{"SQLite": nil, "PostgreSQL": dbtest.Postgres} {
		t.Run(name, func(t *testing.T) {
			var env []string
			if address != nil {
				env = []string{"DATABASE_URL=" + address(t)}
			}
			folder := t.TempDir()
			page := readPage(t, story)
			if !prepareClient(t, page, filepath.Join(folder, "client")) {
				page = page.before("../client")
			}
			// The generated application's own tests run on SQLite; npm's warnings
			// depend on the machine.
			env = append(env, "TEST_DATABASE_URL=", "NPM_CONFIG_LOGLEVEL=error")
			page.replay(t, folder, env, func(command string) string { return command })
		})
	}
}

// prepareClient installs the client's dependencies and writes the client. It
// returns false if npm is not installed.
func prepareClient(t *testing.T, p page, dir string) bool {
	t.Helper()
	if _, err := exec.LookPath("npm"); err != nil {
		t.Log("npm is not installed: skipping the client")
		return false
	}
	if err := os.MkdirAll(filepath.Join(dir, "src"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{"package.json", "package-lock.json", "tsconfig.json"} {
		content, err := os.ReadFile(filepath.Join("runtime", "contract", "testdata", "client", file))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, file), content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	_, client, _ := strings.Cut(strings.Join(p.lines, ""), "```ts\n")
	client, _, _ = strings.Cut(client, "```")
	if err := os.WriteFile(filepath.Join(dir, "src", "main.ts"), []byte(client), 0o644); err != nil {
		t.Fatal(err)
	}
	run(t, dir, nil, "npm", "ci", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund")
	return true
}

// before returns the page up to the first command that contains text.
func (p page) before(text string) page {
	for i, step := range p.steps {
		if strings.Contains(step.command, text) {
			p.steps = p.steps[:i]
			break
		}
	}
	return p
}
