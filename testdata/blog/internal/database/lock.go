package database

import (
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// LockForUpdate reads the row with an ID that the query selects, and locks it until the
// transaction ends. It returns gorm.ErrRecordNotFound if there is none.
func LockForUpdate(query *gorm.DB, id int64, row any) error {
	return query.Clauses(clause.Locking{Strength: "UPDATE"}).Take(row, "id = ?", id).Error
}
