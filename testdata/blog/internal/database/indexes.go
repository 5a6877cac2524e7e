package database

import (
	"errors"
	"fmt"
	"hash/crc32"
	"strings"

	"gorm.io/gorm"

	"example.com/blog/internal/database/table"
)

func createIndexes(tx *gorm.DB, name string, indexes []table.IndexPart) error {
	for _, x := range indexes {
		if err := createIndex(tx, name, x); err != nil {
			return fmt.Errorf("create an index of %s (%s): %w", name, strings.Join(x.Columns, ", "), err)
		}
	}
	return nil
}

func createIndex(tx *gorm.DB, name string, x table.IndexPart) error {
	columns := DialectOf(tx).indexColumns(x)
	free, err := freeName(tx, name, columns)
	if err != nil {
		return err
	}
	create, where := "CREATE INDEX", ""
	if x.Unique {
		create = "CREATE UNIQUE INDEX"
	}
	if x.Condition != "" {
		where = " WHERE " + x.Condition
	}
	return run(tx, "%s %s ON %s (%s)%s", create, quote(tx, free), quote(tx, name), quoteAll(tx, columns), where)
}

// freeName returns the name of an index of the columns that nothing else in the schema has: names of indexes are not a
// table's own, and posts_user (id) would have that of posts (user_id).
func freeName(tx *gorm.DB, table string, columns []string) (string, error) {
	for n := 1; n <= manyIndexes; n++ {
		name := indexName(table, columns, n)
		taken, err := DialectOf(tx).hasRelation(tx, name)
		if err != nil || !taken {
			return name, err
		}
	}
	return "", errors.New("there are too many of these columns")
}

// manyIndexes is how many indexes of the same columns have names.
const manyIndexes = 9

// longestName is that of PostgreSQL, in bytes.
const longestName = 63

// indexName returns the nth name of an index of the columns. A long one ends with a digest, since it may be cut where it
// differs from another.
func indexName(table string, columns []string, n int) string {
	name := "idx_" + table + "_" + strings.Join(columns, "_")
	if n > 1 {
		name = fmt.Sprintf("%s_%d", name, n)
	}
	if len(name) <= longestName {
		return name
	}
	return fmt.Sprintf("%s_%08x", strings.ToValidUTF8(name[:longestName-9], ""), crc32.ChecksumIEEE([]byte(name)))
}

// IndexedColumns returns the columns of each index of a table, its primary key among them.
func IndexedColumns(db *gorm.DB, table string) ([][]string, error) {
	indexes, err := indexesOf(db, table)
	var all [][]string
	for _, x := range indexes {
		all = append(all, x.columns)
	}
	return all, err
}

// A madeIndex is one that the database has.
type madeIndex struct {
	name    string
	columns []string
}

// An indexColumn is one column of an index that the database has.
type indexColumn struct{ Name, Column string }

// indexesOf returns the indexes of a table, ordered by name.
func indexesOf(tx *gorm.DB, table string) ([]madeIndex, error) {
	rows, err := DialectOf(tx).indexColumnsOf(tx, table)
	if err != nil {
		return nil, err
	}
	var all []madeIndex
	for _, row := range rows {
		if len(all) == 0 || all[len(all)-1].name != row.Name {
			all = append(all, madeIndex{name: row.Name})
		}
		all[len(all)-1].columns = append(all[len(all)-1].columns, row.Column)
	}
	return all, nil
}

// followsFrom reports whether the index was named after its columns, rather than by somebody.
func (x madeIndex) followsFrom(table string) bool {
	for n := 1; n <= manyIndexes; n++ {
		if x.name == indexName(table, x.columns, n) {
			return true
		}
	}
	return false
}
