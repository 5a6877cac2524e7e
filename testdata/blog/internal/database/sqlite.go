package database

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"gorm.io/driver/sqlite"
)

func connectSQLite(address string) (*sql.DB, Dialect, error) {
	file := strings.TrimPrefix(strings.TrimPrefix(address, "sqlite:"), "//")
	if file == "" {
		return nil, nil, errors.New("the database URL names no file: write sqlite:FILE")
	}
	if folder := filepath.Dir(file); file != ":memory:" {
		if info, err := os.Stat(folder); err != nil || !info.IsDir() {
			return nil, nil, fmt.Errorf("open SQLite database %s: the folder %s does not exist; create it first", file, folder)
		}
		if created, err := os.OpenFile(file, os.O_CREATE|os.O_RDWR, 0o600); err == nil { // #nosec G304 -- the settings name it
			_ = created.Close() // for this user alone; SQLite says itself what is wrong with a file
		}
	}
	pool := sql.OpenDB(sqliteConnector{dsn: sqliteDSN(file)})
	connections := max(4, runtime.GOMAXPROCS(0))
	if file == ":memory:" {
		connections = 1 // each connection would have a database of its own
	}
	pool.SetMaxOpenConns(connections)
	pool.SetMaxIdleConns(connections)
	if err := useWAL(pool); err != nil {
		return nil, nil, errors.Join(fmt.Errorf("open SQLite database %s: %w", file, err), pool.Close())
	}
	return pool, sqliteDialect{&sqlite.Dialector{Conn: sqlitePool{pool}}}, nil
}

// useWAL makes readers and the writer not wait for each other. The file keeps the mode. Of processes that switch a new
// file at the same time, SQLite tells some at once that it is busy, whatever their busy timeout is.
func useWAL(pool *sql.DB) error {
	for attempt := 0; ; attempt++ {
		_, err := pool.Exec("PRAGMA journal_mode = WAL")
		if busy := sqliteCode(err)&0xff == 5; !busy || attempt == 100 {
			return err
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// sqliteDSN lets a connection keep the statements that it has prepared, where the driver can: to parse and plan a short
// query takes longer than to answer it.
func sqliteDSN(file string) string {
	return "file:" + (&url.URL{Path: file}).EscapedPath() + "?_txlock=immediate&_stmt_cache_size=128"
}

// sqliteConnector prepares each connection of either driver in the same way.
type sqliteConnector struct{ dsn string }

func (c sqliteConnector) Driver() driver.Driver { return sqliteDriver() }

func (c sqliteConnector) Connect(ctx context.Context) (driver.Conn, error) {
	opened, err := sqliteDriver().Open(c.dsn)
	if err != nil {
		return nil, err
	}
	conn := sqliteConn{opened.(driverConn)}
	for _, pragma := range []string{"busy_timeout = 5000", "foreign_keys = ON"} {
		if _, err := conn.ExecContext(ctx, "PRAGMA "+pragma, nil); err != nil {
			return nil, errors.Join(err, conn.Close())
		}
	}
	return conn, nil
}

// driverConn is what both drivers offer.
type driverConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
}

type sqliteConn struct{ driverConn }

// IsValid lets the pool drop a connection whose statement was interrupted for good.
func (c sqliteConn) IsValid() bool {
	validator, ok := c.driverConn.(driver.Validator)
	return !ok || validator.IsValid()
}

// QueryContext sees to the rows of statements that write.
func (c sqliteConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	if u, ok := ctx.(unwatched); ok {
		ctx = u.Context
	}
	rows, err := c.driverConn.QueryContext(ctx, query, args)
	if err != nil || strings.HasPrefix(query, "SELECT ") || !strings.Contains(strings.ToUpper(query), "RETURNING") {
		return rows, err
	}
	return &writtenRows{driverRows: rows.(driverRows)}, nil
}

// CheckNamedValue writes times as SQLite's own functions do, in UTC: texts that sort and compare as the times do.
func (sqliteConn) CheckNamedValue(arg *driver.NamedValue) (err error) {
	arg.Value, err = driver.DefaultParameterConverter.ConvertValue(arg.Value)
	if t, ok := arg.Value.(time.Time); ok {
		arg.Value = t.UTC().Format("2006-01-02 15:04:05.000")
	}
	return err
}
