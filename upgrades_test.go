package main

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"golang.org/x/tools/txtar"
)

// upgrades has a directory per released version: an application that it generated, and
// the same with edits.
const upgrades = "testdata/upgrades"

// unpacked returns the files of an archive. It must be formatted as by txtar.Format and
// contain each file once.
func unpacked(t *testing.T, name string) map[string]string {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	archive, files := txtar.Parse(content), map[string]string{}
	for _, file := range archive.Files {
		if _, twice := files[file.Name]; twice || !filepath.IsLocal(file.Name) {
			t.Fatalf("%s: the file %q is in it twice, or lies outside the application", name, file.Name)
		}
		files[file.Name] = string(file.Data)
	}
	if string(txtar.Format(archive)) != string(content) {
		t.Fatalf("%s: not in the form of an archive", name)
	}
	return files
}

// TestEditedApplicationsDifferAsTheirReadmeSays compares the names of the
// files in edited.txtar with those that the README lists.
func TestEditedApplicationsDifferAsTheirReadmeSays(t *testing.T) {
	for _, folder := range versions(t) {
		written, edited := unpacked(t, filepath.Join(folder, "written.txtar")), unpacked(t, filepath.Join(folder, "edited.txtar"))
		readme, err := os.ReadFile(filepath.Join(folder, "README.md"))
		if err != nil {
			t.Fatal(err)
		}
		listed := map[string]bool{}
		for _, name := range regexp.MustCompile("`([a-z0-9_/]+[.]go)`").FindAllStringSubmatch(string(readme), -1) {
			listed[name[1]] = true
		}
		if got, want := slices.Sorted(maps.Keys(edited)), slices.Sorted(maps.Keys(listed)); !slices.Equal(got, want) {
			t.Errorf("%s: edited are %q, the README lists %q", folder, got, want)
		}
		for name, content := range edited {
			if written[name] == content {
				t.Errorf("%s: %s was not edited", folder, name)
			}
		}
	}
}

// TestEditedApplicationsCompile checks that the applications to upgrade compile with
// their tests, which passed when they were added.
func TestEditedApplicationsCompile(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles the applications")
	}
	for _, folder := range versions(t) {
		dir := t.TempDir()
		files := unpacked(t, filepath.Join(folder, "written.txtar"))
		maps.Copy(files, unpacked(t, filepath.Join(folder, "edited.txtar")))
		for name, content := range files {
			path := filepath.Join(dir, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		run(t, dir, nil, "go", "vet", "./...")
	}
}

// versions returns the directories of the released versions.
func versions(t *testing.T) []string {
	t.Helper()
	folders, err := filepath.Glob(filepath.Join(upgrades, "*"))
	if err != nil || len(folders) == 0 {
		t.Fatalf("no versions: %v", err)
	}
	return folders
}
