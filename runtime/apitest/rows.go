package apitest

import (
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"
)

// rows are those that a test has created without the API.
type rows struct {
	made  map[string]float64
	owner *Client // of rows created for anonymous clients
	last  int
}

func newRows() *rows { return &rows{made: map[string]float64{}} }

// next returns a new number at each call, from 1.
func (c *Client) next() int {
	c.app.rows.last++
	return c.app.rows.last
}

// insert adds a row to a table and returns its id. It sets the times of the row.
func (c *Client) insert(table string, values map[string]any) (id float64, err error) {
	now := time.Now().UTC().Format(timeInTables)
	row := map[string]any{"created_at": now, "updated_at": now}
	maps.Copy(row, values)
	columns := slices.Sorted(maps.Keys(row))
	names, given := make([]string, len(columns)), make([]any, len(columns))
	for i, column := range columns {
		names[i], given[i] = c.app.DB.Statement.Quote(column), row[column]
		if n, ok := given[i].(float64); ok && n == float64(int64(n)) {
			given[i] = int64(n) // an ID as a JSON number
		}
	}
	sql := fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s) RETURNING id", c.app.DB.Statement.Quote(table),
		strings.Join(names, ", "), strings.TrimSuffix(strings.Repeat("?, ", len(columns)), ", "))
	err = c.app.DB.Raw(sql, given...).Scan(&id).Error
	return id, err
}

const timeInTables = "2006-01-02 15:04:05.000"

// inUTC returns a time as stored.
func inUTC(text string) string {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return text
	}
	return t.UTC().Format(timeInTables)
}

// scaled returns a decimal as stored: 1250 for "12.50".
func scaled(text string) int64 {
	n, err := strconv.ParseInt(strings.Replace(text, ".", "", 1), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// Decimal returns the text of a decimal that is stored as n: "12.50" for 1250 and the scale 2.
func Decimal(n int64, scale int) string {
	return new(big.Rat).SetFrac(big.NewInt(n), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)).FloatString(scale)
}
