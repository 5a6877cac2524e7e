package cmd_test

import (
	"slices"
	"strings"
	"testing"

	"fastgo/generator"
)

// TestMatrix makes one application of every type of field, alone and with
// every modifier that it may have, under every access. Its tests send each
// value and read it back.
func TestMatrix(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles an application")
	}
	app := newApp(t)
	for _, mode := range []struct {
		name  string
		flags []string
	}{
		{"Public", nil},
		{"Own", []string{"-p"}},
		{"Shared", []string{"--shared"}},
		{"Read", []string{"--public-read"}},
		{"Admin", []string{"--role", "admin"}},
		{"Nested", []string{"-p", "--parent", "OwnTarget"}},
		{"Soft", []string{"-p", "--soft-delete"}},
	} {
		target := mode.name + "Target"
		run(t, app, slices.Concat([]string{"make:resource", target, "name:string"}, mode.flags)...).want(t, 0)
		owned := !slices.Contains([]string{"Public", "Shared", "Admin"}, mode.name)
		for i, fields := range dealt(generator.FieldMatrix(target), 5) {
			name := mode.name + []string{"One", "Two", "Three", "Four", "Five"}[i]
			fields = slices.DeleteFunc(fields, func(f string) bool { return !owned && strings.HasSuffix(f, "unique=global") })
			run(t, app, slices.Concat([]string{"make:resource", name}, fields, mode.flags)...).want(t, 0)
		}
	}
	tool(t, app, "gofmt", "-l", ".")
	tool(t, app, "go", "vet", "./...")
	tool(t, app, "go", "run", staticcheck, "./...")
	tool(t, app, "go", "test", "-race", "./app/...")
}

// dealt parts a list into n, so that what follows each other comes apart.
func dealt(all []string, n int) [][]string {
	parts := make([][]string, n)
	for i, one := range all {
		parts[i%n] = append(parts[i%n], one)
	}
	return parts
}
