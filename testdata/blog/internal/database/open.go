// Package database opens the application's database and migrates its tables. An application behaves the same on SQLite,
// with and without cgo, and on PostgreSQL: times are UTC with milliseconds, and a violated constraint is
// gorm.ErrDuplicatedKey, gorm.ErrForeignKeyViolated or gorm.ErrCheckConstraintViolated.
package database

import (
	"errors"
	"log/slog"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// ErrUnavailable is returned when the database cannot be reached or is too busy to answer: the same may work a moment later.
var ErrUnavailable = errors.New("the database does not answer")

// Open connects to the database at url: sqlite:FILE, sqlite::memory: or postgres://… Its errors never hold the password.
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
	db.Logger = queryLog{log: log, level: slog.LevelDebug} // from here on: gorm would log the callbacks that are replaced
	return db, nil
}

func now() time.Time {
	return time.Now().UTC().Truncate(time.Millisecond)
}
