package database

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"

	"example.com/blog/internal/database/table"
)

type postgresDialect struct{ *postgres.Dialector }

// Translate implements gorm.ErrorTranslator. It adds violations of NOT NULL and of the length of a varchar to those that
// gorm's driver translates.
func (d postgresDialect) Translate(err error) error {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok && (e.Code == "23502" || e.Code == "22001") {
		return fmt.Errorf("%w: %w", gorm.ErrCheckConstraintViolated, err)
	}
	if isUnavailable(err) {
		return fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	return d.Dialector.Translate(err)
}

// isUnavailable reports whether retrying may succeed: the server is unreachable, out of resources or shutting down, or it
// aborted the transaction in favor of another one (classes 08, 53, 57P and 40 of
// https://www.postgresql.org/docs/current/errcodes-appendix.html).
func isUnavailable(err error) bool {
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok || errors.Is(err, driver.ErrBadConn) {
		return true
	}
	e, ok := errors.AsType[*pgconn.PgError](err)
	return ok && slices.ContainsFunc([]string{"08", "53", "57P", "40"}, func(class string) bool { return strings.HasPrefix(e.Code, class) })
}

// IDOperand implements Dialect.
func (postgresDialect) IDOperand() string { return "?" }

func (postgresDialect) quote(name string) string {
	return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
}

func (postgresDialect) columnType(c table.Definition) string {
	return map[table.Type]string{
		table.IDType:       "bigserial PRIMARY KEY",
		table.RefType:      "bigint",
		table.StringType:   fmt.Sprintf("varchar(%d)", c.Size),
		table.TextType:     "text",
		table.IntType:      "integer",
		table.BigIntType:   "bigint",
		table.FloatType:    "double precision",
		table.DecimalType:  "bigint",
		table.BoolType:     "boolean",
		table.DateType:     "date",
		table.DateTimeType: "timestamptz",
		table.JSONType:     "text",
		table.EnumType:     "text",
	}[c.Type]
}

func (postgresDialect) indexColumns(x table.IndexPart) []string { return x.Columns }

func (postgresDialect) hasRelation(tx *gorm.DB, name string) (found bool, err error) {
	query := "SELECT EXISTS (SELECT 1 FROM pg_class WHERE relnamespace = quote_ident(current_schema())::regnamespace AND relname = ?)"
	return found, tx.Raw(query, name).Scan(&found).Error
}

func (postgresDialect) indexColumnsOf(tx *gorm.DB, table string) (all []indexColumn, err error) {
	query := `SELECT c.relname AS name, a.attname AS "column" FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid
		JOIN LATERAL unnest(x.indkey) WITH ORDINALITY k(number, position) ON k.position <= x.indnkeyatts
		JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.number
		WHERE x.indrelid = to_regclass(quote_ident(?)) ORDER BY c.relname, k.position`
	return all, tx.Raw(query, table).Scan(&all).Error
}

func (d postgresDialect) renameIndex(tx *gorm.DB, from, to string) error {
	return run(tx, "ALTER INDEX %s RENAME TO %s", d.quote(from), d.quote(to))
}

// dropIndexes has nothing to do: PostgreSQL drops the indexes of a column with it.
func (postgresDialect) dropIndexes(*gorm.DB, string, string) error { return nil }

func (postgresDialect) references(tx *gorm.DB, table string) ([]reference, error) {
	return scanReferences(tx, `WITH RECURSIVE leaving(relation) AS (
			SELECT to_regclass(quote_ident(?))::oid UNION
			SELECT f.conrelid FROM pg_constraint f JOIN leaving l ON f.confrelid = l.relation WHERE f.contype = 'f' AND f.confdeltype = 'c')
		SELECT f.oid::text AS id, f.conrelid::regclass::text AS child, f.confrelid::regclass::text AS parent, c.attname AS child_column, p.attname AS parent_column,
			f.confdeltype = 'c' AS cascades, f.confdeltype IN ('r', 'a') AS blocks, f.confrelid = to_regclass(quote_ident(?)) AS direct
		FROM leaving l JOIN pg_constraint f ON f.contype = 'f' AND f.confrelid = l.relation
		JOIN LATERAL unnest(f.conkey, f.confkey) WITH ORDINALITY k(child, parent, position) ON true
		JOIN pg_attribute c ON c.attrelid = f.conrelid AND c.attnum = k.child
		JOIN pg_attribute p ON p.attrelid = f.confrelid AND p.attnum = k.parent
		ORDER BY f.oid, k.position`, table, table)
}

// dropTables drops the tables and what depends on them, but for those of an extension.
func (d postgresDialect) dropTables(tx *gorm.DB) (dropped int, err error) {
	var names []string
	query := `SELECT relname FROM pg_class c WHERE relnamespace = quote_ident(current_schema())::regnamespace AND relkind IN ('r', 'p', 'f')
		AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')`
	if err := tx.Raw(query).Scan(&names).Error; err != nil || len(names) == 0 {
		return 0, err
	}
	return len(names), run(tx, "DROP TABLE %s CASCADE", quoteAll(tx, names))
}

// lockMigrations takes an advisory lock, which ends with the transaction in whatever way that ends.
func (postgresDialect) lockMigrations(tx *gorm.DB) error {
	return tx.Exec("SELECT pg_advisory_xact_lock(hashtextextended('migrations of ' || coalesce(current_schema(), ''), 0))").Error
}
