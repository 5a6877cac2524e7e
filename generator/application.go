package generator

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/mod/module"

	"fastgo/generator/fail"
	"fastgo/generator/golang"
	"fastgo/generator/name"
	"fastgo/generator/plan"
	"fastgo/generator/project"
)

// An Application is the data of the templates in templates/app.
type Application struct {
	Name     string // the name of its directory
	Module   string
	Database string // sqlite or postgres
	Secret   string // the key that signs tokens
	Version  string // of fastgo
}

// longestApp leaves room in names of temporary files, hosts and databases.
const longestApp = 64

// NewApplication validates the name and the options of an application; an empty
// module path becomes example.com/<name>.
func NewApplication(folder, modulePath, database string) (Application, error) {
	var errs []error
	why := badAppName(folder)
	if why != "" {
		errs = append(errs, fail.Usage("application %q: %s", folder, why))
	}
	if modulePath == "" {
		modulePath = "example.com/" + folder
	} else if why := badModule(modulePath); why != "" {
		errs = append(errs, fail.Usage("--module %q: %s", modulePath, why))
	}
	if databases := []string{"sqlite", "postgres"}; !slices.Contains(databases, database) {
		errs = append(errs, fail.Usage("--db %q: unknown database%s", database, name.OneOf(database, databases)))
	}
	return Application{Name: folder, Module: modulePath, Database: database}, fail.Join(errs...)
}

// badAppName returns why a name cannot be that of a directory and module, or "".
func badAppName(folder string) string {
	switch {
	case folder == "":
		return "missing name, such as blog"
	case len(folder) > longestApp:
		return fmt.Sprintf("%d characters are too long: at most %d are allowed", len(folder), longestApp)
	case name.IsDevice(strings.ToLower(folder)):
		return "not a valid directory name on Windows: use another one, such as my" + strings.ToLower(folder)
	case folder == "vendor" || folder == "internal" || folder == "testdata":
		return "special meaning in Go: use another name, such as my" + folder
	}
	for _, r := range folder {
		if r == ' ' || r != '.' && !name.IsRune(r) {
			return fmt.Sprintf("%q is not allowed: use letters a to z, digits, -, _ and .", r) + name.SuggestASCII(strings.ReplaceAll(folder, " ", "-"))
		}
	}
	if err := module.CheckPath("example.com/" + folder); err != nil || strings.ContainsAny(folder[:1], "-_.") {
		return "must start and end with a letter or digit, such as blog"
	}
	return ""
}

// badModule returns why a module path would not build, or "".
func badModule(modulePath string) string {
	if err := module.CheckImportPath(modulePath); err != nil {
		return "not a module path, such as github.com/me/blog"
	}
	elements := strings.Split(modulePath, "/")
	if slices.Contains(elements, "vendor") || slices.Contains(elements, "testdata") {
		return "elements vendor and testdata have a special meaning in Go: use another path"
	}
	if isStandard(elements[0]) {
		return fmt.Sprintf("%s is a standard library package: start the path with a host, such as example.com/%s", elements[0], modulePath)
	}
	return ""
}

// isStandard reports whether Go reserves the first element of an import path.
func isStandard(element string) bool {
	return slices.Contains([]string{
		"all", "archive", "arena", "bufio", "builtin", "bytes", "C", "cmd", "cmp", "compress", "container", "context",
		"crypto", "database", "debug", "embed", "encoding", "errors", "expvar", "flag", "fmt", "go", "hash", "html",
		"image", "index", "internal", "io", "iter", "log", "main", "maps", "math", "mime", "net", "os", "path", "plugin",
		"reflect", "regexp", "runtime", "slices", "sort", "std", "strconv", "strings", "structs", "sync", "syscall",
		"testing", "text", "time", "tool", "unicode", "unique", "unsafe", "vendor", "weak", "work",
	}, element)
}

// DatabaseURL returns the URL of the development database.
func (a Application) DatabaseURL() string {
	if a.Database == "postgres" {
		return "postgres://app:app@localhost:5432/app?sslmode=disable" // as in compose.yaml
	}
	return "sqlite:" + a.Name + ".db"
}

// New plans a whole application.
func New(s golang.Source, app Application) (plan.Plan, error) {
	internal, err := s.Packages(app.Module)
	if err != nil {
		return plan.Plan{}, err
	}
	own, err := s.Application(app.Module, app)
	if err != nil {
		return plan.Plan{}, err
	}
	for _, f := range own {
		if f.Path == "go.mod" && strings.Contains(string(f.Data), "\t"+app.Module+" v") {
			return plan.Plan{}, fail.Usage("--module %q: the application depends on a module with that path: use another one", app.Module)
		}
	}
	state, err := project.Encode(project.Project{Schema: project.Schema, Fastgo: app.Version, Database: app.Database})
	if err != nil {
		return plan.Plan{}, err
	}
	p := plan.Plan{Changes: createdAll(slices.Concat(own, internal, []golang.File{{Path: project.File, Data: state}}))}
	slices.SortFunc(p.Changes, func(a, b plan.Change) int { return strings.Compare(a.Path, b.Path) })
	return p, nil
}
