package database_test

import (
	"fmt"
	"strings"
	"testing"

	"gorm.io/gorm"

	"fastgo/runtime/database"
	"fastgo/runtime/database/dbtest"
	"fastgo/runtime/database/table"
)

// indexes are the definitions of a table's indexes, by name, in small letters without quotes and schema.
func indexes(t *testing.T, db *gorm.DB, table string) map[string]string {
	t.Helper()
	query := "SELECT name, sql AS definition FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL"
	if db.Name() == "postgres" {
		query = "SELECT indexname AS name, indexdef AS definition FROM pg_indexes WHERE tablename = ? AND schemaname = current_schema() AND indexname NOT LIKE '%_pkey'"
	}
	var rows []struct{ Name, Definition string }
	if err := db.Raw(query, table).Scan(&rows).Error; err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, row := range rows {
		definition := strings.NewReplacer("`", "", `"`, "", ", ", ",", " (", "(").Replace(strings.ToLower(row.Definition))
		unique := strings.HasPrefix(definition, "create unique")
		_, columns, _ := strings.Cut(definition, "(")
		columns, condition, _ := strings.Cut(columns, ")")
		all[row.Name] = columns + strings.NewReplacer("(", " ", ")", "").Replace(condition)
		if unique {
			all[row.Name] = "unique " + all[row.Name]
		}
	}
	return all
}

func wantIndexes(t *testing.T, db *gorm.DB, table string, want map[string]string) {
	t.Helper()
	if got := indexes(t, db, table); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("the indexes of %s are\n%v, not\n%v", table, got, want)
	}
}

func TestIndexNamesAreUniqueInTheSchema(t *testing.T) {
	db := open(t, dbtest.URL(t))
	if err := database.CreateTable(db, "posts", table.ID(), table.BigInt("user_id"), table.Index("user_id"), table.Unique("user_id").Where("id > 7")); err != nil {
		t.Fatal(err)
	}
	if err := database.CreateTable(db, "posts_user", table.ID(), table.Index("id")); err != nil {
		t.Fatal(err)
	}
	wantIndexes(t, db, "posts", map[string]string{"idx_posts_user_id": "user_id", "idx_posts_user_id_2": "unique user_id where id > 7"})
	wantIndexes(t, db, "posts_user", map[string]string{"idx_posts_user_id_3": "id"})
	if err := database.RenameColumn(db, "posts", "user_id", "owner_id"); err != nil {
		t.Fatal(err)
	}
	wantIndexes(t, db, "posts", map[string]string{"idx_posts_owner_id": "owner_id", "idx_posts_owner_id_2": "unique owner_id where id > 7"})
}

func TestLongIndexNamesAreShortened(t *testing.T) {
	db := open(t, dbtest.URL(t))
	name := "a_table_whose_name_is_long_as_well"
	err := database.CreateTable(db, name, table.ID(),
		table.Int("the_first_of_two_columns_with_a_long_name"), table.Index("the_first_of_two_columns_with_a_long_name"),
		table.Int("the_first_of_two_columns_with_a_long_name_and_more"), table.Index("the_first_of_two_columns_with_a_long_name_and_more"))
	if err != nil {
		t.Fatal(err)
	}
	if err := database.RenameColumn(db, name, "the_first_of_two_columns_with_a_long_name", "short"); err != nil {
		t.Fatal(err)
	}
	names := indexes(t, db, name)
	if len(names) != 2 {
		t.Errorf("%v", names)
	}
	for index, columns := range names {
		if len(index) > 63 || !strings.HasPrefix(index, "idx_a_table_whose_name_is_long_as_well_") || columns == "short" && index != "idx_"+name+"_short" {
			t.Errorf("%s is the name of an index of %s", index, columns)
		}
	}
}

// SQLite ends every index with the id. Were it named again, a page would be found by the other columns alone, and all rows
// that are equal in them be walked through.
func TestTrailingIDIsOmittedFromIndexesOnSQLite(t *testing.T) {
	db := open(t, dbtest.URL(t))
	if err := database.CreateTable(db, "posts", table.ID(), table.BigInt("user_id"), table.Index("user_id", "id")); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"idx_posts_user_id_id": "user_id,id"}
	if db.Name() == "sqlite" {
		want = map[string]string{"idx_posts_user_id": "user_id"}
	}
	wantIndexes(t, db, "posts", want)
}
