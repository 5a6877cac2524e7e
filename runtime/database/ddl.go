package database

import (
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
