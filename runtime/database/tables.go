package database

import (
	"errors"
	"fmt"
	"strings"

	"gorm.io/gorm"

	"fastgo/runtime/database/table"
)

// CreateTable creates a table with its columns and indexes:
//
//	database.CreateTable(tx, "posts",
//		table.ID(),
//		table.Ref("user_id", "users").Cascade(),
//		table.String("title", 200).Min(1),
//		table.Index("user_id", "id"),
//	)
func CreateTable(tx *gorm.DB, name string, parts ...table.Part) error {
	var columns []string
	var indexes []table.IndexPart
	for _, part := range parts {
		switch part := part.(type) {
		case table.Column:
			c := part.Definition()
			text, err := columnSQL(DialectOf(tx), c)
			if err != nil {
				return fmt.Errorf("create the table %s: column %s: %w", name, c.Name, err)
			}
			columns = append(columns, text)
		case table.IndexPart:
			indexes = append(indexes, part)
		}
	}
	if err := run(tx, "CREATE TABLE %s (%s)", quote(tx, name), strings.Join(columns, ", ")); err != nil {
		return fmt.Errorf("create the table %s: %w", name, err)
	}
	return createIndexes(tx, name, indexes)
}

// DropTable drops a table. It returns an error if another table references it, whose rows SQLite would delete, too.
func DropTable(tx *gorm.DB, name string) error {
	if err := dropTable(tx, name); err != nil {
		return fmt.Errorf("drop the table %s: %w", name, err)
	}
	return nil
}

func dropTable(tx *gorm.DB, name string) error {
	references, err := DialectOf(tx).references(tx, name)
	if err != nil {
		return err
	}
	var children []error
	for _, r := range references {
		if r.direct && r.child != r.parent {
			children = append(children, fmt.Errorf("%s references it: drop that table first", r.child))
		}
	}
	if err := errors.Join(children...); err != nil {
		return err
	}
	return run(tx, "DROP TABLE %s", quote(tx, name))
}
