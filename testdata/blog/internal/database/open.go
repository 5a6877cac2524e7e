// Package database opens and migrates the application's database. It makes SQLite, with and without cgo, and PostgreSQL
// behave the same: times are UTC with milliseconds, and constraint violations are gorm.ErrDuplicatedKey,
// gorm.ErrForeignKeyViolated or gorm.ErrCheckConstraintViolated.
package database

import (
	"errors"
	"log/slog"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// ErrUnavailable is returned if the database is unreachable or too busy. Retrying may succeed.
var ErrUnavailable = errors.New("the database is unavailable")

// Open connects to the database at url: sqlite:FILE, sqlite::memory: or postgres://… Its errors never contain the password.
func Open(url string, log *slog.Logger) (*gorm.DB, error) {
	pool, dialector, err := connect(url)
	if err != nil {
		return nil, err
	}
	db, err := gorm.Open(dialector, &gorm.Config{
		NowFunc:              now,
		TranslateError:       true,
		QueryFields:          true, // "SELECT *" breaks prepared statements when another replica adds a column
		DisableAutomaticPing: true,
		Logger:               logger.Discard,
	})
	if err == nil {
		err = errors.Join(roundTimes(db), skipTransactions(db))
	}
	if err != nil {
		return nil, errors.Join(err, pool.Close())
	}
	db.Logger = queryLog{log: log, level: slog.LevelDebug} // set here, because gorm would log replaced callbacks
	return db, nil
}

func now() time.Time {
	return time.Now().UTC().Truncate(time.Millisecond)
}
