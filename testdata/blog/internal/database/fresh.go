package database

import (
	"context"
	"fmt"

	"github.com/go-gormigrate/gormigrate/v2"
	"gorm.io/gorm"
)

// Fresh drops all tables of the schema, applies the migrations of list, and returns the number of dropped tables and the
// migration IDs. It is atomic.
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
		return 0, nil, fmt.Errorf("recreate the database: %w", err)
	}
	return dropped, applied, nil
}
