package database_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/go-gormigrate/gormigrate/v2"
	"gorm.io/gorm"

	"fastgo/runtime/database"
	"fastgo/runtime/database/dbtest"
)

func run(statement string) func(*gorm.DB) error {
	return func(tx *gorm.DB) error { return tx.Exec(statement).Error }
}

// shop returns migrations that cannot run twice.
func shop() []*gormigrate.Migration {
	return []*gormigrate.Migration{
		{
			ID:       "20260101000000_create_orders",
			Migrate:  run("CREATE TABLE orders (id integer PRIMARY KEY)"),
			Rollback: run("DROP TABLE orders"),
		},
		{
			ID:       "20260102000000_create_lines",
			Migrate:  run("CREATE TABLE lines (id integer PRIMARY KEY, order_id integer REFERENCES orders(id) ON DELETE CASCADE)"),
			Rollback: run("DROP TABLE lines"),
		},
		{
			ID:       "20260103000000_first_order",
			Migrate:  run("INSERT INTO orders VALUES (1)"),
			Rollback: run("DELETE FROM orders WHERE id = 1"),
		},
	}
}

func ids(list []*gormigrate.Migration) []string {
	var all []string
	for _, m := range list {
		all = append(all, m.ID)
	}
	return all
}

func migrate(t *testing.T, db *gorm.DB, list []*gormigrate.Migration) []string {
	t.Helper()
	applied, err := database.Migrate(t.Context(), db, list)
	if err != nil {
		t.Fatal(err)
	}
	return applied
}

func TestMigrateAppliesPendingAndRollbackUndoesTheLast(t *testing.T) {
	db, list := open(t, dbtest.URL(t)), shop()
	if applied := migrate(t, db, list[:1]); !slices.Equal(applied, ids(list[:1])) {
		t.Errorf("%v", applied)
	}
	if applied := migrate(t, db, list); !slices.Equal(applied, ids(list[1:])) {
		t.Errorf("%v", applied)
	}
	if applied := migrate(t, db, list); applied != nil {
		t.Errorf("%v", applied)
	}
	execute(t, db, "INSERT INTO lines VALUES (7, 1)")
	for i := len(list) - 1; i >= 0; i-- {
		if id, err := database.Rollback(t.Context(), db, list); err != nil || id != list[i].ID {
			t.Errorf("%q, %v", id, err)
		}
	}
	if id, err := database.Rollback(t.Context(), db, list); err != nil || id != "" {
		t.Errorf("%q, %v", id, err)
	}
	if applied := migrate(t, db, list); len(applied) != 3 {
		t.Errorf("%v", applied)
	}
}

func TestFailedMigrationIsRolledBack(t *testing.T) {
	db, list := open(t, dbtest.URL(t)), shop()
	list[2].Migrate = run("INSERT INTO nowhere VALUES (1)")
	_, err := database.Migrate(t.Context(), db, list)
	if err == nil || !strings.Contains(err.Error(), list[2].ID) {
		t.Errorf("the failing migration is not named: %v", err)
	}
	for _, table := range []string{"orders", "lines", "schema_migrations"} {
		if db.Migrator().HasTable(table) {
			t.Errorf("%s was left behind", table)
		}
	}
	if applied := migrate(t, db, shop()); len(applied) != 3 {
		t.Errorf("%v", applied)
	}
}

func TestFailedRollbackChangesNothing(t *testing.T) {
	db, list := open(t, dbtest.URL(t)), shop()
	migrate(t, db, list)
	list[2].Rollback = func(tx *gorm.DB) error {
		return errors.Join(tx.Exec("DELETE FROM orders").Error, tx.Exec("DROP TABLE nowhere").Error)
	}
	if id, err := database.Rollback(t.Context(), db, list); err == nil || id != "" || !strings.Contains(err.Error(), list[2].ID) {
		t.Errorf("%q, %v", id, err)
	}
	var orders int64
	if err := db.Table("orders").Count(&orders).Error; err != nil || orders != 1 {
		t.Errorf("%d orders, %v", orders, err)
	}
	if status, err := database.Status(t.Context(), db, list); err != nil || !status[2].Applied {
		t.Errorf("%v, %v", status, err)
	}
}

func TestRollbackRejectsWhatItCannotUndo(t *testing.T) {
	db, list := open(t, dbtest.URL(t)), shop()
	migrate(t, db, list)
	if _, err := database.Rollback(t.Context(), db, list[:2]); err == nil || !strings.Contains(err.Error(), "20260103000000_first_order is unknown to this build") {
		t.Error(err)
	}
	list[2].Rollback = nil
	if _, err := database.Rollback(t.Context(), db, list); err == nil || !strings.Contains(err.Error(), "20260103000000_first_order has no Rollback") {
		t.Error(err)
	}
}

func TestStatusShowsListAndDatabase(t *testing.T) {
	db, list := open(t, dbtest.URL(t)), shop()
	if status, err := database.Status(t.Context(), db, list[:1]); err != nil || len(status) != 1 || status[0].Applied {
		t.Errorf("%v, %v", status, err)
	}
	if db.Migrator().HasTable("schema_migrations") {
		t.Error("Status made a table")
	}
	migrate(t, db, list[:2])
	status, err := database.Status(t.Context(), db, list[1:])
	want := []database.MigrationStatus{
		{ID: list[0].ID, Applied: true},
		{ID: list[1].ID, Applied: true, Known: true},
		{ID: list[2].ID, Known: true},
	}
	if err != nil || !slices.Equal(status, want) {
		t.Errorf("%v, %v", status, err)
	}
}

func TestInvalidListOfMigrationsIsRejected(t *testing.T) {
	db, list := open(t, dbtest.URL(t)), shop()
	for want, wrong := range map[string][]*gormigrate.Migration{
		"two migrations have the ID 20260101000000_create_orders": {list[0], list[1], list[0]},
		"has no ID":      {{Migrate: list[0].Migrate}},
		"has no Migrate": {{ID: "20260101000000_x"}},
	} {
		_, migrating := database.Migrate(t.Context(), db, wrong)
		_, rolling := database.Rollback(t.Context(), db, wrong)
		_, asking := database.Status(t.Context(), db, wrong)
		for _, err := range []error{migrating, rolling, asking} {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v", want, err)
			}
		}
	}
	if db.Migrator().HasTable("schema_migrations") {
		t.Error("something was applied")
	}
}

func TestMergedBranchesMayListTheirMigrationsInAnyOrder(t *testing.T) {
	db, list := open(t, dbtest.URL(t)), shop()
	mixed := []*gormigrate.Migration{list[2], list[0], list[1]}
	if applied := migrate(t, db, mixed); !slices.Equal(applied, ids(list)) {
		t.Errorf("%v", applied)
	}
	if mixed[0] != list[2] {
		t.Error("the caller's list was changed")
	}
	status, err := database.Status(t.Context(), db, mixed)
	if err != nil || len(status) != 3 || status[0].ID != list[0].ID || status[2].ID != list[2].ID {
		t.Errorf("%v, %v", status, err)
	}
	if id, err := database.Rollback(t.Context(), db, mixed); err != nil || id != list[2].ID {
		t.Errorf("%q, %v", id, err)
	}
}

func TestOlderPendingMigrationIsApplied(t *testing.T) {
	db, list := open(t, dbtest.URL(t)), shop()
	migrate(t, db, []*gormigrate.Migration{list[0], list[2]})
	if applied := migrate(t, db, list); !slices.Equal(applied, ids(list[1:2])) {
		t.Errorf("%v", applied)
	}
}
