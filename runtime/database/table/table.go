// Package table describes tables as values: columns with types and rules, and indexes. Package database translates them to
// the SQL of each database, so that a migration means the same on all of them.
package table

// A Part is a column or an index of a table.
type Part interface{ isPart() }

// A Column is a column of a table. It is NOT NULL unless it is Optional.
type Column interface {
	Part
	// Definition returns the description of the column.
	Definition() Definition
}

// An IndexPart is an index of a table. It is named idx_, the table and the columns.
type IndexPart struct {
	Columns   []string
	Unique    bool
	Condition string // SQL; empty if the index covers all rows
}

// Index returns an index on the columns, in this order. A trailing id orders rows with otherwise equal values.
func Index(columns ...string) IndexPart { return IndexPart{Columns: columns} }

// Unique returns an index that rejects rows with equal values in the columns. Nulls are never equal.
func Unique(columns ...string) IndexPart { return IndexPart{Columns: columns, Unique: true} }

// Where restricts the index to rows that satisfy a condition. The condition is SQL and must never come from a client:
// Unique("user_id", "slug").Where("deleted_at IS NULL").
func (x IndexPart) Where(condition string) IndexPart {
	x.Condition = condition
	return x
}

func (IndexPart) isPart() {}
