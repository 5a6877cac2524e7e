package database

import (
	"fmt"

	"gorm.io/gorm"
)

// A Seeder fills a table with development data. Run creates the rows missing to count, in the transaction, and returns their
// number; running it again creates none.
type Seeder struct {
	Name  string // the table, such as posts
	Count int    // default number of rows
	Run   func(tx *gorm.DB, count int) (made int, err error)
}

// FirstID returns the ID of the first row that a query selects, to be referenced by a seeded row. If there is none, the error
// names the seeder that must come first.
func FirstID(rows *gorm.DB) (id int64, err error) {
	var ids []int64
	if err := rows.Order("id").Limit(1).Pluck("id", &ids).Error; err != nil {
		return 0, err
	}
	if len(ids) == 0 {
		return 0, fmt.Errorf("no row of %[1]s left to reference: put the seeder of %[1]s first in seeds.All", rows.Statement.Table)
	}
	return ids[0], nil
}

// Fill creates rows until the table has count of them, and returns how many it created. The number n passed to row is
// greater than every ID in the table, so that values derived from it are new. row returns a pointer to an unsaved row.
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
			return made, fmt.Errorf("create a row of %s: %w", table, err)
		}
	}
	return made, nil
}
