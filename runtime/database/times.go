package database

import (
	"errors"
	"fmt"
	"reflect"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/schema"
)

// roundTimes makes the times of a row what the database returns later, before the row is written: UTC, in milliseconds.
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
		if field.GORMDataType != schema.Time {
			continue
		}
		value, isZero := field.ValueOf(db.Statement.Context, row)
		if t, ok := reflect.Indirect(reflect.ValueOf(value)).Interface().(time.Time); ok && !isZero {
			_ = db.AddError(roundTime(db, field, row, t))
		}
	}
}

func roundTime(db *gorm.DB, field *schema.Field, row reflect.Value, t time.Time) error {
	t = t.UTC().Truncate(time.Millisecond)
	if t.Year() < 0 || t.Year() > 9999 {
		return fmt.Errorf("%w: %s is not between the years 0 and 9999 in UTC", gorm.ErrInvalidData, field.DBName)
	}
	return field.Set(db.Statement.Context, row, t)
}
