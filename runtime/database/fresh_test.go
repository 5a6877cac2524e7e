package database_test

import (
	"slices"
	"strings"
	"testing"

	"fastgo/runtime/database"
	"fastgo/runtime/database/dbtest"
)

func TestFreshDropsEverything(t *testing.T) {
	db, list := open(t, dbtest.URL(t)), shop()
	migrate(t, db, list)
	if db.Name() == "postgres" { // where a table refers to those that are there
		execute(t, db, "CREATE TABLE eggs (id integer PRIMARY KEY)",
			"CREATE TABLE chickens (id integer PRIMARY KEY, egg_id integer REFERENCES eggs(id) ON DELETE RESTRICT)",
			"ALTER TABLE eggs ADD COLUMN chicken_id integer REFERENCES chickens(id) ON DELETE RESTRICT")
	} else {
		execute(t, db, "CREATE TABLE chickens (id integer PRIMARY KEY, egg_id integer REFERENCES eggs(id) ON DELETE RESTRICT)",
			"CREATE TABLE eggs (id integer PRIMARY KEY, chicken_id integer REFERENCES chickens(id) ON DELETE RESTRICT)")
	}
	execute(t, db,
		"INSERT INTO lines VALUES (1, 1)",
		`CREATE TABLE "order" (id integer PRIMARY KEY, next_id integer REFERENCES "order"(id) ON DELETE RESTRICT)`,
		`INSERT INTO "order" VALUES (1, 1), (2, 1)`,
		"INSERT INTO eggs VALUES (1, NULL)", "INSERT INTO chickens VALUES (1, 1)", "UPDATE eggs SET chicken_id = 1",
		"CREATE VIEW dozens AS SELECT * FROM eggs",
		"INSERT INTO schema_migrations VALUES ('20990101000000_of_another_build')")
	for _, tables := range []int{6, 3} {
		dropped, applied, err := database.Fresh(t.Context(), db, list)
		if err != nil || dropped != tables || !slices.Equal(applied, ids(list)) {
			t.Fatalf("%d, %v, %v", dropped, applied, err)
		}
		if count(t, db, "orders") != 1 || count(t, db, "lines") != 0 || count(t, db, "schema_migrations") != 3 {
			t.Error("the tables are not those of the migrations")
		}
		for _, table := range []string{"order", "chickens", "eggs", "dozens"} {
			if db.Migrator().HasTable(table) {
				t.Errorf("%s is left", table)
			}
		}
	}
	if err := db.Exec("INSERT INTO lines VALUES (1, 9)").Error; err == nil {
		t.Error("foreign keys are not checked any more")
	}
}

func TestFailedFreshChangesNothing(t *testing.T) {
	db, list := open(t, dbtest.URL(t)), shop()
	migrate(t, db, list)
	execute(t, db, "INSERT INTO lines VALUES (7, 1)")
	list[1].Migrate = run("INSERT INTO nowhere VALUES (1)")
	if _, _, err := database.Fresh(t.Context(), db, list); err == nil || !strings.Contains(err.Error(), list[1].ID) {
		t.Error(err)
	}
	if count(t, db, "lines") != 1 || count(t, db, "schema_migrations") != 3 {
		t.Error("rows are gone")
	}
}

func TestFreshCreatesAnEmptyDatabase(t *testing.T) {
	db := open(t, dbtest.URL(t))
	if dropped, applied, err := database.Fresh(t.Context(), db, shop()); err != nil || dropped != 0 || len(applied) != 3 {
		t.Errorf("%d, %v, %v", dropped, applied, err)
	}
	if dropped, applied, err := database.Fresh(t.Context(), db, nil); err != nil || dropped != 3 || applied != nil {
		t.Errorf("%d, %v, %v", dropped, applied, err)
	}
}
