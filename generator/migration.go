package generator

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"fastgo/generator/field"
)

// migrationList is the file that lists the migrations of an application.
const migrationList = "migrations/migrations.go"

// stamp is the layout of the time that begins the id of a migration.
const stamp = "20060102150405"

// made are the names of the migrations of an application, without their .go.
type made []string

func madeMigrations(app fs.FS) (made, error) {
	entries, err := fs.ReadDir(app, path.Dir(migrationList))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var names made
	for _, e := range entries {
		name, isGo := strings.CutSuffix(e.Name(), ".go")
		if isGo && len(name) > len(stamp) && field.IsNumber(name[:len(stamp)]) && name[len(stamp)] == '_' {
			names = append(names, name)
		}
	}
	return names, nil
}

// next returns a time that no migration has yet and that comes after all of
// them: two made within one second, or by clocks that disagree, stay in order.
func (m made) next(now time.Time) string {
	next := now.UTC().Format(stamp)
	for _, name := range slices.Backward(slices.Sorted(slices.Values(m))) {
		if name < next {
			break
		}
		if t, err := time.Parse(stamp, name[:len(stamp)]); err == nil {
			return t.Add(time.Second).Format(stamp)
		}
	}
	return next
}

// creates returns the file of the migration that makes a table; "" if there is none.
func (m made) creates(table string) string {
	if id := m.creating(table); id != "" {
		return migrationFile(id)
	}
	return ""
}

// creating returns the id of the migration that makes a table.
func (m made) creating(table string) string {
	for _, name := range m {
		if id := migrationID(name); id[len(stamp):] == "_create_"+table {
			return id
		}
	}
	return ""
}

// migrationFile is where a migration is written.
func migrationFile(id string) string { return path.Join(path.Dir(migrationList), goFile(id)+".go") }

// goFile is a name that ends like no system: create_windows.go would be built
// for that one only. What would then look like another gets one table more.
func goFile(name string) string {
	if endsInSystem(name) {
		return name + "_table"
	}
	return name
}

// migrationID is the id of a migration whose file has that name.
func migrationID(file string) string {
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
