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
	if len(x.Columns) == 0 {
		return errors.New("it needs a column")
	}
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

// freeName returns an unused name for an index on the columns. Index names are unique in the schema, and posts_user (id)
// would get the name of posts (user_id).
func freeName(tx *gorm.DB, table string, columns []string) (string, error) {
	for n := 1; n <= manyIndexes; n++ {
		name := indexName(table, columns, n)
		taken, err := DialectOf(tx).hasRelation(tx, name)
		if err != nil || !taken {
			return name, err
		}
	}
	return "", errors.New("too many indexes on these columns")
}

// manyIndexes limits the indexes on the same columns.
const manyIndexes = 9

// longestName is the limit of PostgreSQL, in bytes.
const longestName = 63

// indexName returns the nth name for an index on the columns. A long one is truncated and ends with a digest to stay unique.
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

// IndexedColumns returns the columns of each index of a table, including the primary key.
func IndexedColumns(db *gorm.DB, table string) ([][]string, error) {
	indexes, err := indexesOf(db, table)
	var all [][]string
	for _, x := range indexes {
		all = append(all, x.columns)
	}
	return all, err
}

// A madeIndex is an existing index.
type madeIndex struct {
	name    string
	columns []string
}

// An indexColumn is a column of an existing index.
type indexColumn struct{ Name, Column string }

// indexesOf returns the indexes of a table, sorted by name.
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

// followsFrom reports whether the index has a generated name.
func (x madeIndex) followsFrom(table string) bool {
	for n := 1; n <= manyIndexes; n++ {
		if x.name == indexName(table, x.columns, n) {
			return true
		}
	}
	return false
}
