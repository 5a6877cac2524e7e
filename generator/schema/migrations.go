package schema

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"fastgo/generator/field"
)

// MigrationList is the file that lists the migrations of an application.
const MigrationList = "migrations/migrations.go"

// Stamp is the layout of the time at the start of a migration ID.
const Stamp = "20060102150405"

// Migrations are the file names of migrations, without .go.
type Migrations []string

// LoadMigrations lists the migrations of an application.
func LoadMigrations(app fs.FS) (Migrations, error) {
	entries, err := fs.ReadDir(app, path.Dir(MigrationList))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var names Migrations
	for _, e := range entries {
		name, isGo := strings.CutSuffix(e.Name(), ".go")
		if isGo && len(name) > len(Stamp) && field.IsNumber(name[:len(Stamp)]) && name[len(Stamp)] == '_' {
			names = append(names, name)
		}
	}
	return names, nil
}

// Next returns a time after that of all migrations, so that those created within
// one second, or on machines with different clocks, stay in order.
func (m Migrations) Next(now time.Time) string {
	next := now.UTC().Format(Stamp)
	for _, name := range slices.Backward(slices.Sorted(slices.Values(m))) {
		if name < next {
			break
		}
		if t, err := time.Parse(Stamp, name[:len(Stamp)]); err == nil {
			return t.Add(time.Second).Format(Stamp)
		}
	}
	return next
}

// Creates returns the file of the migration that creates a table, or "".
func (m Migrations) Creates(table string) string {
	if id := m.Creating(table); id != "" {
		return MigrationFile(id)
	}
	return ""
}

// Creating returns the ID of the migration that creates a table.
func (m Migrations) Creating(table string) string {
	for _, name := range m {
		if id := MigrationID(name); id[len(Stamp):] == "_create_"+table {
			return id
		}
	}
	return ""
}

// MigrationFile returns the path of a migration.
func MigrationFile(id string) string { return path.Join(path.Dir(MigrationList), GoFile(id)+".go") }

// GoFile returns a file name without a GOOS or GOARCH suffix: create_windows.go
// would be built on Windows only, so _table is appended.
func GoFile(name string) string {
	if endsInSystem(name) {
		return name + "_table"
	}
	return name
}

// MigrationID returns the ID of the migration with a file name.
func MigrationID(file string) string {
	if id, cut := strings.CutSuffix(file, "_table"); cut && endsInSystem(id) {
		return id
	}
	return file
}

// endsInSystem reports whether a name has a GOOS or GOARCH suffix, or would have one
// without the addition of GoFile.
func endsInSystem(name string) bool {
	for strings.HasSuffix(name, "_table") {
		name = strings.TrimSuffix(name, "_table")
	}
	i := strings.LastIndex(name, "_")
	return i >= 0 && isSystem(name[i+1:])
}

// isSystem reports whether Go treats the word as a GOOS or GOARCH suffix.
func isSystem(word string) bool {
	return slices.Contains([]string{
		"aix", "android", "darwin", "dragonfly", "freebsd", "hurd", "illumos", "ios", "js", "linux", "nacl", "netbsd",
		"openbsd", "plan9", "solaris", "wasip1", "windows", "zos",
		"386", "amd64", "amd64p32", "arm", "armbe", "arm64", "arm64be", "loong64", "mips", "mipsle", "mips64", "mips64le",
		"mips64p32", "mips64p32le", "ppc", "ppc64", "ppc64le", "riscv", "riscv64", "s390", "s390x", "sparc", "sparc64", "wasm",
		"test",
	}, word)
}
