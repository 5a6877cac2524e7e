package database

import (
	"context"
	"fmt"

	"github.com/go-gormigrate/gormigrate/v2"
	"gorm.io/gorm"
)

// Fresh drops every table of the schema with its rows, applies the migrations of list to what is empty then, and returns
// how many tables there were and the IDs. It does all of it or nothing.
func Fresh(ctx context.Context, db *gorm.DB, list []*gormigrate.Migration) (dropped int, applied []string, err error) {
	list, err = ordered(list)
	if err != nil {
		return 0, nil, err
	}
	err = locked(ctx, db, func(tx *gorm.DB) (err error) {
		applied = nil
		if dropped, err = DialectOf(tx).dropTables(tx); err != nil || len(list) == 0 {
			return err
		}
		return runner(tx, named(list, &applied)).Migrate()
	})
	if err != nil {
		return 0, nil, fmt.Errorf("make the database anew: %w", err)
	}
	return dropped, applied, nil
}
