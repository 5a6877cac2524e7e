package database

import (
	"context"
	"fmt"
	"strings"

	"github.com/go-gormigrate/gormigrate/v2"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
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
		if dropped, err = dropTables(tx); err != nil || len(list) == 0 {
			return err
		}
		return runner(tx, named(list, &applied)).Migrate()
	})
	if err != nil {
		return 0, nil, fmt.Errorf("make the database anew: %w", err)
	}
	return dropped, applied, nil
}

func dropTables(tx *gorm.DB) (dropped int, err error) {
	if tx.Name() == "postgres" {
		return dropPostgres(tx)
	}
	// Rows that refer to a dropped table are counted until the end of the transaction, when their own table is gone too.
	if err := tx.Exec("PRAGMA defer_foreign_keys = ON").Error; err != nil {
		return 0, err
	}
	var all []struct{ Name, Type string }
	query := "SELECT name, type FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual', 'view') AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
	if err := tx.Raw(query).Scan(&all).Error; err != nil {
		return 0, err
	}
	for _, x := range all {
		if x.Type == "view" {
			err = tx.Exec("DROP VIEW ?", clause.Table{Name: x.Name}).Error
		} else {
			err = tx.Exec("DROP TABLE ?", clause.Table{Name: x.Name}).Error
			dropped++
		}
		if err != nil {
			return 0, err
		}
	}
	return dropped, nil
}

// dropPostgres drops the tables and what depends on them, but for those of an extension.
func dropPostgres(tx *gorm.DB) (dropped int, err error) {
	var names []string
	query := `SELECT quote_ident(relname) FROM pg_class c WHERE relnamespace = quote_ident(current_schema())::regnamespace AND relkind IN ('r', 'p', 'f')
		AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')`
	if err := tx.Raw(query).Scan(&names).Error; err != nil || len(names) == 0 {
		return 0, err
	}
	return len(names), tx.Exec("DROP TABLE " + strings.Join(names, ", ") + " CASCADE").Error
}
