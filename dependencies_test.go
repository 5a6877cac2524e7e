package main

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"
)

// TestDirectDependenciesAreListed compares CONTRIBUTING.md with the modules of fastgo and
// of the applications, which must use the same versions.
func TestDirectDependenciesAreListed(t *testing.T) {
	page, err := os.ReadFile("CONTRIBUTING.md")
	if err != nil {
		t.Fatal(err)
	}
	required := map[string]bool{}
	for _, name := range []string{"go.mod", "testdata/blog/go.mod"} {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		module, err := modfile.ParseLax(name, content, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range module.Require {
			row := fmt.Sprintf("| %s | %s |", r.Mod.Path, r.Mod.Version)
			if !r.Indirect && !strings.Contains(string(page), "\n"+row) {
				t.Errorf("%s requires %s %s, which CONTRIBUTING.md does not list", name, r.Mod.Path, r.Mod.Version)
			}
			required[row] = required[row] || !r.Indirect
		}
	}
	for line := range strings.Lines(string(page)) {
		cells := strings.Split(line, " | ")
		if len(cells) == 6 && cells[1] != "version" && strings.HasPrefix(cells[1], "v") && !required[strings.Join(cells[:2], " | ")+" |"] {
			t.Errorf("neither module requires %s %s", cells[0], cells[1])
		}
	}
}
