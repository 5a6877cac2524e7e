package database

import (
	"errors"
	"fmt"
	"reflect"
	"time"

	"gorm.io/gorm"
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
