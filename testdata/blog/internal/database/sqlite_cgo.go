//go:build cgo

package database

import (
	"database/sql/driver"
	"errors"

	"github.com/mattn/go-sqlite3"
)

// driverInterrupts is true: rows end with the context of their query.
const driverInterrupts = true

func sqliteDriver() driver.Driver { return &sqlite3.SQLiteDriver{} }

func sqliteCode(err error) int {
	if e, ok := errors.AsType[sqlite3.Error](err); ok {
		return int(e.ExtendedCode)
	}
	return 0
}
