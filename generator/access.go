package generator

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"fastgo/generator/fail"
	"fastgo/generator/name"
)

// An access is who may do what with the rows of a resource.
type access struct {
	name    string // public, owner, shared, public-read, role: what the project remembers
	who     string // who writes, as the list of routes says it
	reads   string // who reads
	owned   bool   // each row has an owner, who alone may write it
	comment string // what the comment of Routes says
	line    string // what is said of it in routes.go
}

func accesses() []access {
	const guarded = "Each handler takes the current\n// user, so each is guarded"
	return []access{
		{name: "public", who: "public", reads: "public", comment: "Anybody may call them.", line: "public"},
		{name: "owner", who: "owner", reads: "owner", owned: true, comment: guarded + ", and reaches that user's rows only.", line: "each user's own"},
		{name: "shared", who: "user", reads: "user", comment: guarded + "; the rows are everybody's.", line: "signed-in users"},
		{name: "public-read", who: "owner", reads: "public", owned: true, comment: "Anybody may read; a handler\n// that writes takes the current user, so it is guarded, and reaches that user's\n// rows only.", line: "anybody reads, the owner writes"},
		{name: "role", who: "role", reads: "role", comment: guarded + "; the rows are shared by all who have the role.", line: "%s"},
	}
}

func accessNamed(name string) (access, bool) {
	i := slices.IndexFunc(accesses(), func(a access) bool { return a.name == name })
	if i < 0 {
		return access{}, false
	}
	return accesses()[i], true
}

func (a access) isGuarded() bool  { return a.name != "public" }
func (a access) readsFree() bool  { return a.reads == "public" }
func (a access) readsOwned() bool { return a.reads == "owner" }

// readable reports whether everybody who may do the one may read the other.
func (a access) readable(role string, other *Resource) bool {
	switch {
	case other.access.readsFree() || a.readsOwned():
		return true
	case other.access.reads == "role":
		return a.name == "public-read" || a.name == "shared" || a.name == "role" && role == other.role
	case other.access.reads == "user":
		return a.isGuarded()
	}
	return a.owned
}

// Flags are what the command line says of the access.
type Flags struct {
	Protected, Shared, PublicRead bool
	Role                          string
}

// everybodysRole is that of an account which was given no other.
const everybodysRole = "user"

var rolePattern = regexp.MustCompile(`^[a-z][a-z0-9_-]{0,30}$`)

// access returns the row that the flags name.
func (f Flags) access() (access, error) {
	var given []string
	for flag, set := range map[string]bool{"--shared": f.Shared, "--public-read": f.PublicRead, "--role": f.Role != ""} {
		if set {
			given = append(given, flag)
		}
	}
	slices.Sort(given)
	mode := "public"
	switch {
	case len(given) > 1:
		return access{}, fail.Usage("%s contradict each other: give one of them", strings.Join(given, " and "))
	case f.Role != "" && !rolePattern.MatchString(f.Role):
		return access{}, fail.Usage("--role %q: a role has letters a to z, digits, - and _, such as admin", f.Role)
	case f.Shared:
		mode = "shared"
	case f.PublicRead:
		mode = "public-read"
	case f.Role != "":
		mode = "role"
	case f.Protected:
		mode = "owner"
	}
	return accessOf(mode, f.Role)
}

// accessOf returns the row of a name, for a role where it has one.
func accessOf(mode, role string) (access, error) {
	a, known := accessNamed(mode)
	switch {
	case !known:
		return access{}, fail.Failed("unknown access %q: install the fastgo that wrote it, or a newer one", mode)
	case (mode == "role") != (role != ""):
		return access{}, fail.Failed("access %q with the role %q", mode, role)
	case role != "":
		a.who, a.line = "role "+role, fmt.Sprintf(a.line, name.Plural(role))
	}
	return a, nil
}

// flag is the canonical spelling on the command line; "" where there is none.
func (a access) flag(role string) string {
	switch a.name {
	case "owner":
		return "-p"
	case "role":
		return "--role " + role
	case "public":
		return ""
	}
	return "--" + a.name
}
