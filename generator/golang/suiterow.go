package golang

import (
	"fmt"

	"fastgo/generator/schema"
)

// A Row is a row of another table and the function that returns it.
type Row struct {
	Func, Table string
	Settings    []string
	Columns     []Column
}

// A Column is a column of a row and its value in Go.
type Column struct{ Name, Value string }

// rowFunc and rowCall return the name and the call of the function for a row. The prefix prevents
// conflicts with other functions of the file and with predeclared names.
func rowFunc(r *schema.Resource) string { return "some" + r.Name.Type }

func rowCall(r *schema.Resource) string { return rowFunc(r) + "()" }

// newRow returns the code for a row of another resource that ann may read.
func newRow(r *schema.Resource) Row {
	row := Row{Func: rowFunc(r), Table: r.Name.Table}
	switch {
	case r.Access.ReadsOwned() || r.Role != "":
		row.Settings = append(row.Settings, "Reads: "+accessCode(r.Access.ReadBy(), r.Role))
	case r.Access.Owned:
		row.Settings = append(row.Settings, "Owned: true")
	}
	if r.SoftDelete {
		row.Settings = append(row.Settings, "SoftDelete: true")
	}
	if r.Parent != nil {
		row.Settings = append(row.Settings, fmt.Sprintf("Parent: %q", r.Parent.Key()))
		row.Columns = append(row.Columns, Column{r.Parent.Key(), rowCall(r.Parent)})
	}
	for _, f := range r.Fields {
		switch related := r.RelatedTo(f); {
		case f.MayBeAbsent():
		case !f.Type.IsReference():
			row.Columns = append(row.Columns, Column{f.Name, jsonValue(f.Stored())})
		case f.Unique:
			row.Columns = append(row.Columns, Column{f.Name, fmt.Sprintf("apitest.Another(%s)", rowCall(related))})
		default:
			row.Columns = append(row.Columns, Column{f.Name, rowCall(related)})
		}
	}
	return row
}

// accessCode returns an access in Go.
func accessCode(who, role string) string {
	switch who {
	case "public":
		return "apitest.Public"
	case "user":
		return "apitest.User"
	case "owner":
		return "apitest.Owner"
	}
	return fmt.Sprintf("apitest.Role(%q)", role)
}
