package database

import (
	"errors"
	"fmt"
	"reflect"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// SoftDelete deletes the row softly, within the conditions of tx. It returns gorm.ErrForeignKeyViolated when the row could not
// be deleted for good, because rows that it would leave behind refer to it, and gorm.ErrRecordNotFound when the conditions do
// not let it be deleted, or it was before. The row was read before: its primary key says which it is.
func SoftDelete(tx *gorm.DB, row any) error {
	tx = tx.Session(&gorm.Session{})
	key, err := keyOf(tx, row)
	if err != nil {
		return err
	}
	return tx.Transaction(func(tx *gorm.DB) error {
		deleted := tx.Delete(row)
		if deleted.Error == nil && deleted.RowsAffected == 0 {
			return gorm.ErrRecordNotFound
		}
		if deleted.Error != nil {
			return deleted.Error
		}
		return key.check(tx, row)
	})
}

// A rowKey is the primary key of a row.
type rowKey struct {
	table   string
	columns []string
	values  []any
}

func keyOf(tx *gorm.DB, row any) (rowKey, error) {
	s := &gorm.Statement{DB: tx, Table: tx.Statement.Table}
	if err := s.Parse(row); err != nil {
		return rowKey{}, err
	}
	key := rowKey{table: s.Table}
	for _, field := range s.Schema.PrimaryFields {
		value, isZero := field.ValueOf(tx.Statement.Context, reflect.ValueOf(row))
		if isZero {
			return rowKey{}, fmt.Errorf("soft delete a row of %s: it has no %s: read it first", key.table, field.DBName)
		}
		key.columns, key.values = append(key.columns, field.DBName), append(key.values, value)
	}
	return key, nil
}

// check returns gorm.ErrForeignKeyViolated when the row could not be deleted for good.
func (k rowKey) check(tx *gorm.DB, row any) error {
	fresh := tx.Session(&gorm.Session{NewDB: true})
	references, err := DialectOf(tx).references(fresh, k.table)
	if err != nil {
		return err
	}
	plan := planDeletion(DialectOf(tx), k.columns, references)
	blocking := plan.blocking()
	if len(blocking) > 0 && plan.isCircular() {
		return tryDelete(tx, row)
	}
	itself := tx.Unscoped().Model(row).Select("*") // with the conditions of the caller, as every statement has them
	for i, column := range k.columns {
		itself = itself.Where(clause.Eq{Column: clause.Column{Name: column}, Value: k.values[i]})
	}
	for _, r := range blocking {
		query, asksKey := plan.blockedSQL(r)
		args := []any{itself}
		if asksKey {
			args = append(args, k.values...)
		}
		var blocked bool
		if err := fresh.Raw(query, args...).Scan(&blocked).Error; err != nil {
			return err
		}
		if blocked {
			return gorm.ErrForeignKeyViolated
		}
	}
	return nil
}

// tryDelete deletes the row and takes it back, where tables cascade to each other in a circle: SQL has no query for that.
func tryDelete(tx *gorm.DB, row any) error {
	undo := errors.New("undo")
	err := tx.Transaction(func(tx *gorm.DB) error {
		if err := tx.Unscoped().Delete(row).Error; err != nil {
			return err
		}
		return undo
	})
	if errors.Is(err, undo) {
		return nil
	}
	return err
}
