package database

import (
	"context"
	"database/sql/driver"
	"reflect"

	"gorm.io/gorm"
	"gorm.io/gorm/callbacks"
)

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
