package database

import (
	"fmt"

	"gorm.io/gorm"
)

// A Seeder makes rows to develop with. Run makes those that the table lacks of count, in the transaction, and returns how
// many: run again, it makes none.
type Seeder struct {
	Name  string // what it makes, such as posts
	Count int    // how many of them, where nobody asks for another number
	Run   func(tx *gorm.DB, count int) (made int, err error)
}

// FirstID returns the id of the first row that a query sees, for a row that is seeded to refer to. Where there is none the
// error says whose seeder has to come first.
func FirstID(rows *gorm.DB) (id int64, err error) {
	var ids []int64
	if err := rows.Order("id").Limit(1).Pluck("id", &ids).Error; err != nil {
		return 0, err
	}
	if len(ids) == 0 {
		return 0, fmt.Errorf("there is no row of %[1]s left to refer to: the seeder of %[1]s has to come first in seeds.All", rows.Statement.Table)
	}
	return ids[0], nil
}

// Fill makes rows until the table has as many as count, and returns how many it made. The number that row gets is above
// each id of the table, so that what is made of it is new: it returns a pointer to a row that has not been stored.
func Fill(tx *gorm.DB, table string, count int, row func(n int) (any, error)) (made int, err error) {
	var have struct {
		Rows int
		Last int
	}
	if err := tx.Table(table).Select("count(*) AS rows, coalesce(max(id), 0) AS last").Take(&have).Error; err != nil {
		return 0, fmt.Errorf("count the rows of %s: %w", table, err)
	}
	for ; have.Rows+made < count; made++ {
		next, err := row(have.Last + made + 1)
		if err == nil {
			err = tx.Create(next).Error
		}
		if err != nil {
			return made, fmt.Errorf("make a row of %s: %w", table, err)
		}
	}
	return made, nil
}
