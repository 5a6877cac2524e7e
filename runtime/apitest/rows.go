package apitest

import (
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"

	"fastgo/runtime/database"
)

// rows are those that a test has created without the API.
type rows struct {
	made  map[string]float64
	owner *Client // of rows that are made for nobody
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
			given[i] = int64(n) // an id, as JSON has it
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

// Set updates a column of a row without the API.
func (a *App) Set(table string, id float64, column string, value any) {
	a.t.Helper()
	changed := a.DB.Table(table).Where("id = ?", int64(id)).UpdateColumn(column, value)
	must(a.t, changed.Error)
	if changed.RowsAffected != 1 {
		a.t.Fatalf("%s has no row %v", table, id)
	}
}

// remove deletes a row without the API.
func (a *App) remove(table string, id float64) error {
	return a.DB.Exec("DELETE FROM "+a.DB.Statement.Quote(table)+" WHERE id = ?", int64(id)).Error
}

// has reports whether a table has a row.
func (a *App) has(table string, id float64) bool {
	a.t.Helper()
	var rows int64
	must(a.t, a.DB.Table(table).Where("id = ?", int64(id)).Count(&rows).Error)
	return rows == 1
}

// indexes returns the columns of each index of a table, such as "user_id,created_at". The id at the end is left out.
func (a *App) indexes(table string) []string {
	a.t.Helper()
	indexes, err := database.IndexedColumns(a.DB, table)
	must(a.t, err)
	var all []string
	for _, columns := range indexes {
		all = append(all, strings.TrimSuffix(strings.Join(columns, ","), ",id"))
	}
	return all
}

// ID is that of the row at a path.
func ID(path string) float64 {
	id, err := strconv.ParseInt(path[strings.LastIndex(path, "/")+1:], 10, 64)
	if err != nil {
		return 0
	}
	return float64(id)
}

// empty deletes all rows of the resource, of the tables that it depends on, and all users.
func (r *run) empty() {
	r.t.Helper()
	for _, f := range r.where(r.isSelf) {
		must(r.t, r.app.DB.Table(r.Table).Where("1 = 1").UpdateColumn(f.Name, nil).Error)
	}
	for _, table := range append(r.tables(), "users") {
		must(r.t, r.app.DB.Exec("DELETE FROM "+r.app.DB.Statement.Quote(table)).Error)
	}
}

// tables returns the tables of the resource and of what it depends on, each before those that it refers to.
func (s Suite) tables() []string {
	var all []string
	var visit func(r Row)
	visit = func(r Row) {
		all = slices.DeleteFunc(all, func(table string) bool { return table == r.Table })
		all = append(all, r.Table)
		for _, other := range r.related() {
			visit(other)
		}
	}
	visit(Row{Table: s.Table})
	if s.nested() {
		visit(s.Parent)
	}
	for _, f := range s.Fields {
		if f.isReference() && !s.isSelf(f) {
			visit(f.Refers)
		}
	}
	return all
}
