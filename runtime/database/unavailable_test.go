package database_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"fastgo/runtime/database"
	"fastgo/runtime/database/dbtest"
)

func TestBusySQLiteDatabaseIsUnavailable(t *testing.T) {
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

func TestDeadlockIsUnavailable(t *testing.T) {
	db := open(t, dbtest.Postgres(t))
	execute(t, db, "CREATE TABLE notes (id integer PRIMARY KEY, n integer)", "INSERT INTO notes VALUES (1, 0), (2, 0)")
	var both, locked sync.WaitGroup
	locked.Add(2)
	ended := make([]error, 2)
	for i := range ended {
		both.Go(func() {
			ended[i] = db.Transaction(func(tx *gorm.DB) error {
				first := tx.Exec("UPDATE notes SET n = 1 WHERE id = ?", i+1).Error
				locked.Done()
				locked.Wait()
				return errors.Join(first, tx.Exec("UPDATE notes SET n = 2 WHERE id = ?", 2-i).Error)
			})
		})
	}
	both.Wait()
	if (ended[0] == nil) == (ended[1] == nil) || !errors.Is(errors.Join(ended...), database.ErrUnavailable) {
		t.Errorf("the transactions end with %v", ended)
	}
}

func TestClosedPostgreSQLConnectionIsUnavailable(t *testing.T) {
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
