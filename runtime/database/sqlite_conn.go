package database

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"reflect"

	"gorm.io/gorm"
	"gorm.io/gorm/callbacks"
)

// sqlitePool is the connection pool that gorm uses.
type sqlitePool struct{ *sql.DB }

// QueryContext lets the driver watch the context if it interrupts SQLite itself. database/sql would start a goroutine for
// that, which takes longer than most queries. Waiting for a connection still ends with the context.
func (p sqlitePool) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if pool := p.Stats(); driverInterrupts && pool.InUse < pool.MaxOpenConnections {
		ctx = unwatched{ctx}
	}
	return p.DB.QueryContext(ctx, query, args...)
}

// GetDBConn implements gorm.GetDBConnector.
func (p sqlitePool) GetDBConn() (*sql.DB, error) { return p.DB, nil }

// unwatched is a context that only the driver watches.
type unwatched struct{ context.Context }

// Done implements context.Context.
func (unwatched) Done() <-chan struct{} { return nil }

// insertWithoutRows inserts a row with a generated ID without RETURNING: SQLite reports the ID anyway, and returned rows
// cost several more driver calls.
func insertWithoutRows(db *gorm.DB) error {
	create := db.Callback().Create()
	withRows, plain := create.Get("gorm:create"), callbacks.Create(&callbacks.Config{})
	return create.Replace("gorm:create", func(db *gorm.DB) {
		if needsOnlyID(db.Statement) {
			ctx := db.Statement.Context
			db.Statement.Context = brief{ctx}
			plain(db)
			db.Statement.Context = ctx
		} else {
			withRows(db)
		}
	})
}

func needsOnlyID(s *gorm.Statement) bool {
	if s.Schema == nil || s.ReflectValue.Kind() != reflect.Struct || s.Clauses["RETURNING"].Expression != nil || s.Clauses["ON CONFLICT"].Expression != nil {
		return false
	}
	given := s.Schema.FieldsWithDefaultDBValue
	return len(given) == 1 && given[0] == s.Schema.PrioritizedPrimaryField && given[0].AutoIncrement
}

// brief is the context of a statement too short to interrupt. It only ends the wait for a connection.
type brief struct{ context.Context }

// ExecContext implements driver.ExecerContext. The driver starts a goroutine to watch a context, which takes longer than
// writing a row.
func (c sqliteConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	if b, ok := ctx.(brief); ok {
		ctx = context.WithoutCancel(b.Context)
	}
	return c.driverConn.ExecContext(ctx, query, args)
}

// driverRows is the common interface of the rows of both drivers.
type driverRows interface {
	driver.Rows
	driver.RowsColumnTypeDatabaseTypeName
	driver.RowsColumnTypeNullable
	driver.RowsColumnTypeScanType
}

// writtenRows are the rows returned by a writing statement, which commits after the last one. They are read to the end,
// because a cached statement would lose the error of a failed commit.
type writtenRows struct {
	driverRows
	ended bool
}

// Next implements driver.Rows.
func (r *writtenRows) Next(row []driver.Value) error {
	err := r.driverRows.Next(row)
	r.ended = err != nil
	return err
}

// Close implements driver.Rows.
func (r *writtenRows) Close() error {
	var err error
	for row := make([]driver.Value, len(r.Columns())); !r.ended; {
		err = r.Next(row)
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return errors.Join(err, r.driverRows.Close())
}
