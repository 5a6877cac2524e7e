package golang

import (
	"fastgo/generator/field"
	"fastgo/generator/name"
	"fastgo/generator/schema"
)

// A Fixture is a row of another table that the generated tests need.
type Fixture struct {
	Name    name.Name
	Fresh   bool   // some value has to differ from row to row
	Func    string // returns the id of one that is made once; "" if no test needs it
	NewFunc string // makes another
	Once    string // how often that is: for each user, or for all
	Columns []FixtureColumn
}

// A FixtureColumn is a column and the Go expression of its value, as the
// database keeps it.
type FixtureColumn struct{ Name, Value string }

// fixture describes a row of the target that the client of a test may read.
func fixture(r *schema.Resource) Fixture {
	f := Fixture{Name: r.Name, Func: field.IDFunc(r.Name.Type), NewFunc: field.NewIDFunc(r.Name.Type), Once: "Once"}
	if r.IsOwned() {
		f.Once = "OncePerUser"
	}
	if r.Parent != nil {
		f.Columns = append(f.Columns, FixtureColumn{r.Parent.Key(), field.IDFunc(r.Parent.Name.Type) + "(c)"})
	}
	if r.Access.Owned {
		f.Columns = append(f.Columns, FixtureColumn{"user_id", "c.UserID"})
	}
	for _, m := range r.Fields {
		if m.Optional || m.DefaultValue != nil {
			continue
		}
		f.Columns = append(f.Columns, FixtureColumn{m.Name, m.Stored()})
		f.Fresh = f.Fresh || m.Unique && field.CountsRows(m.Fresh())
	}
	return f
}
