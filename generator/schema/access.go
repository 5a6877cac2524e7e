// Package schema describes the resources of an application: their tables, their
// references, and access to their rows.
package schema

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"fastgo/generator/fail"
	"fastgo/generator/name"
)

// An Access is an access mode: who may read and write the rows of a resource.
type Access struct {
	Name          string // as stored in the project; "" if it exists only in code
	reads, writes who
	Owned         bool   // each row has an owner
	Comment       string // in the doc comment of Routes
	Line          string // comment in routes.go
	flag          string // on the command line
}

// who says who may call an operation.
type who string

const (
	anyone   who = "public"
	signedIn who = "user"
	withRole who = "role"
	owner    who = "owner"
)

func accesses() []Access {
	const guarded = "Every handler takes the current\n// user, so all of them are guarded"
	return []Access{
		{Name: "public", reads: anyone, writes: anyone, Comment: "They are public.", Line: "public"},
		{Name: "owner", reads: owner, writes: owner, Owned: true, flag: "-p", Comment: guarded + " and limited to that user's rows.", Line: "each user's own"},
		{Name: "shared", reads: signedIn, writes: signedIn, flag: "--shared", Comment: guarded + "; users share the rows.", Line: "signed-in users"},
		{Name: "public-read", reads: anyone, writes: owner, Owned: true, flag: "--public-read", Comment: "Reading is public; every\n// handler that writes takes the current user, so it is guarded and limited to that\n// user's rows.", Line: "anyone reads, the owner writes"},
		{Name: "role", reads: withRole, writes: withRole, flag: "--role", Comment: guarded + "; users with the role share the rows.", Line: "%s"},
	}
}

// AccessNamed returns the access mode with a name.
func AccessNamed(name string) (Access, bool) {
	i := slices.IndexFunc(accesses(), func(a Access) bool { return a.Name == name })
	if i < 0 {
		return Access{}, false
	}
	return accesses()[i], true
}

// Who returns who may write, as listed by routes: public, user, owner, role admin.
func (a Access) Who(role string) string {
	if a.writes == withRole {
		return "role " + role
	}
	return string(a.writes)
}

// ReadBy returns who reads: public, user, owner or role.
func (a Access) ReadBy() string { return string(a.reads) }

// WrittenBy returns who writes: public, user, owner or role.
func (a Access) WrittenBy() string { return string(a.writes) }

// TakesRole reports whether the access requires a role.
func (a Access) TakesRole() bool { return a.reads == withRole || a.writes == withRole }

// ReadsRole reports whether reading requires a role.
func (a Access) ReadsRole() bool { return a.reads == withRole }

// IsGuarded reports whether writing requires a user.
func (a Access) IsGuarded() bool { return a.writes != anyone }

// ReadsFree reports whether anyone may read.
func (a Access) ReadsFree() bool { return a.reads == anyone }

// ReadsOwned reports whether only the owner of a row may read it.
func (a Access) ReadsOwned() bool { return a.reads == owner }

// readable reports whether everyone who may write may read other. If there is a user,
// the role is checked when a row is written.
func (a Access) readable(role string, other *Resource) bool {
	switch other.Access.reads {
	case anyone:
		return true
	case withRole:
		return a.IsGuarded() && (a.writes != withRole || role == other.Role)
	case signedIn:
		return a.IsGuarded()
	}
	return a.Owned
}

// Flags are the access flags of the command line.
type Flags struct {
	Protected, Shared, PublicRead bool
	Role                          string
}

// EverybodysRole is the default role of an account.
const EverybodysRole = "user"

var rolePattern = regexp.MustCompile(`^[a-z][a-z0-9_-]{0,30}$`)

// Access returns the access mode selected by the flags.
func (f Flags) Access() (Access, error) {
	var given []string
	mode := "public"
	for _, flag := range []struct {
		set         bool
		flag, means string
	}{{f.PublicRead, "--public-read", "public-read"}, {f.Role != "", "--role", "role"}, {f.Shared, "--shared", "shared"}} {
		if flag.set {
			given, mode = append(given, flag.flag), flag.means
		}
	}
	switch {
	case len(given) > 1:
		return Access{}, fail.Usage("%s exclude each other: use one of them", strings.Join(given, " and "))
	case f.Role != "" && !rolePattern.MatchString(f.Role):
		return Access{}, fail.Usage("--role %q: must be lower-case letters, digits, - and _, such as admin", f.Role)
	case given == nil && f.Protected:
		mode = "owner"
	}
	return accessOf(mode, f.Role)
}

// accessOf returns the access mode with a name, for the role if it has one.
func accessOf(mode, role string) (Access, error) {
	a, known := AccessNamed(mode)
	switch {
	case !known:
		return Access{}, fail.Failed("unknown access %q: install the fastgo version that wrote it, or a newer one", mode)
	case a.TakesRole() != (role != ""):
		return Access{}, fail.Failed("access %q with the role %q", mode, role)
	case role != "":
		a.Line = fmt.Sprintf(a.Line, name.Plural(role))
	}
	return a, nil
}

// Flag returns the flag that selects the mode, or "" if none is needed.
func (a Access) Flag(role string) string {
	if a.TakesRole() {
		return a.flag + " " + role
	}
	return a.flag
}
