package generator

import "fmt"

// A Fixture is a row of another table that the generated tests need.
type Fixture struct {
	Name    Name
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
func (t *target) fixture() Fixture {
	f := Fixture{Name: t.Name, Func: idFunc(t.Name.Type), NewFunc: newIDFunc(t.Name.Type), Once: "Once"}
	if t.isOwned() {
		f.Once = "OncePerUser"
	}
	if t.parent != nil {
		f.Columns = append(f.Columns, FixtureColumn{t.parent.key(), idFunc(t.parent.Name.Type) + "(c)"})
	}
	if t.access.owned {
		f.Columns = append(f.Columns, FixtureColumn{"user_id", "c.UserID"})
	}
	for _, field := range t.fields {
		if field.Optional || field.fallback != nil {
			continue
		}
		f.Columns = append(f.Columns, FixtureColumn{field.Name, field.stored()})
		f.Fresh = f.Fresh || field.Unique && countsRows(field.fresh())
	}
	return f
}

// stored writes a value of the field as the database keeps it.
func (f Field) stored() string {
	value := f.sample()
	if f.Unique {
		value = f.fresh()
	}
	switch {
	case f.kind.isDecimal():
		return fmt.Sprintf("apitest.Scaled(%s)", value)
	case f.kind.name == "json":
		return `"{}"`
	case f.kind.name == "datetime" && f.Unique:
		return fmt.Sprintf("apitest.Stored(%s)", value)
	case f.kind.name == "datetime":
		return `"2026-01-02 03:04:05.000"`
	}
	return value
}
