package database

import (
	"crypto/rand"
	"errors"
	"fmt"
	"strings"

	"gorm.io/driver/sqlite"
	"gorm.io/gorm"

	"example.com/blog/internal/database/table"
)

// sqliteDialect translates errors by their extended code, which gorm does for one driver only.
type sqliteDialect struct{ *sqlite.Dialector }

// Initialize implements gorm.Dialector.
func (d sqliteDialect) Initialize(db *gorm.DB) error {
	if err := d.Dialector.Initialize(db); err != nil {
		return err
	}
	return insertWithoutRows(db)
}

// Translate implements gorm.ErrorTranslator. The codes are those of https://www.sqlite.org/rescode.html.
func (sqliteDialect) Translate(err error) error {
	switch sqliteCode(err) {
	case 1555, 2067: // primary key, unique
		return fmt.Errorf("%w: %w", gorm.ErrDuplicatedKey, err)
	case 787, 1811: // foreign key, trigger
		return fmt.Errorf("%w: %w", gorm.ErrForeignKeyViolated, err)
	case 275, 1299: // check, not null
		return fmt.Errorf("%w: %w", gorm.ErrCheckConstraintViolated, err)
	}
	if code := sqliteCode(err) & 0xff; code == 5 || code == 6 { // busy, locked
		return fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	return err
}

// IDOperand implements Dialect. Without a collation, SQLite looks up only the columns before the ID and scans all rows with
// equal values, because the rowid has no collation that matches the index.
func (sqliteDialect) IDOperand() string { return "? COLLATE BINARY" }

// quote uses backquotes, because SQLite treats an unknown name in double quotes as a string.
func (sqliteDialect) quote(name string) string {
	return "`" + strings.ReplaceAll(name, "`", "``") + "`"
}

func (sqliteDialect) columnType(c table.Definition) string {
	return map[table.Type]string{
		table.IDType:       "integer PRIMARY KEY AUTOINCREMENT",
		table.RefType:      "bigint",
		table.StringType:   fmt.Sprintf("varchar(%d)", c.Size),
		table.TextType:     "text",
		table.IntType:      "integer",
		table.BigIntType:   "bigint",
		table.FloatType:    "double precision",
		table.DecimalType:  "bigint",
		table.BoolType:     "numeric",
		table.DateType:     "date",
		table.DateTimeType: "datetime",
		table.JSONType:     "text",
		table.EnumType:     "text",
	}[c.Type]
}

// indexColumns omits a trailing id, which every SQLite index ends with; listed explicitly, it would not be used.
func (sqliteDialect) indexColumns(x table.IndexPart) []string {
	if last := len(x.Columns) - 1; !x.Unique && last > 0 && x.Columns[last] == "id" {
		return x.Columns[:last]
	}
	return x.Columns
}

func (sqliteDialect) hasRelation(tx *gorm.DB, name string) (found bool, err error) {
	return found, tx.Raw("SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE lower(name) = lower(?))", name).Scan(&found).Error
}

func (sqliteDialect) indexColumnsOf(tx *gorm.DB, table string) (all []indexColumn, err error) {
	query := "SELECT l.name AS name, i.name AS `column` FROM pragma_index_list(?) l JOIN pragma_index_info(l.name) i ORDER BY l.name, i.seqno"
	return all, tx.Raw(query, table).Scan(&all).Error
}

// renameIndex recreates the index from its stored SQL, because SQLite cannot rename one.
func (d sqliteDialect) renameIndex(tx *gorm.DB, from, to string) error {
	var text string
	if err := tx.Raw("SELECT sql FROM sqlite_master WHERE type = 'index' AND name = ?", from).Scan(&text).Error; err != nil {
		return err
	}
	if err := run(tx, "DROP INDEX %s", d.quote(from)); err != nil {
		return err
	}
	create := "CREATE INDEX"
	if strings.HasPrefix(text, "CREATE UNIQUE") {
		create = "CREATE UNIQUE INDEX"
	}
	_, definition, isQuoted := strings.Cut(text, d.quote(from))
	if !isQuoted { // as createIndex writes it
		_, definition, _ = strings.Cut(text, from)
		definition = strings.TrimLeft(definition, "\"]")
	}
	return run(tx, "%s %s %s", create, d.quote(to), definition)
}

// dropIndexes drops the indexes that use the column. It finds them by renaming the column, which changes their SQL.
func (d sqliteDialect) dropIndexes(tx *gorm.DB, table, column string) error {
	undo := errors.New("undo")
	var names []string
	err := tx.Transaction(func(tx *gorm.DB) error {
		other := "c" + rand.Text()
		if err := run(tx, "ALTER TABLE %s RENAME COLUMN %s TO %s", d.quote(table), d.quote(column), other); err != nil {
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
		if err := run(tx, "DROP INDEX %s", d.quote(name)); err != nil {
			return err
		}
	}
	return nil
}

// references returns all foreign keys. Without columns, a foreign key references the primary key.
func (sqliteDialect) references(tx *gorm.DB, table string) ([]reference, error) {
	all, err := scanReferences(tx, `SELECT m.name || ' ' || f.id AS id, '"' || replace(lower(m.name), '"', '""') || '"' AS child,
			'"' || replace(lower(f."table"), '"', '""') || '"' AS parent, f."from" AS child_column,
			coalesce(f."to", (SELECT p.name FROM pragma_table_info(f."table") p WHERE p.pk = f.seq + 1)) AS parent_column,
			f.on_delete = 'CASCADE' AS cascades, f.on_delete IN ('RESTRICT', 'NO ACTION') AS blocks
		FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table' ORDER BY m.name, f.id, f.seq`)
	for i := range all {
		all[i].direct = strings.EqualFold(all[i].parent, `"`+strings.ReplaceAll(table, `"`, `""`)+`"`)
	}
	return all, err
}

func (d sqliteDialect) dropTables(tx *gorm.DB) (dropped int, err error) {
	// Foreign keys are checked at the end of the transaction, when all tables are gone.
	if err := tx.Exec("PRAGMA defer_foreign_keys = ON").Error; err != nil {
		return 0, err
	}
	var all []struct{ Name, Type string }
	query := "SELECT name, type FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual', 'view') AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
	if err := tx.Raw(query).Scan(&all).Error; err != nil {
		return 0, err
	}
	for _, x := range all {
		drop := "DROP VIEW %s"
		if x.Type != "view" {
			drop = "DROP TABLE %s"
			dropped++
		}
		if err := run(tx, drop, d.quote(x.Name)); err != nil {
			return 0, err
		}
	}
	return dropped, nil
}

// lockMigrations does nothing: transactions of a database opened by Open are immediate and exclude each other.
func (sqliteDialect) lockMigrations(*gorm.DB) error { return nil }
