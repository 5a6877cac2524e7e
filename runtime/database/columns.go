package database

import (
	"errors"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"fastgo/runtime/database/table"
)

// Columns are changed with ALTER TABLE. On SQLite, gorm's Migrator would copy the table, and dropping the original deletes
// the rows that reference it.

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
