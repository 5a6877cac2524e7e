package database

import (
	"errors"

	"gorm.io/gorm"
	"gorm.io/gorm/callbacks"
	"gorm.io/gorm/schema"
)

// skipTransactions leaves out the transaction that gorm wraps around each write, where the write is a single statement: that
// is atomic by itself, and BEGIN and COMMIT take as long as the statement does.
func skipTransactions(db *gorm.DB) error {
	begin := func(db *gorm.DB) {
		if !isSingle(db.Statement.Schema) {
			callbacks.BeginTransaction(db)
		}
	}
	return errors.Join(
		db.Callback().Create().Replace("gorm:begin_transaction", begin),
		db.Callback().Update().Replace("gorm:begin_transaction", begin),
		db.Callback().Delete().Replace("gorm:begin_transaction", begin),
	)
}

// isSingle reports whether writing a row takes one statement: hooks and associations may make others.
func isSingle(row *schema.Schema) bool {
	if row == nil {
		return true
	}
	hooks := row.BeforeCreate || row.AfterCreate || row.BeforeUpdate || row.AfterUpdate ||
		row.BeforeDelete || row.AfterDelete || row.BeforeSave || row.AfterSave
	return !hooks && len(row.Relationships.Relations) == 0
}
