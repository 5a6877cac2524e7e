//go:build !cgo

package database

import (
	"database/sql/driver"
	"errors"

	"modernc.org/sqlite"
)

// driverInterrupts says that rows end with the context of their query: here, only the first does.
const driverInterrupts = false

func sqliteDriver() driver.Driver { return &sqlite.Driver{} }

func sqliteCode(err error) int {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return e.Code()
	}
	return 0
}
