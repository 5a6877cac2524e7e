package database

import (
	"crypto/rand"
	"errors"
	"fmt"
	"hash/crc32"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

func createIndexes(tx *gorm.DB, table string, indexes []TableIndex) error {
	for _, x := range indexes {
		if err := createIndex(tx, table, x); err != nil {
			return fmt.Errorf("create an index of %s (%s): %w", table, strings.Join(x.columns, ", "), err)
		}
	}
	return nil
}

func createIndex(tx *gorm.DB, table string, x TableIndex) error {
	if n := len(x.columns) - 1; tx.Name() == "sqlite" && !x.unique && n > 0 && x.columns[n] == "id" {
		x.columns = x.columns[:n] // every index ends with it there; named again, it would not be searched
	}
	name, err := freeName(tx, table, x.columns)
	if err != nil {
		return err
	}
	statement, values := "CREATE INDEX ? ON ? ?", []any{clause.Column{Name: name}, clause.Table{Name: table}, quoted(x.columns)}
	if x.unique {
		statement = "CREATE UNIQUE INDEX ? ON ? ?"
	}
	if x.condition != "" {
		statement, values = statement+" WHERE ?", append(values, clause.Expr{SQL: x.condition})
	}
	return tx.Exec(statement, values...).Error
}

func quoted(columns []string) []any {
	var all []any
	for _, name := range columns {
		all = append(all, clause.Column{Name: name})
	}
	return all
}

// freeName returns the name of an index of the columns that nothing else in the schema has: names of indexes are not a
// table's own, and posts_user (id) would have that of posts (user_id).
func freeName(tx *gorm.DB, table string, columns []string) (string, error) {
	query := "SELECT name FROM sqlite_master WHERE lower(name) = lower(?)"
	if tx.Name() == "postgres" {
		query = "SELECT relname FROM pg_class WHERE relnamespace = quote_ident(current_schema())::regnamespace AND relname = ?"
	}
	for n := 1; n <= manyIndexes; n++ {
		var taken []string
		name := indexName(table, columns, n)
		if err := tx.Raw(query, name).Scan(&taken).Error; err != nil || len(taken) == 0 {
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

// A madeIndex is one that the database has.
type madeIndex struct {
	name    string
	columns []string
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

// indexesOf returns the indexes of the table, ordered by name.
func indexesOf(tx *gorm.DB, table string) ([]madeIndex, error) {
	query := `SELECT l.name AS name, i.name AS "column" FROM pragma_index_list(?) l JOIN pragma_index_info(l.name) i ORDER BY l.name, i.seqno`
	if tx.Name() == "postgres" {
		query = `SELECT c.relname AS name, a.attname AS "column" FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid
			JOIN LATERAL unnest(x.indkey) WITH ORDINALITY k(number, position) ON k.position <= x.indnkeyatts
			JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.number
			WHERE x.indrelid = to_regclass(quote_ident(?)) ORDER BY c.relname, k.position`
	}
	var rows []struct{ Name, Column string }
	if err := tx.Raw(query, table).Scan(&rows).Error; err != nil {
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

// renameIndex gives an index the name of its new columns. SQLite can only make it anew, of the text that it keeps.
func renameIndex(tx *gorm.DB, table, name string, columns []string) error {
	to, err := freeName(tx, table, columns)
	if err != nil {
		return err
	}
	if tx.Name() == "postgres" {
		return tx.Exec("ALTER INDEX ? RENAME TO ?", clause.Column{Name: name}, clause.Column{Name: to}).Error
	}
	var text string
	if err := tx.Raw("SELECT sql FROM sqlite_master WHERE type = 'index' AND name = ?", name).Scan(&text).Error; err != nil {
		return err
	}
	if err := tx.Exec("DROP INDEX ?", clause.Column{Name: name}).Error; err != nil {
		return err
	}
	statement := "CREATE INDEX "
	if strings.HasPrefix(text, "CREATE UNIQUE") {
		statement = "CREATE UNIQUE INDEX "
	}
	_, definition, _ := strings.Cut(text, name)
	return tx.Exec(statement + tx.Statement.Quote(to) + strings.TrimLeft(definition, "`\"]")).Error
}

// dropIndexes drops those of SQLite that name the column. SQLite itself finds them: they change when it is renamed.
func dropIndexes(tx *gorm.DB, table, column string) error {
	undo := errors.New("undo")
	var names []string
	err := tx.Transaction(func(tx *gorm.DB) error {
		other := "c" + rand.Text()
		if err := tx.Exec("ALTER TABLE ? RENAME COLUMN ? TO ?", clause.Table{Name: table}, clause.Column{Name: column}, clause.Column{Name: other}).Error; err != nil {
			return err
		}
		if err := tx.Raw("SELECT name FROM sqlite_master WHERE type = 'index' AND instr(sql, ?) > 0", other).Scan(&names).Error; err != nil {
			return err
		}
		return undo
	})
	if !errors.Is(err, undo) {
		return err
	}
	for _, name := range names {
		if err := tx.Exec("DROP INDEX ?", clause.Column{Name: name}).Error; err != nil {
			return err
		}
	}
	return nil
}
