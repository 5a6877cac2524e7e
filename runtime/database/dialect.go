package database

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"fastgo/runtime/column"
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

// run executes a statement without placeholders: the text of a default may look like one.
func run(tx *gorm.DB, format string, args ...any) error {
	return tx.Exec("?", clause.Expr{SQL: fmt.Sprintf(format, args...)}).Error
}

// quote writes a name so that it cannot be anything else, whatever stands in it.
func quote(tx *gorm.DB, name string) string { return DialectOf(tx).quote(name) }

func quoteAll(tx *gorm.DB, names []string) string {
	var all []string
	for _, name := range names {
		all = append(all, quote(tx, name))
	}
	return strings.Join(all, ", ")
}

// columnSQL writes a column as CREATE TABLE and ADD COLUMN take it. A foreign key is declared with the column, because SQLite
// does not drop a column that a constraint of the table names.
func columnSQL(d Dialect, c table.Definition) (string, error) {
	switch {
	case c.Name == "":
		return "", errors.New("a column needs a name")
	case c.Err != nil:
		return "", c.Err
	}
	parts := []string{d.quote(c.Name), d.columnType(c)}
	if c.PrimaryKey && c.Type != table.IDType { // whose type says so
		parts = append(parts, "PRIMARY KEY")
	}
	if !c.Optional {
		parts = append(parts, "NOT NULL")
	}
	if c.Default != nil {
		value, err := literal(c.Default)
		if err != nil {
			return "", fmt.Errorf("the default: %w", err)
		}
		parts = append(parts, "DEFAULT "+value)
	}
	checks, err := checksSQL(d, c)
	if err != nil {
		return "", err
	}
	if checks != nil {
		parts = append(parts, "CHECK ("+strings.Join(checks, " AND ")+")")
	}
	if c.Type == table.RefType {
		action := "RESTRICT"
		if c.Cascade {
			action = "CASCADE"
		}
		parts = append(parts, fmt.Sprintf("REFERENCES %s(%s) ON DELETE %s", d.quote(c.Parent), d.quote("id"), action))
	}
	return strings.Join(parts, " "), nil
}

// checksSQL writes the rules that the values of a column have to meet.
func checksSQL(d Dialect, c table.Definition) (all []string, err error) {
	operand, bounds := d.quote(c.Name), c.Bounds
	if c.Type == table.StringType || c.Type == table.TextType {
		operand = "length(" + operand + ")"
	}
	if c.Type == table.StringType {
		bounds = append(bounds[:len(bounds):len(bounds)], table.Bound{Operator: "<=", Value: int64(c.Size)})
	}
	for _, b := range bounds {
		value, err := literal(b.Value)
		if err != nil {
			return nil, err
		}
		all = append(all, operand+" "+b.Operator+" "+value)
	}
	if c.Type == table.EnumType {
		var values []string
		for _, value := range c.Values {
			text, err := literal(value)
			if err != nil {
				return nil, err
			}
			values = append(values, text)
		}
		all = append(all, operand+" IN ("+strings.Join(values, ", ")+")")
	}
	return all, nil
}

// literal writes a value in SQL.
func literal(value any) (string, error) {
	switch v := value.(type) {
	case bool:
		return strconv.FormatBool(v), nil
	case int64:
		return strconv.FormatInt(v, 10), nil
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return "", fmt.Errorf("%v is not a number that SQL can write", v)
		}
		return strconv.FormatFloat(v, 'g', -1, 64), nil
	case time.Time:
		rounded, err := roundTime("the time", v)
		return "'" + rounded.Format("2006-01-02 15:04:05.000") + "'", err
	case column.Date:
		return "'" + v.String() + "'", nil
	case column.JSON:
		if !json.Valid([]byte(v)) {
			return "", fmt.Errorf("%q is not a JSON document", string(v))
		}
		return literal(string(v))
	case string:
		if strings.Contains(v, "\x00") {
			return "", fmt.Errorf("%q holds a NUL", v)
		}
		return "'" + strings.ReplaceAll(v, "'", "''") + "'", nil
	}
	return "", fmt.Errorf("a %T has no literal in SQL", value)
}
