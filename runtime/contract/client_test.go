package contract

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"fastgo/runtime/database/dbtest"
)

// tools are programs for API documents, at the versions in the lock file.
type tools struct{ dir string }

// install starts installing the tools; ready waits for them. The test is skipped
// without node.
func install(t *testing.T) (n tools, ready func() []byte) {
	t.Helper()
	if testing.Short() {
		t.Skip("installs programs and compiles an application")
	}
	for _, needed := range []string{"node", "npm"} {
		if _, err := exec.LookPath(needed); err != nil {
			t.Skip(needed + " is not installed")
		}
	}
	dir := t.TempDir()
	must(t, os.CopyFS(dir, os.DirFS(filepath.Join("testdata", "client"))))
	return tools{dir}, begin(t, dir, "npm", "ci", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier")
}

// run executes a tool and returns its output; it ends the test on failure.
func (n tools) run(t *testing.T, name string, args ...string) []byte {
	t.Helper()
	return output(t, n.dir, filepath.Join(n.dir, "node_modules", ".bin", name), args...)
}

// TestOtherToolsAcceptTheDocument passes the API document to two linters and to a
// generator of TypeScript types; the client is compiled and calls the application.
func TestOtherToolsAcceptTheDocument(t *testing.T) {
	n, ready := install(t)
	blog := writeBlog(t)
	ready()
	must(t, os.WriteFile(filepath.Join(n.dir, "openapi.json"), output(t, blog.dir, blog.program, "openapi"), 0o600))

	t.Run("Spectral", func(t *testing.T) {
		n.run(t, "spectral", "lint", "openapi.json", "--ruleset", "spectral.json", "--fail-severity", "hint")
	})
	t.Run("Redocly", func(t *testing.T) {
		found := n.run(t, "redocly", "lint", "openapi.json", "--extends", "recommended", "--format", "json")
		var report struct {
			Totals struct{ Errors, Warnings int }
		}
		must(t, json.Unmarshal(found, &report))
		if report.Totals.Errors+report.Totals.Warnings > 0 {
			t.Errorf("it reports:\n%s", found)
		}
	})
	t.Run("TypeScript", func(t *testing.T) {
		n.run(t, "openapi-typescript", "openapi.json", "--output", filepath.Join("src", "api.d.ts"))
		n.run(t, "tsc", "--project", ".")
		output(t, n.dir, "node", filepath.Join("dist", "main.js"), blog.serve(t, "DATABASE_URL="+dbtest.URL(t)))
	})
}
