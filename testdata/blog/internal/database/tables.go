package database

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/go-gormigrate/gormigrate/v2"
	"gorm.io/gorm"

	"example.com/blog/internal/database/table"
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
	if len(columns) == 0 {
		return fmt.Errorf("create the table %s: it needs a column", name)
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

// AddColumn adds a column and its indexes to a table. Existing rows get its default; a column must have one or be optional.
func AddColumn(tx *gorm.DB, name string, column table.Column, indexes ...table.IndexPart) error {
	c := column.Definition()
	if err := addColumn(tx, name, c); err != nil {
		return fmt.Errorf("add the column %s.%s: %w", name, c.Name, err)
	}
	return createIndexes(tx, name, indexes)
}

func addColumn(tx *gorm.DB, name string, c table.Definition) error {
	switch {
	case c.PrimaryKey:
		return errors.New("a primary key cannot be added to a table")
	case !c.Optional && c.Default == nil:
		return errors.New("existing rows need a value: add Default or Optional")
	}
	text, err := columnSQL(DialectOf(tx), c)
	if err != nil {
		return err
	}
	return run(tx, "ALTER TABLE %s ADD COLUMN %s", quote(tx, name), text)
}

// RenameColumn renames a column of a table. Its checks, indexes and foreign keys, also those of other tables, are kept. An
// index named after its columns is renamed.
func RenameColumn(tx *gorm.DB, name, from, to string) error {
	if err := renameColumn(tx, name, from, to); err != nil {
		return fmt.Errorf("rename the column %s.%s to %s: %w", name, from, to, err)
	}
	return nil
}

func renameColumn(tx *gorm.DB, name, from, to string) error {
	before, err := indexesOf(tx, name)
	if err != nil {
		return err
	}
	if err := run(tx, "ALTER TABLE %s RENAME COLUMN %s TO %s", quote(tx, name), quote(tx, from), quote(tx, to)); err != nil {
		return err
	}
	for _, x := range before {
		if !slices.Contains(x.columns, from) || !x.followsFrom(name) {
			continue
		}
		columns := slices.Clone(x.columns)
		columns[slices.Index(columns, from)] = to
		free, err := freeName(tx, name, columns)
		if err != nil {
			return err
		}
		if err := DialectOf(tx).renameIndex(tx, x.name, free); err != nil {
			return err
		}
	}
	return nil
}

// DropColumn removes a column from a table, with its values, checks and every index that uses it, even in a condition.
func DropColumn(tx *gorm.DB, name, column string) error {
	err := tx.Transaction(func(tx *gorm.DB) error {
		if err := DialectOf(tx).dropIndexes(tx, name, column); err != nil {
			return err
		}
		return run(tx, "ALTER TABLE %s DROP COLUMN %s", quote(tx, name), quote(tx, column))
	})
	if err != nil {
		return fmt.Errorf("drop the column %s.%s: %w", name, column, err)
	}
	return nil
}

// Fresh drops all tables of the schema, applies the migrations of list, and returns the number of dropped tables and the
// migration IDs. It is atomic.
func Fresh(ctx context.Context, db *gorm.DB, list []*gormigrate.Migration) (dropped int, applied []string, err error) {
	list, err = ordered(list)
	if err != nil {
		return 0, nil, err
	}
	err = locked(ctx, db, func(tx *gorm.DB) (err error) {
		applied = nil
		if dropped, err = DialectOf(tx).dropTables(tx); err != nil || len(list) == 0 {
			return err
		}
		return runner(tx, named(list, &applied)).Migrate()
	})
	if err != nil {
		return 0, nil, fmt.Errorf("recreate the database: %w", err)
	}
	return dropped, applied, nil
}
