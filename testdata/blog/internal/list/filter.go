package list

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm/clause"
)

const (
	maxText   = 200 // characters of a value
	maxValues = 100 // values in .in
)

// A filter is a query parameter that selects rows by a column.
type filter struct {
	*column
	operator operator
}

// An operator is the suffix of a filter parameter.
type operator string

const (
	equal    operator = ""
	in       operator = ".in"
	gte      operator = ".gte"
	lte      operator = ".lte"
	gt       operator = ".gt"
	lt       operator = ".lt"
	contains operator = ".contains"
)

// filtersOf returns the filters of a column. A column named like a standard
// parameter has only .in for equality.
func filtersOf(c *column, all bool) []filter {
	operators := []operator{equal, in}
	if reserved(c.name) {
		operators = []operator{in}
	}
	if all && c.ordered {
		operators = append(operators, gte, lte, gt, lt)
	}
	if all && c.text {
		operators = append(operators, contains)
	}
	var filters []filter
	for _, o := range operators {
		filters = append(filters, filter{c, o})
	}
	return filters
}

// parameter returns the name of the query parameter.
func (f filter) parameter() string { return f.name + string(f.operator) }

// condition returns the SQL condition for a value.
func (f filter) condition(text string) (clause.Expression, error) {
	switch f.operator {
	case contains:
		return containing(text, f.column), checkLength(text)
	case in:
		return f.among(strings.Split(text, ","))
	}
	value, err := f.read(text)
	if err != nil {
		return nil, err
	}
	switch f.operator {
	case gte:
		return clause.Gte{Column: f.at, Value: value}, nil
	case lte:
		return clause.Lte{Column: f.at, Value: value}, nil
	case gt:
		return clause.Gt{Column: f.at, Value: value}, nil
	case lt:
		return clause.Lt{Column: f.at, Value: value}, nil
	}
	return clause.Eq{Column: f.at, Value: value}, nil
}

func (f filter) among(texts []string) (clause.Expression, error) {
	if len(texts) > maxValues {
		return nil, fmt.Errorf("must have at most %d values", maxValues)
	}
	values := make([]any, len(texts))
	for i, text := range texts {
		value, err := f.read(text)
		if err != nil {
			return nil, fmt.Errorf("value %d: %w", i+1, err)
		}
		values[i] = value
	}
	return clause.IN{Column: f.at, Values: values}, nil
}

// read parses the value that the column is compared with.
func (f filter) read(text string) (any, error) {
	if len(f.enum) > 0 && !slices.Contains(f.enum, text) {
		return nil, fmt.Errorf("must be one of %s", strings.Join(f.enum, ", "))
	}
	if err := checkLength(text); err != nil {
		return nil, err
	}
	value, err := f.parse(text)
	if t, ok := value.(time.Time); ok && err == nil {
		return f.operator.toMillisecond(t)
	}
	return value, err
}

func checkLength(text string) error {
	if utf8.RuneCountInString(text) > maxText {
		return fmt.Errorf("must have at most %d characters", maxText)
	}
	return nil
}

// toMillisecond rounds a time to the precision of the database such that the
// comparison selects the same rows.
func (o operator) toMillisecond(t time.Time) (time.Time, error) {
	rounded := t.Truncate(time.Millisecond)
	if !t.Equal(rounded) && (o == equal || o == in) {
		return t, errors.New("must have at most three decimal places in the seconds")
	}
	if !t.Equal(rounded) && (o == gte || o == lt) {
		rounded = rounded.Add(time.Millisecond)
	}
	if rounded.Year() < 1 || rounded.Year() > 9999 {
		return t, errors.New("must be between the years 1 and 9999")
	}
	return rounded, nil
}

// searching returns the condition that a searchable column contains the text, or
// none for an empty text.
func (t *table) searching(text string) []clause.Expression {
	if text == "" || len(t.search) == 0 {
		return nil
	}
	return []clause.Expression{containing(text, t.search...)}
}

// escapeLike escapes the wildcards of LIKE.
var escapeLike = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// containing returns the condition that one of the columns contains the text,
// ignoring case. SQLite ignores the case of ASCII letters only.
func containing(text string, columns ...*column) clause.Expression {
	var sql []string
	var vars []any
	for _, c := range columns {
		sql = append(sql, `LOWER(?) LIKE LOWER(?) ESCAPE '\'`)
		vars = append(vars, c.at, "%"+escapeLike.Replace(text)+"%")
	}
	return clause.Expr{SQL: "(" + strings.Join(sql, " OR ") + ")", Vars: vars}
}
