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

// badLetters says what is wrong with the characters of a name; "" if nothing is.
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

// IsRune reports whether a name may hold the character.
func IsRune(r rune) bool {
	return r < unicode.MaxASCII && (IsUpper(byte(r)) || IsLower(byte(r)) || isDigit(byte(r)) || strings.ContainsRune("-_ ", r))
}

// SuggestASCII offers a name without accents and other marks, if one remains.
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

// Taken says what a name would collide with in Go; "" if with nothing.
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
		return fmt.Sprintf("%s is a function of package main, so routes.go cannot import a package of that name", n.Package) + instead
	case IsDevice(n.Package):
		return fmt.Sprintf("%s is not a valid directory name on Windows", n.Package) + instead
	case isDeclared(n.Type):
		return fmt.Sprintf("every resource package declares %s itself", n.Type) + instead
	}
	return ""
}

// takenTable says why a table, which is a path as well, cannot have that name;
// "" if it can.
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

// IsBasePath names the paths of the base that a table could be in the way of:
// those of the accounts, and those that /api stands before unless API_PREFIX is empty.
func IsBasePath(table string) bool {
	return slices.Contains([]string{"auth", "docs", "healthz", "me", "readyz"}, table)
}

// IsBasePackage names the packages and folders of every application, and what
// routes.go and the seeders import beside a resource.
func IsBasePackage(pkg string) bool {
	return slices.Contains([]string{
		"apitest", "auth", "column", "config", "console", "database", "list", "mail", "middleware", "migrations", "seeds", "web",
		"context", "errors", "fmt", "gorm", "gormigrate", "http", "huma", "strings", "testing", "time",
	}, pkg)
}

// isSpecialPackage names what the go command treats in its own way, and the
// file beside that of the row.
func isSpecialPackage(pkg string) bool {
	return slices.Contains([]string{"documentation", "handlers", "init", "internal", "main", "testdata", "vendor"}, pkg)
}

// isParameter names the parameters of routes and of the functions that a resource is called from.
func isParameter(name string) bool {
	return slices.Contains([]string{"api", "db", "user", "users"}, name)
}

// isFunction names the functions of main.go and routes.go: Go lets no file of
// their package import a package of that name.
func isFunction(name string) bool { return name == "build" || name == "routes" }

// isDeclared names what the package of every resource exports beside the row.
// Only a plural that is its own singular gets there.
func isDeclared(name string) bool { return name == "Fields" || name == "Routes" }

// IsPredeclared reports whether Go itself declares the name.
func IsPredeclared(name string) bool {
	return slices.Contains([]string{
		"any", "append", "bool", "byte", "cap", "clear", "close", "comparable", "complex", "complex64", "complex128",
		"copy", "delete", "error", "false", "float32", "float64", "imag", "int", "int8", "int16", "int32", "int64",
		"iota", "len", "make", "max", "min", "new", "nil", "panic", "print", "println", "real", "recover", "rune",
		"string", "true", "uint", "uint8", "uint16", "uint32", "uint64", "uintptr",
	}, name)
}

// IsDevice names what Windows takes for a device in every folder.
func IsDevice(name string) bool {
	if len(name) == 4 && (strings.HasPrefix(name, "com") || strings.HasPrefix(name, "lpt")) {
		return isDigit(name[3])
	}
	return slices.Contains([]string{"aux", "con", "nul", "prn"}, name)
}

// isLocal names the variables, helpers and imports of handlers.go: a resource of that
// name calls its row "row" there.
func isLocal(name string) bool {
	return slices.Contains([]string{
		"before", "column", "ctx", "err", "guard", "h", "handlers", "id", "in", "owned", "owner", "rows", "tx", "under",
	}, name)
}
