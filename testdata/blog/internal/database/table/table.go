// Package table describes tables as values: columns with their types and rules, and indexes. Package database turns them
// into the SQL of the database in use, so that a migration is written once and means the same on each of them.
package table

// A Part is a column or an index of a table.
type Part interface{ isPart() }

// A Column is a column of a table. It is NOT NULL unless it is Optional.
type Column interface {
	Part
	// Definition returns all that is known of the column, for what writes it as SQL.
	Definition() Definition
}

// An IndexPart is an index of a table. It is named idx_, the table and the columns.
type IndexPart struct {
	Columns   []string
	Unique    bool
	Condition string // in SQL; empty where the index covers every row
}

// Index returns an index on the columns, in that order. An id at the end orders rows that are equal in the others.
func Index(columns ...string) IndexPart { return IndexPart{Columns: columns} }

// Unique returns an index that refuses two rows with the same values in the columns. Nulls are never the same.
func Unique(columns ...string) IndexPart { return IndexPart{Columns: columns, Unique: true} }

// Where leaves rows that do not meet the condition out of the index. The condition is SQL, so it must never come from a
// client: Unique("user_id", "slug").Where("deleted_at IS NULL").
func (x IndexPart) Where(condition string) IndexPart {
	x.Condition = condition
	return x
}

func (IndexPart) isPart() {}
