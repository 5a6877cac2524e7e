package apitest

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// rows are those that a test has made beside the API.
type rows struct {
	made map[string]float64
	next atomic.Int64
}

// Next returns another number at each call, from 1.
func (c *Client) Next() int { return int(c.app.rows.next.Add(1)) }

// Once returns the id of a row that is made at the first call.
func (c *Client) Once(name string, make func(*Client) float64) float64 {
	if id, ok := c.app.rows.made[name]; ok {
		return id
	}
	if c.app.rows.made == nil {
		c.app.rows.made = map[string]float64{}
	}
	c.app.rows.made[name] = make(c)
	return c.app.rows.made[name]
}

// OncePerUser returns the id of a row that is made at the client's first call.
func (c *Client) OncePerUser(name string, make func(*Client) float64) float64 {
	return c.Once(fmt.Sprintf("%s of user %v", name, c.UserID), make)
}

// Insert puts a row into a table, without the API, and returns the id. It adds
// the times of the row.
func (c *Client) Insert(table string, values map[string]any) float64 {
	c.t.Helper()
	id, err := c.TryInsert(table, values)
	must(c.t, err)
	return id
}

// TryInsert is Insert for a row that the table may refuse.
func (c *Client) TryInsert(table string, values map[string]any) (id float64, err error) {
	row := map[string]any{"created_at": time.Now().UTC().Format(storedTime), "updated_at": time.Now().UTC().Format(storedTime)}
	maps.Copy(row, values)
	columns := slices.Sorted(maps.Keys(row))
	names, given := make([]string, len(columns)), make([]any, len(columns))
	for i, column := range columns {
		names[i], given[i] = c.app.DB.Statement.Quote(column), row[column]
		if n, ok := given[i].(float64); ok && n == float64(int64(n)) {
			given[i] = int64(n) // an id, as JSON has it
		}
	}
	sql := fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s) RETURNING id", c.app.DB.Statement.Quote(table),
		strings.Join(names, ", "), strings.TrimSuffix(strings.Repeat("?, ", len(columns)), ", "))
	err = c.app.DB.Raw(sql, given...).Scan(&id).Error
	return id, err
}

const storedTime = "2006-01-02 15:04:05.000"

// Stored writes a time of JSON as a table keeps it.
func Stored(text string) string {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return text
	}
	return t.UTC().Format(storedTime)
}

// Scaled returns the number by which a table keeps the text of a decimal: 1250
// for "12.50".
func Scaled(text string) int64 {
	n, err := strconv.ParseInt(strings.Replace(text, ".", "", 1), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// Decimal is the other way: the text of a number that a table keeps with so
// many digits behind the point.
func Decimal(n int64, scale int) string {
	return new(big.Rat).SetFrac(big.NewInt(n), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)).FloatString(scale)
}

// Text writes a value of JSON as a query parameter has it.
func Text(value any) string {
	if text, ok := value.(string); ok {
		return text
	}
	encoded, err := json.Marshal(value)
	if err != nil {
		return ""
	}
	return string(encoded)
}
