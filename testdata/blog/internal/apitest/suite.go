package apitest

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"example.com/blog/internal/console"
)

// A Suite describes a resource: its path, access, fields and table. Run tests it through the API of the whole application,
// so that a missing guard in routes.go fails a test.
type Suite struct {
	Build  console.Builder
	Path   string // path of the list, such as /api/posts or /api/posts/{post_id}/comments
	Table  string
	Reads  Access
	Writes Access
	Parent Row // whose ID is in the path

	SoftDelete bool
	Fields     []Field
	Indexes    []string // columns of each index, such as "user_id,created_at", without a trailing id

	// Routes holds the access of further routes of the package, such as "GET /api/posts/feed": Public. By default it is
	// Reads for GET and Writes for other methods.
	Routes map[string]Access

	// Skip maps names of checks to skip to reasons. An unknown name or an empty reason fails the test.
	Skip map[string]string
}

// Access says who may do something, as the routes command prints it.
type Access string

// Besides these there is Role.
const (
	Public Access = "public"
	User   Access = "user"  // any signed-in user
	Owner  Access = "owner" // the owner of the row
)

// Role is the access of users with a role.
func Role(name string) Access { return Access("role " + name) }

// role returns the name of the role; "" if there is none.
func (a Access) role() string {
	name, _ := strings.CutPrefix(string(a), "role ")
	if name == string(a) {
		return ""
	}
	return name
}

// A check tests one property of resources.
type check struct {
	name    string
	applies func(s Suite) bool
	run     func(r *run)
}

func always(Suite) bool { return true }

// basics are the checks without which no other can pass.
func basics() []check {
	return []check{
		{"routes.go grants the right access", always, (*run).saysWhoMayCall},
		{"a created row can be read", always, (*run).readsWhatWasCreated},
	}
}

// checks returns the checks that apply to the resource.
func (s Suite) checks() []check {
	all := slices.Concat(basics(), rowChecks(), writeChecks(), fieldChecks(), listChecks(), searchChecks(), accessChecks(), ownerChecks(),
		parentChecks(), referenceChecks(), uniqueChecks(), tableChecks())
	return slices.DeleteFunc(all, func(c check) bool { return !c.applies(s) })
}

// Run starts the application once and runs each check as a subtest, on empty tables.
func (s Suite) Run(t *testing.T) {
	t.Helper()
	checks := s.checks()
	for _, problem := range s.problems(checks) {
		t.Error(problem)
	}
	app := New(t, s.Build)
	for i, c := range checks {
		passed := t.Run(c.name, func(t *testing.T) {
			if reason := s.Skip[c.name]; reason != "" {
				t.Skip(reason)
			}
			c.run(s.start(t, app))
		})
		if !passed && i < len(basics()) {
			t.Fatalf("%s: no other check can pass before this one does", s.Table)
		}
	}
}

// problems returns the mistakes in the suite itself.
func (s Suite) problems(checks []check) []string {
	var all []string
	if s.Path == "" || s.Table == "" || s.Reads == "" || s.Writes == "" {
		all = append(all, "a suite needs Path, Table, Reads and Writes")
	}
	for _, f := range s.Fields {
		if f.Unique && f.New == nil && !f.isReference() {
			all = append(all, fmt.Sprintf("%s: %s is unique: set New, a value for each row", s.Table, f.Name))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(s.Skip)) {
		if !slices.ContainsFunc(checks, func(c check) bool { return c.name == name }) {
			all = append(all, fmt.Sprintf("%s has no check %q to skip", s.Table, name))
		}
		if strings.TrimSpace(s.Skip[name]) == "" {
			all = append(all, fmt.Sprintf("%s: the check %q is skipped without a reason", s.Table, name))
		}
	}
	return all
}

var parameter = regexp.MustCompile(`\{(\w+)\}`)

// parentKey is the column that refers to the parent; "" if there is none.
func (s Suite) parentKey() string {
	if found := parameter.FindStringSubmatch(s.Path); found != nil {
		return found[1]
	}
	return ""
}

// under returns the path of the list of a parent.
func (s Suite) under(id any) string {
	return strings.Replace(s.Path, "{"+s.parentKey()+"}", fmt.Sprint(id), 1)
}

func (s Suite) owned() bool    { return s.Writes == Owner }
func (s Suite) guarded() bool  { return s.Writes != Public }
func (s Suite) nested() bool   { return s.parentKey() != "" }
func (s Suite) readFree() bool { return s.Reads == Public }

// role is the role that ann needs; "" if none.
func (s Suite) role() string {
	roles := []string{s.Writes.role(), s.Reads.role(), s.Parent.role()}
	for _, f := range s.settable() {
		roles = append(roles, f.Refers.role())
	}
	return strings.Join(slices.Compact(slices.DeleteFunc(roles, func(role string) bool { return role == "" })), ",")
}
