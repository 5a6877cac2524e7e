package database

import (
	"context"
	"database/sql"
)

// sqlitePool is the pool of connections as gorm uses it.
type sqlitePool struct{ *sql.DB }

// QueryContext leaves it to the driver to watch the context, where it interrupts SQLite itself. database/sql would start a
// goroutine for that, which takes longer than most queries do. Who has to wait for a connection waits as long as the context
// lasts.
func (p sqlitePool) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if pool := p.Stats(); driverInterrupts && pool.InUse < pool.MaxOpenConnections {
		ctx = unwatched{ctx}
	}
	return p.DB.QueryContext(ctx, query, args...)
}

// GetDBConn implements gorm.GetDBConnector.
func (p sqlitePool) GetDBConn() (*sql.DB, error) { return p.DB, nil }

// unwatched is a context that only the driver looks at.
type unwatched struct{ context.Context }

// Done implements context.Context.
func (unwatched) Done() <-chan struct{} { return nil }
