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

	"example.com/blog/internal/column"
	"example.com/blog/internal/database/table"
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

// run executes a statement without placeholders, because defaults may contain question marks.
func run(tx *gorm.DB, format string, args ...any) error {
	return tx.Exec("?", clause.Expr{SQL: fmt.Sprintf(format, args...)}).Error
}

// quote quotes a name, whatever it contains.
func quote(tx *gorm.DB, name string) string { return DialectOf(tx).quote(name) }

func quoteAll(tx *gorm.DB, names []string) string {
	var all []string
	for _, name := range names {
		all = append(all, quote(tx, name))
	}
	return strings.Join(all, ", ")
}

// columnSQL returns a column definition for CREATE TABLE and ADD COLUMN. Foreign keys are part of it, because SQLite cannot
// drop a column used in a table constraint.
func columnSQL(d Dialect, c table.Definition) (string, error) {
	switch {
	case c.Name == "":
		return "", errors.New("a column needs a name")
	case c.Err != nil:
		return "", c.Err
	}
	parts := []string{d.quote(c.Name), d.columnType(c)}
	if c.PrimaryKey && c.Type != table.IDType { // its type implies it
		parts = append(parts, "PRIMARY KEY")
	}
	if !c.Optional {
		parts = append(parts, "NOT NULL")
	}
	if c.Default != nil {
		value, err := literal(c.Default)
		if err != nil {
			return "", fmt.Errorf("default value: %w", err)
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

// checksSQL returns the CHECK constraints of a column.
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

// literal returns a value as an SQL literal.
func literal(value any) (string, error) {
	switch v := value.(type) {
	case bool:
		return strconv.FormatBool(v), nil
	case int64:
		return strconv.FormatInt(v, 10), nil
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return "", fmt.Errorf("%v has no SQL literal", v)
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
			return "", fmt.Errorf("%q contains NUL", v)
		}
		return "'" + strings.ReplaceAll(v, "'", "''") + "'", nil
	}
	return "", fmt.Errorf("type %T has no SQL literal", value)
}
