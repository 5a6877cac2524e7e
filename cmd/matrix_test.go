package cmd_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"fastgo/generator/field"
)

// A mode is an access mode, with its flags and those of the resource that the
// fields reference.
type mode struct {
	name          string
	flags, target []string
	owned         bool
}

func modes() []mode {
	role := []string{"--role", "admin"}
	return []mode{
		{"Public", nil, nil, false},
		{"Own", []string{"-p"}, []string{"-p"}, true},
		{"Shared", []string{"--shared"}, []string{"--shared"}, false},
		{"Read", []string{"--public-read"}, []string{"-p"}, true},
		{"Admin", role, role, false},
		{"Nested", []string{"-p", "--parent", "NestedTarget"}, []string{"-p"}, true},
		{"Soft", []string{"--public-read", "--parent", "SoftTarget", "--soft-delete"}, []string{"--public-read", "--soft-delete"}, true},
	}
}

// TestMatrix creates an application with every field type, alone and with every
// modifier it allows, in every access mode. Its tests send each value and read it
// back. FASTGO_MATRIX=all runs them under the race detector, and all of them on
// PostgreSQL too.
func TestMatrix(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles an application")
	}
	t.Setenv("TEST_DATABASE_URL", "")
	app := newApp(t)
	var packages []string
	for _, mode := range modes() {
		packages = append(packages, mode.make(t, app, mode.fields(2))...)
	}
	tool(t, app, "gofmt", "-l", ".")
	tool(t, app, "go", "vet", "./...")
	tool(t, app, "go", "run", staticcheck, "./...")
	arguments := []string{"test", "-vet=off"}
	if wholeMatrix() {
		arguments = append(arguments, "-race")
	}
	tool(t, app, "go", slices.Concat(arguments, packages)...)
}

// TestMatrixOnPostgreSQL creates one application per access mode, because each
// test creates all tables. By default the fields are divided among them.
func TestMatrixOnPostgreSQL(t *testing.T) {
	if testing.Short() || os.Getenv("TEST_DATABASE_URL") == "" {
		t.Skip("compiles applications, for TEST_DATABASE_URL")
	}
	for i, mode := range modes() {
		t.Run(mode.name, func(t *testing.T) {
			parts := mode.fields(2)
			if !wholeMatrix() {
				parts = mode.fields(len(modes()))[i:][:1]
			}
			app := newApp(t)
			tool(t, app, "go", slices.Concat([]string{"test", "-race", "-vet=off"}, mode.make(t, app, parts))...)
		})
	}
}

func wholeMatrix() bool { return os.Getenv("FASTGO_MATRIX") == "all" }

// fields divides the fields that this access mode allows into n parts. They
// reference the mode's target.
func (m mode) fields(n int) [][]string {
	parts := dealt(field.Matrix(m.name+"Target"), n)
	for i := range parts {
		parts[i] = slices.DeleteFunc(parts[i], func(f string) bool { return !m.owned && strings.HasSuffix(f, "unique=global") })
	}
	return parts
}

// make creates the resources of an access mode, one per part of the fields, with
// the resource they reference, and returns their packages.
func (m mode) make(t *testing.T, app string, parts [][]string) (packages []string) {
	run(t, app, slices.Concat([]string{"make:resource", m.name + "Target", "name:string"}, m.target)...).want(t, 0)
	for i, fields := range parts {
		name := m.name + []string{"One", "Two"}[i]
		run(t, app, slices.Concat([]string{"make:resource", name}, fields, m.flags)...).want(t, 0)
		packages = append(packages, "./app/"+strings.ToLower(name))
	}
	return packages
}

// dealt divides a list into n parts round-robin.
func dealt(all []string, n int) [][]string {
	parts := make([][]string, n)
	for i, one := range all {
		parts[i%n] = append(parts[i%n], one)
	}
	return parts
}

// TestMatrixIsComplete checks the number of fields per type, so that none is
// dropped unnoticed.
func TestMatrixIsComplete(t *testing.T) {
	got := map[string]int{}
	for _, field := range field.Matrix("Post") {
		name, _, _ := strings.Cut(field, "_")
		got[name]++
	}
	for name, want := range map[string]int{
		"string": 16, "text": 12, "slug": 14, "email": 14, "url": 10, "phone": 14, "color": 14, "ip": 14, "uuid": 14, "time": 14, "file": 14, "image": 14,
		"int": 17, "bigint": 17, "float": 15, "decimal": 17, "money": 17, "percent": 17, "bool": 11, "date": 13, "datetime": 13, "json": 5, "enum": 9,
		"ref": 10, "belongs": 10,
	} {
		if got[name] != want {
			t.Errorf("%s has %d fields, want %d", name, got[name], want)
		}
		delete(got, name)
	}
	if len(got) > 0 {
		t.Errorf("unexpected types: %v", got)
	}
}
