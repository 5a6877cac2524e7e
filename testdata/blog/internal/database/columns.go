package database

import (
	"errors"
	"fmt"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
	"gorm.io/gorm/schema"
)

// Columns change by ALTER TABLE. gorm's Migrator would copy the table on SQLite, where dropping the original deletes the
// rows that refer to it.

// AddColumn adds the column of a model to the table, and the indexes. Rows that are there get the default of its gorm tag;
// a column that is NOT NULL must have one.
func AddColumn(tx *gorm.DB, table string, model any, column string, indexes ...TableIndex) error {
	field, err := fieldOf(tx, table, model, column)
	if err == nil {
		err = tx.Table(table).Migrator().AddColumn(model, field.DBName)
	}
	if err != nil {
		return fmt.Errorf("add the column %s.%s: %w", table, column, err)
	}
	return createIndexes(tx, table, indexes)
}

func fieldOf(tx *gorm.DB, table string, model any, column string) (*schema.Field, error) {
	statement := &gorm.Statement{DB: tx}
	if err := statement.ParseWithSpecialTableName(model, table); err != nil {
		return nil, err
	}
	field := statement.Schema.LookUpField(column)
	switch {
	case field == nil:
		return nil, errors.New("the model has no such field")
	case field.NotNull && field.DefaultValue == "" && field.DefaultValueInterface == nil:
		return nil, errors.New("it is NOT NULL, so the rows that are there need a default: add default: to its gorm tag, or let it be null")
	}
	return field, nil
}

// RenameColumn renames a column of the table. Its checks, foreign keys and indexes stay, and those from other tables; the
// names of indexes follow where they were made of those of the columns.
func RenameColumn(tx *gorm.DB, table, from, to string) error {
	if err := renameColumn(tx, table, from, to); err != nil {
		return fmt.Errorf("rename the column %s.%s to %s: %w", table, from, to, err)
	}
	return nil
}

func renameColumn(tx *gorm.DB, table, from, to string) error {
	before, err := indexesOf(tx, table)
	if err != nil {
		return err
	}
	rename := "ALTER TABLE ? RENAME COLUMN ? TO ?"
	if err := tx.Exec(rename, clause.Table{Name: table}, clause.Column{Name: from}, clause.Column{Name: to}).Error; err != nil {
		return err
	}
	for _, x := range before {
		if !slices.Contains(x.columns, from) || !x.followsFrom(table) {
			continue
		}
		columns := slices.Clone(x.columns)
		columns[slices.Index(columns, from)] = to
		if err := renameIndex(tx, table, x.name, columns); err != nil {
			return err
		}
	}
	return nil
}

// DropColumn removes a column of the table with its values, its checks and every index that names it, also in a condition.
func DropColumn(tx *gorm.DB, table, column string) error {
	err := tx.Transaction(func(tx *gorm.DB) error {
		if tx.Name() != "postgres" { // which drops the indexes itself
			if err := dropIndexes(tx, table, column); err != nil {
				return err
			}
		}
		return tx.Exec("ALTER TABLE ? DROP COLUMN ?", clause.Table{Name: table}, clause.Column{Name: column}).Error
	})
	if err != nil {
		return fmt.Errorf("drop the column %s.%s: %w", table, column, err)
	}
	return nil
}
