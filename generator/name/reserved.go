package name

import (
	"fmt"
	"go/token"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// MaxLength leaves room for the names of indexes and migrations within the
// 63 bytes that PostgreSQL allows.
const MaxLength = 40

// CheckLetters returns what is wrong with the characters of a name, or "".
func CheckLetters(s string) string {
	switch {
	case s == "":
		return "missing name, such as Post"
	case strings.ContainsAny(s, `/\.`):
		return "must be a name, not a path" + SuggestASCII(s[strings.LastIndexAny(s, `/\.`)+1:])
	case len(s) > MaxLength:
		return fmt.Sprintf("%d characters are too long: at most %d fit into a table name", len(s), MaxLength)
	case isDigit(s[0]):
		digits := s[:len(s)-len(strings.TrimLeft(s, "0123456789"))]
		return "must start with a letter" + SuggestASCII(s[len(digits):]+digits)
	case s[0] == '-' || s[0] == '_':
		return "must start with a letter" + SuggestASCII(strings.Trim(s, "-_ "))
	}
	for _, r := range s {
		if !IsRune(r) {
			return fmt.Sprintf("%q is not allowed: use letters a to z, digits, - and _", r) + SuggestASCII(s)
		}
	}
	if s != strings.TrimSpace(s) {
		return "must not start or end with a space" + SuggestASCII(strings.TrimSpace(s))
	}
	return ""
}

// IsRune reports whether a name may contain r.
func IsRune(r rune) bool {
	return r < unicode.MaxASCII && (IsUpper(byte(r)) || IsLower(byte(r)) || isDigit(byte(r)) || strings.ContainsRune("-_ ", r))
}

// SuggestASCII suggests the name without accents and other marks.
func SuggestASCII(s string) string {
	plain := strings.Map(func(r rune) rune {
		if IsRune(r) {
			return r
		}
		return -1
	}, norm.NFD.String(s))
	plain = strings.Trim(plain, "-_ ")
	if plain == "" || isDigit(plain[0]) || len(plain) > MaxLength {
		return ", such as Article"
	}
	return fmt.Sprintf(" (did you mean %s?)", plain)
}

// Taken returns what a name would conflict with in Go, or "".
func (n Name) Taken() string {
	instead := fmt.Sprintf("; use a more specific name, such as Item%s", n.Type)
	switch {
	case n.Package == "user":
		return "users are built in: add fields in internal/auth/user.go, or use another name, such as Member"
	case max(len(n.Snake), len(n.Table)) > MaxLength:
		return fmt.Sprintf("%s and %s must have at most %[3]d characters, to fit into database names; use a shorter name", n.Snake, n.Table, MaxLength)
	case token.IsKeyword(n.Package):
		return fmt.Sprintf("%s is a Go keyword and cannot be a package name", n.Package) + instead
	case IsPredeclared(n.Package):
		return fmt.Sprintf("package %s would shadow Go's built-in %s", n.Package, n.Package) + instead
	case isSpecialPackage(n.Package):
		return fmt.Sprintf("%s has a special meaning as a Go package or directory", n.Package) + instead
	case IsBasePackage(n.Package):
		return fmt.Sprintf("the application already imports a package %s", n.Package) + instead
	case isParameter(n.Package):
		return fmt.Sprintf("package %s would be shadowed by a parameter in routes.go", n.Package) + instead
	case isFunction(n.Package):
		return fmt.Sprintf("%s is a function of routes.go, so it cannot import a package of that name", n.Package) + instead
	case IsDevice(n.Package):
		return fmt.Sprintf("%s is not a valid directory name on Windows", n.Package) + instead
	case isDeclared(n.Type):
		return fmt.Sprintf("every resource package declares %s itself", n.Type) + instead
	}
	return ""
}

// takenTable returns why a table, and thus a path, cannot have that name, or "".
func takenTable(table string) string {
	switch {
	case isBaseTable(table):
		return fmt.Sprintf("table %s is built in", table)
	case IsBasePath(table):
		return fmt.Sprintf("the application already serves /%s", table)
	case strings.HasPrefix(table, "pg_") || strings.HasPrefix(table, "sqlite_"):
		return fmt.Sprintf("databases reserve table names starting with %s_", table[:strings.Index(table, "_")])
	}
	return ""
}

func isBaseTable(table string) bool {
	return slices.Contains([]string{"users", "sessions", "one_time_tokens", "throttles", "outbox", "schema_migrations"}, table)
}

// IsBasePath reports whether a table name is also a built-in path: those of
// accounts, and those outside API_PREFIX, which may be empty.
func IsBasePath(table string) bool {
	return slices.Contains([]string{"auth", "docs", "healthz", "me", "readyz"}, table)
}

// IsBasePackage reports whether every application has the package, or routes.go and
// the seeders import it.
func IsBasePackage(pkg string) bool {
	return slices.Contains([]string{
		"apitest", "app", "auth", "column", "config", "console", "database", "list", "mail", "middleware", "migrations", "seeds", "web",
		"context", "errors", "fmt", "gorm", "gormigrate", "http", "huma", "strings", "testing", "time",
	}, pkg)
}

// isSpecialPackage reports whether the go command treats the name specially, or it
// is the name of a generated file.
func isSpecialPackage(pkg string) bool {
	return slices.Contains([]string{"documentation", "handlers", "init", "internal", "main", "testdata", "vendor"}, pkg)
}

// isParameter reports whether a function that calls a resource has a parameter of that name.
func isParameter(name string) bool {
	return slices.Contains([]string{"api", "db", "user", "users"}, name)
}

// isFunction reports whether routes.go has a function of that name, so that its
// package cannot import such a package.
func isFunction(name string) bool { return name == "routes" }

// isDeclared reports whether the package of every resource exports the name. Only
// a plural that equals its singular gets here.
func isDeclared(name string) bool { return name == "Fields" || name == "Routes" }

// IsPredeclared reports whether the name is predeclared in Go.
func IsPredeclared(name string) bool {
	return slices.Contains([]string{
		"any", "append", "bool", "byte", "cap", "clear", "close", "comparable", "complex", "complex64", "complex128",
		"copy", "delete", "error", "false", "float32", "float64", "imag", "int", "int8", "int16", "int32", "int64",
		"iota", "len", "make", "max", "min", "new", "nil", "panic", "print", "println", "real", "recover", "rune",
		"string", "true", "uint", "uint8", "uint16", "uint32", "uint64", "uintptr",
	}, name)
}

// IsDevice reports whether Windows reserves the name for a device.
func IsDevice(name string) bool {
	if len(name) == 4 && (strings.HasPrefix(name, "com") || strings.HasPrefix(name, "lpt")) {
		return isDigit(name[3])
	}
	return slices.Contains([]string{"aux", "con", "nul", "prn"}, name)
}

// isLocal reports whether handlers.go uses the name for a variable, helper or
// import. A resource of that name calls its row "row".
func isLocal(name string) bool {
	return slices.Contains([]string{
		"before", "column", "ctx", "err", "guard", "h", "handlers", "id", "in", "owned", "owner", "rows", "tx", "under",
	}, name)
}
