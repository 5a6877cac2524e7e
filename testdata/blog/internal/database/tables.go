package database

import (
	"fmt"

	"gorm.io/gorm"
)

// A TableIndex is an index that CreateTable or AddColumn makes. Its name is idx_, the table and the columns.
type TableIndex struct {
	columns   []string
	unique    bool
	condition string
}

// Index is an index of the columns, in their order. An id at their end is what rows that are equal in the others are
// ordered by.
func Index(columns ...string) TableIndex { return TableIndex{columns: columns} }

// Unique is an index that holds no two rows with the same values in the columns; nulls are never the same.
func Unique(columns ...string) TableIndex { return TableIndex{columns: columns, unique: true} }

// Where leaves rows out of the index that do not fulfil the condition, which is SQL and never a client's:
// Unique("user_id", "slug").Where("deleted_at IS NULL").
func (x TableIndex) Where(condition string) TableIndex {
	x.condition = condition
	return x
}

// CreateTable makes the table of a model under the name, whatever the model is called, and its indexes. Checks and foreign
// keys belong to the type of a column, as in gorm:"type:bigint REFERENCES users(id) ON DELETE CASCADE;not null": SQLite
// cannot drop a column that one of the table's own names.
func CreateTable(tx *gorm.DB, table string, model any, indexes ...TableIndex) error {
	if err := tx.Table(table).Migrator().CreateTable(model); err != nil {
		return fmt.Errorf("create the table %s: %w", table, err)
	}
	return createIndexes(tx, table, indexes)
}
