package database_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"example.com/blog/internal/database"
	"example.com/blog/internal/database/dbtest"
)

func TestABusySQLiteDatabaseIsUnavailable(t *testing.T) {
	url := dbtest.SQLite(t)
	holder, other := open(t, url), open(t, url)
	pool, err := other.DB()
	if err != nil {
		t.Fatal(err)
	}
	pool.SetMaxOpenConns(1)
	execute(t, other, "PRAGMA busy_timeout = 20")
	tx := holder.Begin()
	defer tx.Rollback()
	err = other.Exec("CREATE TABLE notes (id integer)").Error
	if !errors.Is(err, database.ErrUnavailable) {
		t.Errorf("the error is %v", err)
	}
	if err := other.Begin().Error; !errors.Is(err, database.ErrUnavailable) {
		t.Errorf("the error of a transaction is %v", err)
	}
}

func TestAPostgreSQLServerThatEndsAConnectionIsUnavailable(t *testing.T) {
	url := dbtest.Postgres(t)
	victim, killer := open(t, url), open(t, url)
	tx := victim.Begin()
	defer tx.Rollback()
	var pid int
	if err := tx.Raw("SELECT pg_backend_pid()").Scan(&pid).Error; err != nil {
		t.Fatal(err)
	}
	execute(t, killer, fmt.Sprintf("SELECT pg_terminate_backend(%d)", pid))
	time.Sleep(100 * time.Millisecond)
	if err := tx.Exec("SELECT 1").Error; !errors.Is(err, database.ErrUnavailable) {
		t.Errorf("the error is %v", err)
	}
}
