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

// isSingle reports whether writing a row takes one statement: hooks and associations may make others.
func isSingle(row *schema.Schema) bool {
	if row == nil {
		return true
	}
	hooks := row.BeforeCreate || row.AfterCreate || row.BeforeUpdate || row.AfterUpdate ||
		row.BeforeDelete || row.AfterDelete || row.BeforeSave || row.AfterSave
	return !hooks && len(row.Relationships.Relations) == 0
}
