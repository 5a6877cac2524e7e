package golang

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"fastgo/generator/field"
	"fastgo/generator/schema"
)

// A Suite is what handlers_test.go says of a resource. The template of that file
// is executed with it.
type Suite struct {
	Resource
	Path          string // of the list
	Reads, Writes string // access, in Go
	Parent        string // the row, in Go; "" if there is none
	Fields        []string
	Rows          []Row
	IndexColumns  []string

	List           string // the path of the list in the scenario, in Go
	Ann, Bob, Role string // clients
	Changed        *Change
	BobReads       int // what another user is answered, and somebody without a token
	BobWrites      int
	NobodyReads    int
}

// A Change is a field that the scenario changes, and its new value in Go: as it is
// sent, and as it is answered.
type Change struct{ JSON, Sent, Answered string }

// suite returns what the tests have to know.
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
		s.Rows = append(s.Rows, newRow(other, r.Role))
	}
	s.clients()
	return s
}

// clients writes who calls in the scenario, and what others than ann are answered.
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

// outsider is the client of a user with the role that every account has at
// first, or with another one.
func outsider(name string, isEverybodys bool) string {
	if isEverybodys {
		return fmt.Sprintf("UserWithRole(%q, %q)", name, "guest")
	}
	return fmt.Sprintf("User(%q)", name)
}

// change picks the field that the scenario changes: a text, if there is one.
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

// indexColumns are the columns of each index, as apitest reads them.
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
