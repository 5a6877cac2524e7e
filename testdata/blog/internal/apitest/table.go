package apitest

import (
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

// Remove deletes a row for good, without the API, unless the table refuses.
func (a *App) Remove(table string, id float64) error {
	return a.DB.Exec("DELETE FROM "+a.DB.Statement.Quote(table)+" WHERE id = ?", int64(id)).Error
}

// Has reports whether a table has a row.
func (a *App) Has(table string, id float64) bool {
	a.t.Helper()
	var rows int64
	must(a.t, a.DB.Table(table).Where("id = ?", int64(id)).Count(&rows).Error)
	return rows == 1
}

// Indexes returns the columns of each index of a table, such as
// "user_id,created_at", but for the id at its end, which is always there.
func (a *App) Indexes(table string) []string {
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
