package database

import (
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// LockForUpdate reads the row of an id among those that a query sees, and holds it until
// the transaction ends. It returns gorm.ErrRecordNotFound where there is none.
func LockForUpdate(query *gorm.DB, id int64, row any) error {
	return query.Clauses(clause.Locking{Strength: "UPDATE"}).Take(row, "id = ?", id).Error
}
