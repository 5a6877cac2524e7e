package apitest

import (
	"slices"
	"strconv"
	"strings"

	"fastgo/runtime/database"
)

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

// has reports whether a table has a row with the ID.
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

// ID returns the ID of the row at a path.
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
