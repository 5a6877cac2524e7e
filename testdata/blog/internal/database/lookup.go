package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"reflect"
	"sync/atomic"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"
	"gorm.io/gorm/schema"
)

// Lookup reads a row by a condition that is always the same. Its statement is written and prepared once, which is worth it for
// what every request looks up. It calls no hooks.
type Lookup struct {
	db       *gorm.DB
	sql      string
	fields   []*schema.Field
	prepared atomic.Pointer[sql.Stmt]
	err      error
}

// NewLookup returns the lookup of rows like the one given, a pointer to a struct, by a condition with this many placeholders.
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

// Take reads the row that meets the condition with these arguments. It returns gorm.ErrRecordNotFound where there is none.
func (l *Lookup) Take(ctx context.Context, row any, args ...any) error {
	start := time.Now()
	err := l.take(ctx, reflect.ValueOf(row).Elem(), args)
	var found int64
	switch translator, ok := l.db.Dialector.(gorm.ErrorTranslator); {
	case err == nil:
		found = 1
	case errors.Is(err, sql.ErrNoRows):
		err = gorm.ErrRecordNotFound
	case ok:
		err = translator.Translate(err)
	}
	l.db.Logger.Trace(ctx, start, func() (string, int64) { return l.sql, found }, err)
	return err
}

func (l *Lookup) take(ctx context.Context, row reflect.Value, args []any) error {
	statement, err := l.prepare(ctx)
	if err != nil {
		return err
	}
	values := make([]any, len(l.fields))
	for i, field := range l.fields {
		values[i] = field.NewValuePool.Get()
	}
	if err := statement.QueryRowContext(ctx, args...).Scan(values...); err != nil {
		return err
	}
	for i, field := range l.fields {
		if err := field.Set(ctx, row, values[i]); err != nil {
			return fmt.Errorf("read %s: %w", field.DBName, err)
		}
		field.NewValuePool.Put(values[i])
	}
	return nil
}

// prepare prepares the statement at its first use, since there may be no table before.
func (l *Lookup) prepare(ctx context.Context) (*sql.Stmt, error) {
	if statement := l.prepared.Load(); statement != nil || l.err != nil {
		return statement, l.err
	}
	pool, err := l.db.DB()
	if err != nil {
		return nil, err
	}
	statement, err := pool.PrepareContext(ctx, l.sql)
	if err != nil {
		return nil, err
	}
	if !l.prepared.CompareAndSwap(nil, statement) {
		_ = statement.Close() // another request was faster
	}
	return l.prepared.Load(), nil
}
