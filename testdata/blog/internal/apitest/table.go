package apitest

import (
	"slices"
	"strconv"
	"strings"
)

// Set writes a column of a row, without the API.
func (a *App) Set(table string, id float64, column string, value any) {
	a.t.Helper()
	changed := a.DB.Table(table).Where("id = ?", int64(id)).UpdateColumn(column, value)
	must(a.t, changed.Error)
	if changed.RowsAffected != 1 {
		a.t.Fatalf("%s has no row %v", table, id)
	}
}

// remove deletes a row for good, without the API, unless the table refuses.
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

// indexes returns the columns of each index of a table, such as
// "user_id,created_at", but for the id at its end, which is always there.
func (a *App) indexes(table string) []string {
	a.t.Helper()
	query := "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL"
	if a.DB.Name() == "postgres" {
		query = "SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema() AND tablename = ?"
	}
	var made []string
	must(a.t, a.DB.Raw(query, table).Scan(&made).Error)
	for i, statement := range made {
		_, columns, _ := strings.Cut(statement, "(")
		columns, _, _ = strings.Cut(columns, ")")
		columns = strings.NewReplacer(" ", "", `"`, "", "`", "").Replace(columns)
		made[i] = strings.TrimSuffix(columns, ",id")
	}
	return made
}

// ID is that of the row at a path.
func ID(path string) float64 {
	id, err := strconv.ParseInt(path[strings.LastIndex(path, "/")+1:], 10, 64)
	if err != nil {
		return 0
	}
	return float64(id)
}

// empty deletes the rows that the checks of a suite make: its own, those that they need, and the users.
func (r *run) empty() {
	r.t.Helper()
	for _, f := range r.where(r.isSelf) {
		must(r.t, r.app.DB.Table(r.Table).Where("1 = 1").UpdateColumn(f.Name, nil).Error)
	}
	for _, table := range append(r.tables(), "users") {
		must(r.t, r.app.DB.Exec("DELETE FROM "+r.app.DB.Statement.Quote(table)).Error)
	}
}

// tables are the table of the resource and those behind it, each before those that it refers to.
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
