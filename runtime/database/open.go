// Package database opens and migrates the application's database. It makes SQLite, with and without cgo, and PostgreSQL
// behave the same: times are UTC with milliseconds, and constraint violations are gorm.ErrDuplicatedKey,
// gorm.ErrForeignKeyViolated or gorm.ErrCheckConstraintViolated.
package database

import (
	"context"
	"errors"
	"fmt"
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

const slow = 200 * time.Millisecond

// queryLog logs statements with placeholders, never their values. Errors are returned to the caller, who logs them.
type queryLog struct {
	log   *slog.Logger
	level slog.Level // for statements that are not slow
}

// LogMode implements logger.Interface, so that db.Debug() logs its statements.
func (l queryLog) LogMode(level logger.LogLevel) logger.Interface {
	if level >= logger.Info {
		l.level = slog.LevelInfo
	}
	return l
}

func (l queryLog) Info(ctx context.Context, message string, args ...any) {
	l.log.InfoContext(ctx, fmt.Sprintf(message, args...))
}

func (l queryLog) Warn(ctx context.Context, message string, args ...any) {
	l.log.WarnContext(ctx, fmt.Sprintf(message, args...))
}

func (l queryLog) Error(ctx context.Context, message string, args ...any) {
	l.log.ErrorContext(ctx, fmt.Sprintf(message, args...))
}

// Trace implements logger.Interface.
func (l queryLog) Trace(ctx context.Context, begin time.Time, statement func() (sql string, rows int64), err error) {
	message, level, elapsed := "query", l.level, time.Since(begin)
	if elapsed >= slow {
		message, level = "slow query", slog.LevelWarn
	}
	if !l.log.Enabled(ctx, level) {
		return
	}
	sql, rows := statement()
	attrs := []slog.Attr{slog.String("sql", sql), slog.Int64("rows", rows), slog.Duration("elapsed", elapsed)}
	if err != nil {
		attrs = append(attrs, slog.Any("error", err))
	}
	l.log.LogAttrs(ctx, level, message, attrs...)
}

// ParamsFilter implements gorm.ParamsFilter.
func (queryLog) ParamsFilter(_ context.Context, sql string, _ ...any) (string, []any) {
	return sql, nil
}
