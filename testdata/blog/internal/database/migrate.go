package database

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/go-gormigrate/gormigrate/v2"
	"gorm.io/gorm"
)

const migrationTable = "schema_migrations"

// Migrate applies the pending migrations of list, ordered by ID, and returns their IDs. A migration older than an applied
// one is pending too: it was merged from another branch. All of them run in one transaction under a lock: if one fails, none
// is applied, and only one of several concurrent processes does the work.
func Migrate(ctx context.Context, db *gorm.DB, list []*gormigrate.Migration) (applied []string, err error) {
	list, err = ordered(list)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	err = locked(ctx, db, func(tx *gorm.DB) error {
		applied = nil
		return runner(tx, named(list, &applied)).Migrate()
	})
	if err != nil {
		return nil, fmt.Errorf("migrate: %w", err)
	}
	return applied, nil
}

// Rollback undoes the applied migration with the greatest ID and returns that ID, or "" if none is applied. It returns an
// error if the migration is unknown to this build or has no Rollback.
func Rollback(ctx context.Context, db *gorm.DB, list []*gormigrate.Migration) (id string, err error) {
	list, err = ordered(list)
	if err != nil {
		return "", err
	}
	err = locked(ctx, db, func(tx *gorm.DB) error {
		ids, err := appliedIDs(tx)
		if err != nil || len(ids) == 0 {
			return err
		}
		id = slices.Max(ids)
		i := slices.IndexFunc(list, func(m *gormigrate.Migration) bool { return m.ID == id })
		switch {
		case i < 0:
			return fmt.Errorf("%s is unknown to this build: roll back with the version that applied it", id)
		case list[i].Rollback == nil:
			return fmt.Errorf("%s has no Rollback: write one, or a new migration that undoes it", id)
		}
		if err := runner(tx, list).RollbackMigration(list[i]); err != nil {
			return fmt.Errorf("%s: %w", id, err)
		}
		return nil
	})
	if err != nil {
		return "", fmt.Errorf("roll back: %w", err)
	}
	return id, nil
}

// MigrationStatus reports whether a migration was applied to the database and whether this build knows it.
type MigrationStatus struct {
	ID      string
	Applied bool
	Known   bool
}

// Status returns the migrations of list and of the database, ordered by ID.
func Status(ctx context.Context, db *gorm.DB, list []*gormigrate.Migration) ([]MigrationStatus, error) {
	list, err := ordered(list)
	if err != nil {
		return nil, err
	}
	applied, err := appliedIDs(db.WithContext(ctx))
	if err != nil {
		return nil, fmt.Errorf("migration status: %w", err)
	}
	var known []string
	for _, m := range list {
		known = append(known, m.ID)
	}
	var all []MigrationStatus
	for _, id := range slices.Compact(slices.Sorted(slices.Values(slices.Concat(known, applied)))) {
		all = append(all, MigrationStatus{ID: id, Applied: slices.Contains(applied, id), Known: slices.Contains(known, id)})
	}
	return all, nil
}

// ordered returns the migrations sorted by ID, because merged branches may list them in any order.
func ordered(list []*gormigrate.Migration) ([]*gormigrate.Migration, error) {
	list = slices.SortedStableFunc(slices.Values(list), func(a, b *gormigrate.Migration) int { return strings.Compare(a.ID, b.ID) })
	var problems []error
	for i, m := range list {
		switch {
		case m.ID == "":
			problems = append(problems, errors.New("a migration has no ID"))
		case m.Migrate == nil:
			problems = append(problems, fmt.Errorf("migration %s has no Migrate", m.ID))
		case i > 0 && m.ID == list[i-1].ID:
			problems = append(problems, fmt.Errorf("two migrations have the ID %s: give one of them a later timestamp", m.ID))
		}
	}
	return list, errors.Join(problems...)
}

// named returns list with IDs in the errors. It appends the IDs of migrations that ran to applied.
func named(list []*gormigrate.Migration, applied *[]string) []*gormigrate.Migration {
	var all []*gormigrate.Migration
	for _, m := range list {
		all = append(all, &gormigrate.Migration{ID: m.ID, Migrate: func(tx *gorm.DB) error {
			if err := m.Migrate(tx); err != nil {
				return fmt.Errorf("%s: %w", m.ID, err)
			}
			*applied = append(*applied, m.ID)
			return nil
		}})
	}
	return all
}

func runner(tx *gorm.DB, list []*gormigrate.Migration) *gormigrate.Gormigrate {
	return gormigrate.New(tx, &gormigrate.Options{TableName: migrationTable}, list)
}

func appliedIDs(db *gorm.DB) (ids []string, err error) {
	if !db.Migrator().HasTable(migrationTable) {
		return nil, db.Exec("SELECT 1").Error // HasTable also returns false on errors
	}
	return ids, db.Table(migrationTable).Order("id").Pluck("id", &ids).Error
}

// locked runs f in a transaction that no other process migrates in.
func locked(ctx context.Context, db *gorm.DB, f func(tx *gorm.DB) error) error {
	return db.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		if err := DialectOf(tx).lockMigrations(tx); err != nil {
			return err
		}
		return f(tx)
	})
}
