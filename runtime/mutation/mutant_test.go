package mutation

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A mutant is the application with one fault.
type mutant struct {
	name     string
	tests    string // the package whose tests have to find it
	edits    []edit
	postgres bool // SQLite would not show it
}

// An edit replaces text in a file of the application: the first occurrence after at,
// or the only one if at is empty.
type edit struct{ file, at, old, new string }

// A fault is the name of a mutant and its edit, without the file.
type fault struct{ name, at, old, new string }

// in returns mutants for the faults of one file.
func in(file, tests string, faults ...fault) []mutant {
	var all []mutant
	for _, f := range faults {
		all = append(all, mutant{name: f.name, tests: tests, edits: []edit{{file, f.at, f.old, f.new}}})
	}
	return all
}

// onPostgres marks mutants that can only be detected on PostgreSQL.
func onPostgres(all []mutant) []mutant {
	for i := range all {
		all[i].postgres = true
	}
	return all
}

// find returns the position of the old text in a source.
func (e edit) find(source string) (begin, end int, err error) {
	if n := strings.Count(source, e.at); e.at != "" && n != 1 {
		return 0, 0, fmt.Errorf("%s: %q occurs %d times", e.file, e.at, n)
	}
	begin = strings.Index(source, e.at) + len(e.at)
	if n := strings.Count(source[begin:], e.old); n == 0 || n > 1 && e.at == "" {
		return 0, 0, fmt.Errorf("%s: %q occurs %d times", e.file, e.old, n)
	}
	begin += strings.Index(source[begin:], e.old)
	return begin, begin + len(e.old), nil
}

// path returns the file that the edit changes.
func (e edit) path(t *testing.T, a application) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(a.dir, filepath.FromSlash(e.file)))
	must(t, err)
	if len(files) != 1 {
		t.Fatalf("%s names %d files", e.file, len(files))
	}
	return files[0]
}

// sources returns the files with the edits of the mutant.
func (m mutant) sources(t *testing.T, a application) map[string]string {
	t.Helper()
	sources := map[string]string{}
	for _, e := range m.edits {
		file := e.path(t, a)
		if sources[file] == "" {
			sources[file] = readFile(t, file)
		}
		begin, end, err := e.find(sources[file])
		must(t, err)
		sources[file] = sources[file][:begin] + e.new + sources[file][end:]
	}
	return sources
}

// overlay writes an overlay that replaces files by these sources for the go command.
func overlay(t *testing.T, sources map[string]string) string {
	t.Helper()
	temp := t.TempDir()
	replace := map[string]string{}
	for file, source := range sources {
		replace[file] = filepath.Join(temp, fmt.Sprintf("%d.go", len(replace)))
		must(t, os.WriteFile(replace[file], []byte(source), 0o600))
	}
	shown, err := json.Marshal(map[string]any{"Replace": replace})
	must(t, err)
	file := filepath.Join(temp, "overlay.json")
	must(t, os.WriteFile(file, shown, 0o600))
	return file
}

func readFile(t *testing.T, file string) string {
	t.Helper()
	content, err := os.ReadFile(file)
	must(t, err)
	return string(content)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
