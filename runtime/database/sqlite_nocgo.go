//go:build !cgo

package database

import (
	"database/sql/driver"
	"errors"

	"modernc.org/sqlite"
)

// driverInterrupts is false: only the first row ends with the context of its query.
const driverInterrupts = false

func sqliteDriver() driver.Driver { return &sqlite.Driver{} }

func sqliteCode(err error) int {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return e.Code()
	}
	return 0
}
