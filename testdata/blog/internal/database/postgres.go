package database

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

func connectPostgres(address string) (*sql.DB, gorm.Dialector, error) {
	config, err := parsePostgres(address)
	if err != nil {
		return nil, nil, err
	}
	config.RuntimeParams["timezone"] = "UTC"
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = 5 * time.Second
	}
	pool := stdlib.OpenDB(*config, stdlib.OptionAfterConnect(scanUTC))
	pool.SetMaxOpenConns(20)
	pool.SetMaxIdleConns(20)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	pool.SetConnMaxLifetime(time.Hour)
	if err := pool.Ping(); err != nil {
		return nil, nil, errors.Join(fmt.Errorf("connect to PostgreSQL: %w", err), pool.Close())
	}
	return pool, postgresDialector{&postgres.Dialector{Config: &postgres.Config{Conn: pool}}}, nil
}

// parsePostgres keeps the address out of its errors, since those of net/url and pgx can quote parts of the password.
func parsePostgres(address string) (*pgx.ConnConfig, error) {
	if _, err := url.Parse(address); err != nil {
		return nil, errors.New("the database URL cannot be read: percent-encode special characters in the user and the password")
	}
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, fmt.Errorf("the database URL cannot be read: %w", errors.Unwrap(err))
	}
	return config, nil
}

func scanUTC(_ context.Context, conn *pgx.Conn) error {
	conn.TypeMap().RegisterType(&pgtype.Type{
		Name:  "timestamptz",
		OID:   pgtype.TimestamptzOID,
		Codec: &pgtype.TimestamptzCodec{ScanLocation: time.UTC},
	})
	return nil
}

type postgresDialector struct{ *postgres.Dialector }

// Translate implements gorm.ErrorTranslator. It adds the violation of NOT NULL to what gorm's driver knows.
func (d postgresDialector) Translate(err error) error {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok && e.Code == "23502" {
		return fmt.Errorf("%w: %w", gorm.ErrCheckConstraintViolated, err)
	}
	if isUnavailable(err) {
		return fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	return d.Dialector.Translate(err)
}

// isUnavailable reports whether the same could succeed later: the server cannot be reached, has no room, is being stopped, or
// has ended the transaction so that another could go on (classes 08, 53, 57P and 40 of
// https://www.postgresql.org/docs/current/errcodes-appendix.html).
func isUnavailable(err error) bool {
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok || errors.Is(err, driver.ErrBadConn) {
		return true
	}
	e, ok := errors.AsType[*pgconn.PgError](err)
	return ok && slices.ContainsFunc([]string{"08", "53", "57P", "40"}, func(class string) bool { return strings.HasPrefix(e.Code, class) })
}
