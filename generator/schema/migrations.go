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

// Stamp is the layout of the time that begins the id of a migration.
const Stamp = "20060102150405"

// Migrations are the names of the migrations of an application, without their .go.
type Migrations []string

// LoadMigrations reads the names of the migrations of an application.
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

// Next returns a time that no migration has yet and that comes after all of
// them: two made within one second, or by clocks that disagree, stay in order.
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

// Creates returns the file of the migration that makes a table; "" if there is none.
func (m Migrations) Creates(table string) string {
	if id := m.Creating(table); id != "" {
		return MigrationFile(id)
	}
	return ""
}

// Creating returns the id of the migration that makes a table.
func (m Migrations) Creating(table string) string {
	for _, name := range m {
		if id := MigrationID(name); id[len(Stamp):] == "_create_"+table {
			return id
		}
	}
	return ""
}

// MigrationFile is where a migration is written.
func MigrationFile(id string) string { return path.Join(path.Dir(MigrationList), GoFile(id)+".go") }

// GoFile is a name that ends like no system: create_windows.go would be built
// for that one only. What would then look like another gets one table more.
func GoFile(name string) string {
	if endsInSystem(name) {
		return name + "_table"
	}
	return name
}

// MigrationID is the id of a migration whose file has that name.
func MigrationID(file string) string {
	if id, cut := strings.CutSuffix(file, "_table"); cut && endsInSystem(id) {
		return id
	}
	return file
}

// endsInSystem reports whether a name ends in that of a system, or would but for
// what goFile adds.
func endsInSystem(name string) bool {
	for strings.HasSuffix(name, "_table") {
		name = strings.TrimSuffix(name, "_table")
	}
	i := strings.LastIndex(name, "_")
	return i >= 0 && isSystem(name[i+1:])
}

// isSystem names what Go takes for a system or a processor at the end of a
// file's name.
func isSystem(word string) bool {
	return slices.Contains([]string{
		"aix", "android", "darwin", "dragonfly", "freebsd", "hurd", "illumos", "ios", "js", "linux", "nacl", "netbsd",
		"openbsd", "plan9", "solaris", "wasip1", "windows", "zos",
		"386", "amd64", "amd64p32", "arm", "armbe", "arm64", "arm64be", "loong64", "mips", "mipsle", "mips64", "mips64le",
		"mips64p32", "mips64p32le", "ppc", "ppc64", "ppc64le", "riscv", "riscv64", "s390", "s390x", "sparc", "sparc64", "wasm",
		"test",
	}, word)
}
