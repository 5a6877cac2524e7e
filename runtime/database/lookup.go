package database

import (
	"cmp"
	"context"
	"fmt"
	"reflect"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"
	"gorm.io/gorm/schema"
)

// Lookup reads a row by a fixed condition. It builds its statement once, which pays off for lookups on every request. It
// calls no hooks.
type Lookup struct {
	db     *gorm.DB
	sql    string
	fields []*schema.Field
	err    error
}

// NewLookup returns a lookup of rows of the type of row, a pointer to a struct, by a condition with this many placeholders.
func NewLookup(db *gorm.DB, row any, condition string, placeholders int) *Lookup {
	args := make([]any, placeholders)
	for i := range args {
		args[i] = 0
	}
	query := db.Session(&gorm.Session{DryRun: true, Logger: logger.Discard}).Where(condition, args...).Find(row)
	l := &Lookup{db: db, sql: query.Statement.SQL.String(), err: query.Error}
	if l.err == nil {
		for _, column := range query.Statement.Schema.DBNames {
			l.fields = append(l.fields, query.Statement.Schema.FieldsByDBName[column])
		}
	}
	return l
}

// Take reads the row that matches the condition. It returns gorm.ErrRecordNotFound if there is none.
func (l *Lookup) Take(ctx context.Context, row any, args ...any) error {
	start := time.Now()
	err := l.take(ctx, reflect.ValueOf(row).Elem(), args)
	var found int64
	if err == nil {
		found = 1
	} else if translator, ok := l.db.Dialector.(gorm.ErrorTranslator); ok {
		err = translator.Translate(err)
	}
	l.db.Logger.Trace(ctx, start, func() (string, int64) { return l.sql, found }, err)
	return err
}

func (l *Lookup) take(ctx context.Context, row reflect.Value, args []any) error {
	if l.err != nil {
		return l.err
	}
	rows, err := l.db.ConnPool.QueryContext(ctx, l.sql, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	if !rows.Next() {
		return cmp.Or(rows.Err(), gorm.ErrRecordNotFound)
	}
	values := make([]any, len(l.fields))
	for i, field := range l.fields {
		values[i] = field.NewValuePool.Get()
	}
	if err := rows.Scan(values...); err != nil {
		return err
	}
	for i, field := range l.fields {
		if err := field.Set(ctx, row, values[i]); err != nil {
			return fmt.Errorf("read %s: %w", field.DBName, err)
		}
		field.NewValuePool.Put(values[i])
	}
	return rows.Close()
}
