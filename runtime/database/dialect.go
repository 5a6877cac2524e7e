package database

import (
	"database/sql"
	"errors"
	"strings"

	"gorm.io/gorm"

	"fastgo/runtime/database/table"
)

// A Dialect is everything in which one database differs from another. Each has one implementation, in a file of its own, and
// a row in databases.
type Dialect interface {
	gorm.Dialector
	gorm.ErrorTranslator

	// IDOperand is the placeholder for an id at the end of a row comparison, such as (title, id) > (?, ?), that lets the
	// comparison be answered by an index on both.
	IDOperand() string

	quote(name string) string
	columnType(c table.Definition) string
	// indexColumns returns the columns to name when the index is created.
	indexColumns(x table.IndexPart) []string
	// hasRelation reports whether a table, an index or the like has the name.
	hasRelation(tx *gorm.DB, name string) (bool, error)
	// indexColumnsOf returns a row for each column of each index of a table, ordered by index and position.
	indexColumnsOf(tx *gorm.DB, table string) ([]indexColumn, error)
	renameIndex(tx *gorm.DB, from, to string) error
	// dropIndexes drops the indexes that would keep a column from being dropped.
	dropIndexes(tx *gorm.DB, table, column string) error
	// references returns the foreign keys to a table, and those to the tables whose rows go with its rows. There may be others
	// among them.
	references(tx *gorm.DB, table string) ([]reference, error)
	// dropTables drops every table of the schema and returns how many there were.
	dropTables(tx *gorm.DB) (int, error)
	// lockMigrations lets the transaction be the only one that migrates.
	lockMigrations(tx *gorm.DB) error
}

// DialectOf returns the dialect of a database that Open has opened.
func DialectOf(db *gorm.DB) Dialect { return db.Dialector.(Dialect) }

type connector func(url string) (*sql.DB, Dialect, error)

// databases returns what connects to each database, by the scheme of its URL.
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
