package database

import (
	"database/sql"
	"errors"
	"strings"

	"gorm.io/gorm"

	"fastgo/runtime/database/table"
)

// A Dialect contains all differences between databases. Each database has one implementation, in its own file, and a row in
// databases.
type Dialect interface {
	gorm.Dialector
	gorm.ErrorTranslator

	// IDOperand is the placeholder for the ID in a row comparison such as (title, id) > (?, ?) that lets the database use
	// an index on both.
	IDOperand() string

	quote(name string) string
	columnType(c table.Definition) string
	// indexColumns returns the columns to list when creating the index.
	indexColumns(x table.IndexPart) []string
	// hasRelation reports whether a table, index or similar object has the name.
	hasRelation(tx *gorm.DB, name string) (bool, error)
	// indexColumnsOf returns a row for each column of each index of a table, ordered by index and position.
	indexColumnsOf(tx *gorm.DB, table string) ([]indexColumn, error)
	renameIndex(tx *gorm.DB, from, to string) error
	// dropIndexes drops the indexes that would prevent dropping a column.
	dropIndexes(tx *gorm.DB, table, column string) error
	// references returns the foreign keys to a table and to the tables that its deletions cascade to, possibly with
	// others.
	references(tx *gorm.DB, table string) ([]reference, error)
	// dropTables drops all tables of the schema and returns their number.
	dropTables(tx *gorm.DB) (int, error)
	// lockMigrations makes the transaction the only one that migrates.
	lockMigrations(tx *gorm.DB) error
}

// DialectOf returns the dialect of a database returned by Open.
func DialectOf(db *gorm.DB) Dialect { return db.Dialector.(Dialect) }

type connector func(url string) (*sql.DB, Dialect, error)

// databases returns the function that connects to each database, by URL scheme.
func databases() map[string]connector {
	return map[string]connector{"sqlite": connectSQLite, "postgres": connectPostgres, "postgresql": connectPostgres}
}

func connect(url string) (*sql.DB, Dialect, error) {
	scheme, _, _ := strings.Cut(url, ":")
	connect, known := databases()[scheme]
	if !known {
		return nil, nil, errors.New("the database URL has an unknown scheme: use sqlite:FILE or postgres://USER:PASSWORD@HOST:PORT/DATABASE")
	}
	return connect(url)
}
