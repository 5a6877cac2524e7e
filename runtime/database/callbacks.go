package database

import (
	"errors"
	"fmt"
	"reflect"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/callbacks"
	"gorm.io/gorm/schema"
)

// roundTimes converts the times of a row to UTC milliseconds before it is written, so that they equal what is read later.
func roundTimes(db *gorm.DB) error {
	return errors.Join(
		db.Callback().Create().Before("gorm:create").Register("database:round_times", roundRows),
		db.Callback().Update().Before("gorm:update").Register("database:round_times", roundRows),
	)
}

func roundRows(db *gorm.DB) {
	if db.Statement.Schema == nil {
		return
	}
	rows := reflect.Indirect(reflect.ValueOf(db.Statement.Dest))
	switch rows.Kind() {
	case reflect.Slice, reflect.Array:
		for i := range rows.Len() {
			roundRow(db, reflect.Indirect(rows.Index(i)))
		}
	case reflect.Struct:
		roundRow(db, rows)
	}
}

func roundRow(db *gorm.DB, row reflect.Value) {
	if row.Type() != db.Statement.Schema.ModelType || !row.CanAddr() {
		return
	}
	for _, field := range db.Statement.Schema.Fields {
		value, isZero := field.ValueOf(db.Statement.Context, row)
		if isZero {
			continue
		}
		switch t := value.(type) {
		case time.Time:
			rounded, err := roundTime(field.DBName, t)
			_ = db.AddError(errors.Join(err, field.Set(db.Statement.Context, row, rounded)))
		case *time.Time:
			rounded, err := roundTime(field.DBName, *t)
			_ = db.AddError(errors.Join(err, field.Set(db.Statement.Context, row, &rounded)))
		}
	}
}

func roundTime(column string, t time.Time) (time.Time, error) {
	t = t.UTC().Truncate(time.Millisecond)
	if t.Year() < 0 || t.Year() > 9999 {
		return t, fmt.Errorf("%w: %s is not between the years 0 and 9999 in UTC", gorm.ErrInvalidData, column)
	}
	return t, nil
}

// skipTransactions omits gorm's transaction around a write that is a single statement: that is atomic by itself, and BEGIN
// and COMMIT take as long as the statement.
func skipTransactions(db *gorm.DB) error {
	unlessSingle := func(callback func(*gorm.DB)) func(*gorm.DB) {
		return func(db *gorm.DB) {
			if !isSingle(db.Statement.Schema) {
				callback(db)
			}
		}
	}
	begin, end := unlessSingle(callbacks.BeginTransaction), unlessSingle(callbacks.CommitOrRollbackTransaction)
	var err error
	for _, replace := range []func(name string, callback func(*gorm.DB)) error{
		db.Callback().Create().Replace, db.Callback().Update().Replace, db.Callback().Delete().Replace,
	} {
		err = errors.Join(err, replace("gorm:begin_transaction", begin), replace("gorm:commit_or_rollback_transaction", end))
	}
	return err
}

// isSingle reports whether writing a row takes one statement: hooks and associations may add others.
func isSingle(row *schema.Schema) bool {
	if row == nil {
		return true
	}
	hooks := row.BeforeCreate || row.AfterCreate || row.BeforeUpdate || row.AfterUpdate ||
		row.BeforeDelete || row.AfterDelete || row.BeforeSave || row.AfterSave
	return !hooks && len(row.Relationships.Relations) == 0
}
