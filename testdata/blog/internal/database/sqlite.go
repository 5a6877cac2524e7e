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
		return nil, nil, errors.New("the database URL has no file: write sqlite:FILE")
	}
	if folder := filepath.Dir(file); file != ":memory:" {
		if info, err := os.Stat(folder); err != nil || !info.IsDir() {
			return nil, nil, fmt.Errorf("open SQLite database %s: directory %s does not exist; create it first", file, folder)
		}
		if created, err := os.OpenFile(file, os.O_CREATE|os.O_RDWR, 0o600); err == nil { // #nosec G304 -- the settings name it
			_ = created.Close() // readable by this user only; SQLite reports problems with the file itself
		}
	}
	pool := sql.OpenDB(sqliteConnector{dsn: sqliteDSN(file)})
	connections := max(4, runtime.GOMAXPROCS(0))
	if file == ":memory:" {
		connections = 1 // each connection would have its own database
	}
	pool.SetMaxOpenConns(connections)
	pool.SetMaxIdleConns(connections)
	if err := useWAL(pool); err != nil {
		return nil, nil, errors.Join(fmt.Errorf("open SQLite database %s: %w", file, err), pool.Close())
	}
	return pool, sqliteDialect{&sqlite.Dialector{Conn: sqlitePool{pool}}}, nil
}

// useWAL lets readers and the writer run concurrently. The mode is stored in the file. When several processes switch a new
// file, SQLite returns busy immediately, regardless of the busy timeout.
func useWAL(pool *sql.DB) error {
	for attempt := 0; ; attempt++ {
		_, err := pool.Exec("PRAGMA journal_mode = WAL")
		if busy := sqliteCode(err)&0xff == 5; !busy || attempt == 100 {
			return err
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// sqliteDSN enables the statement cache, if the driver has one: parsing and planning a short query takes longer than
// executing it.
func sqliteDSN(file string) string {
	return "file:" + (&url.URL{Path: file}).EscapedPath() + "?_txlock=immediate&_stmt_cache_size=128"
}

// sqliteConnector sets up the connections of both drivers in the same way.
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

// driverConn is the common interface of both drivers.
type driverConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
}

type sqliteConn struct{ driverConn }

// IsValid makes the pool drop a connection whose statement stays interrupted.
func (c sqliteConn) IsValid() bool {
	validator, ok := c.driverConn.(driver.Validator)
	return !ok || validator.IsValid()
}

// QueryContext wraps the rows of statements that write.
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

// CheckNamedValue formats times like SQLite's own functions, in UTC, so that they sort and compare correctly as text.
func (sqliteConn) CheckNamedValue(arg *driver.NamedValue) (err error) {
	arg.Value, err = driver.DefaultParameterConverter.ConvertValue(arg.Value)
	if t, ok := arg.Value.(time.Time); ok {
		arg.Value = t.UTC().Format("2006-01-02 15:04:05.000")
	}
	return err
}
