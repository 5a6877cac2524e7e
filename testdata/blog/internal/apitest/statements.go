package apitest

import (
	"context"
	"strings"
	"sync"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// statements returns the statements on a table that do causes, except inserts.
func (a *App) statements(table string, do func()) []string {
	recorder := &recorder{Interface: a.DB.Logger}
	a.DB.Logger = recorder
	defer func() { a.DB.Logger = recorder.Interface }()
	do()
	var found []string
	for _, statement := range recorder.statements {
		named := strings.Contains(statement, `"`+table+`"`) || strings.Contains(statement, "`"+table+"`")
		if named && !strings.HasPrefix(statement, "INSERT ") {
			found = append(found, statement)
		}
	}
	if len(found) == 0 {
		a.t.Errorf("no statement on table %s", table)
	}
	return found
}

// slow delays every query until end is called, so that whatever can happen after a query does.
func (a *App) slow(by time.Duration) (end func()) {
	a.t.Helper()
	const name = "apitest:slow"
	must(a.t, a.DB.Callback().Query().After("gorm:query").Register(name, func(*gorm.DB) { time.Sleep(by) }))
	return func() { must(a.t, a.DB.Callback().Query().Remove(name)) }
}

// recorder records the statements that gorm logs.
type recorder struct {
	logger.Interface

	mu         sync.Mutex
	statements []string
}

// LogMode implements logger.Interface.
func (r *recorder) LogMode(logger.LogLevel) logger.Interface { return r }

// Trace implements logger.Interface.
func (r *recorder) Trace(_ context.Context, _ time.Time, statement func() (sql string, rows int64), _ error) {
	sql, _ := statement()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.statements = append(r.statements, sql)
}
