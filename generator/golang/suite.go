package golang

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"fastgo/generator/field"
	"fastgo/generator/schema"
)

// A Suite is the data of the template of handlers_test.go.
type Suite struct {
	Resource
	Path          string // of the list
	Reads, Writes string // access modes, in Go
	Parent        string // the row, in Go; "" if none
	Fields        []string
	Rows          []Row
	IndexColumns  []string

	List        string // path of the list in the scenario, in Go
	Ann, Bob    string // clients
	Changed     *Change
	BobReads    int // status for another user
	BobWrites   int
	NobodyReads int
}

// A Change is a field that the scenario changes, with its new value in Go: as sent and
// as returned.
type Change struct{ JSON, Sent, Answered string }

// suite returns the data of the tests.
func (r Resource) suite() Suite {
	h := r.Handlers()
	s := Suite{
		Resource: r, Path: "/api" + h.Path, Reads: accessCode(r.Access.ReadBy(), r.Role), Writes: accessCode(r.Access.WrittenBy(), r.Role),
		IndexColumns: r.indexColumns(), Changed: r.change(),
	}
	if s.List = fmt.Sprintf("%q", s.Path); r.Resource.Parent != nil {
		s.Parent = rowCall(r.Resource.Parent)
		s.List = "suite.List(ann)"
	}
	for _, f := range r.Resource.Fields {
		s.Fields = append(s.Fields, r.suiteField(f))
	}
	for _, other := range r.needs {
		s.Rows = append(s.Rows, newRow(other))
	}
	s.clients()
	return s
}

// clients sets the clients of the scenario, and the status codes they get.
func (s *Suite) clients() {
	s.Ann, s.Bob = `api.User("ann")`, `api.User("bob")`
	if roles := slices.Collect(maps.Keys(s.RolesAsked())); len(roles) == 1 {
		s.Ann, s.Bob = fmt.Sprintf(`api.UserWithRole("ann", %q)`, roles[0]), fmt.Sprintf(`api.UserWithRole("bob", %q)`, roles[0])
	}
	s.BobReads, s.BobWrites, s.NobodyReads = 200, 200, 401
	switch {
	case s.Access.ReadsFree():
		s.NobodyReads = 200
	case s.Access.ReadsOwned():
		s.BobReads = 404
	}
	if s.Access.Owned {
		s.BobWrites = 404
	}
	if s.Resource.Role != "" {
		s.Bob = "api." + outsider("bob", s.Resource.Role == schema.EverybodysRole)
		s.BobReads, s.BobWrites = 403, 403
	}
}

// outsider returns a client with the default role or, if that has access, with another
// one.
func outsider(name string, isEverybodys bool) string {
	if isEverybodys {
		return fmt.Sprintf("UserWithRole(%q, %q)", name, "guest")
	}
	return fmt.Sprintf("User(%q)", name)
}

// change picks the field that the scenario changes, preferably a string.
func (r Resource) change() *Change {
	var found *Change
	for _, f := range r.Resource.Fields {
		if !f.Settable() || f.Immutable || f.Type.IsReference() {
			continue
		}
		value := f.Other()
		if f.Choices != nil {
			value = field.Text(f.Choices[1])
		}
		switch v := value.(type) {
		case field.Text:
			return &Change{f.Name, jsonValue(v), jsonValue(v)}
		case field.Bool:
			found = &Change{f.Name, jsonValue(v), jsonValue(v)}
		case field.Number:
			found = &Change{f.Name, jsonValue(v), jsonValue(field.Number{Rat: v.Rat, Float: true})}
		}
	}
	return found
}

// indexColumns returns the columns of each index, in the format of apitest.
func (r Resource) indexColumns() []string {
	var all []string
	for _, x := range r.Indexes() {
		columns := strings.TrimSuffix(strings.Join(x.Columns, ","), ",id")
		if !slices.Contains(all, columns) {
			all = append(all, columns)
		}
	}
	return all
}
