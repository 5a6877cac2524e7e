// Package schema is the resources of an application: what their tables hold, what
// they refer to, and who may do what with their rows.
package schema

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"fastgo/generator/fail"
	"fastgo/generator/name"
)

// An Access is who may do what with the rows of a resource.
type Access struct {
	Name    string // public, owner, shared, public-read, role: what the project remembers
	Who     string // who writes, as the list of routes says it
	reads   string // who reads
	Owned   bool   // each row has an owner, who alone may write it
	Comment string // what the comment of Routes says
	Line    string // what is said of it in routes.go
}

func accesses() []Access {
	const guarded = "Every handler takes the current\n// user, so all of them are guarded"
	return []Access{
		{Name: "public", Who: "public", reads: "public", Comment: "They are public.", Line: "public"},
		{Name: "owner", Who: "owner", reads: "owner", Owned: true, Comment: guarded + " and limited to that user's rows.", Line: "each user's own"},
		{Name: "shared", Who: "user", reads: "user", Comment: guarded + "; users share the rows.", Line: "signed-in users"},
		{Name: "public-read", Who: "owner", reads: "public", Owned: true, Comment: "Reading is public; every\n// handler that writes takes the current user, so it is guarded and limited to that\n// user's rows.", Line: "anyone reads, the owner writes"},
		{Name: "role", Who: "role", reads: "role", Comment: guarded + "; users with the role\n// share the rows.", Line: "%s"},
	}
}

// AccessNamed returns the row of a name.
func AccessNamed(name string) (Access, bool) {
	i := slices.IndexFunc(accesses(), func(a Access) bool { return a.Name == name })
	if i < 0 {
		return Access{}, false
	}
	return accesses()[i], true
}

// IsGuarded reports whether writing takes a user.
func (a Access) IsGuarded() bool { return a.Name != "public" }

// ReadsFree reports whether anybody may read.
func (a Access) ReadsFree() bool { return a.reads == "public" }

// ReadsOwned reports whether the owner of a row alone may read it.
func (a Access) ReadsOwned() bool { return a.reads == "owner" }

// readable reports whether everybody who may do the one may read the other.
func (a Access) readable(role string, other *Resource) bool {
	switch {
	case other.Access.ReadsFree() || a.ReadsOwned():
		return true
	case other.Access.reads == "role":
		return a.Name == "public-read" || a.Name == "shared" || a.Name == "role" && role == other.Role
	case other.Access.reads == "user":
		return a.IsGuarded()
	}
	return a.Owned
}

// Flags are what the command line says of the access.
type Flags struct {
	Protected, Shared, PublicRead bool
	Role                          string
}

// EverybodysRole is that of an account which was given no other.
const EverybodysRole = "user"

var rolePattern = regexp.MustCompile(`^[a-z][a-z0-9_-]{0,30}$`)

// Access returns the row that the flags name.
func (f Flags) Access() (Access, error) {
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
		return Access{}, fail.Usage("%s exclude each other: use one of them", strings.Join(given, " and "))
	case f.Role != "" && !rolePattern.MatchString(f.Role):
		return Access{}, fail.Usage("--role %q: must be lower-case letters, digits, - and _, such as admin", f.Role)
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
func accessOf(mode, role string) (Access, error) {
	a, known := AccessNamed(mode)
	switch {
	case !known:
		return Access{}, fail.Failed("unknown access %q: install the fastgo version that wrote it, or a newer one", mode)
	case (mode == "role") != (role != ""):
		return Access{}, fail.Failed("access %q with the role %q", mode, role)
	case role != "":
		a.Who, a.Line = "role "+role, fmt.Sprintf(a.Line, name.Plural(role))
	}
	return a, nil
}

// Flag is the canonical spelling on the command line; "" where there is none.
func (a Access) Flag(role string) string {
	switch a.Name {
	case "owner":
		return "-p"
	case "role":
		return "--role " + role
	case "public":
		return ""
	}
	return "--" + a.Name
}
