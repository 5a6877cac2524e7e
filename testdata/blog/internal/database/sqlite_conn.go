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

// sqlitePool is the pool of connections as gorm uses it.
type sqlitePool struct{ *sql.DB }

// QueryContext leaves it to the driver to watch the context, where it interrupts SQLite itself. database/sql would start a
// goroutine for that, which takes longer than most queries do. Who has to wait for a connection waits as long as the context
// lasts.
func (p sqlitePool) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if pool := p.Stats(); driverInterrupts && pool.InUse < pool.MaxOpenConnections {
		ctx = unwatched{ctx}
	}
	return p.DB.QueryContext(ctx, query, args...)
}

// GetDBConn implements gorm.GetDBConnector.
func (p sqlitePool) GetDBConn() (*sql.DB, error) { return p.DB, nil }

// unwatched is a context that only the driver looks at.
type unwatched struct{ context.Context }

// Done implements context.Context.
func (unwatched) Done() <-chan struct{} { return nil }

// insertWithoutRows lets a row whose id alone comes from the database be written by a statement that returns none: SQLite tells
// the id anyway, and rows are several calls of the driver more.
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

// brief is the context of a statement that is over before it could be interrupted. It ends the wait for a connection.
type brief struct{ context.Context }

// ExecContext implements driver.ExecerContext. To watch a context the driver starts a goroutine, which takes longer than to
// write a row.
func (c sqliteConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	if b, ok := ctx.(brief); ok {
		ctx = context.WithoutCancel(b.Context)
	}
	return c.driverConn.ExecContext(ctx, query, args)
}

// driverRows is what the rows of both drivers of SQLite offer.
type driverRows interface {
	driver.Rows
	driver.RowsColumnTypeDatabaseTypeName
	driver.RowsColumnTypeNullable
	driver.RowsColumnTypeScanType
}

// writtenRows are those that a statement returns that has written them. It commits when it ends, after the last row, so it is
// read to its end: a statement that the driver keeps would lose the error of a commit that fails.
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
