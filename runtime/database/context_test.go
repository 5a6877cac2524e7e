package database_test

import (
	"context"
	"testing"
	"time"

	"fastgo/runtime/database/dbtest"
)

const (
	counting  = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000) "
	countsOne = counting + "SELECT max(i) FROM n"
	countsAll = counting + "SELECT i FROM n"
)

func TestQueryEndsWithItsContext(t *testing.T) {
	db := open(t, dbtest.URL(t))
	for _, query := range []string{countsOne, countsAll, "SELECT i FROM (" + countsAll + ") AS all_of_them"} {
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		start := time.Now()
		var last int64
		if err := db.WithContext(ctx).Raw(query).Scan(&last).Error; err == nil || ctx.Err() == nil {
			t.Errorf("%s: read to the end, %d", query, last)
		}
		if waited := time.Since(start); waited > 5*time.Second {
			t.Errorf("%s: ended after %v", query, waited)
		}
		cancel()
		if err := db.WithContext(ctx).Raw("SELECT 1").Scan(&last).Error; err == nil {
			t.Errorf("%s: a query after the end of its context", query)
		}
		if err := db.Raw("SELECT 1").Scan(&last).Error; err != nil || last != 1 {
			t.Errorf("%s: the next query: %v", query, err)
		}
	}
}

func TestWaitForAConnectionEndsWithItsContext(t *testing.T) {
	db := open(t, dbtest.URL(t))
	pool, err := db.DB()
	if err != nil {
		t.Fatal(err)
	}
	pool.SetMaxOpenConns(1)
	tx := db.Begin()
	defer tx.Rollback()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	var one int
	if err := db.WithContext(ctx).Table("nothing").Select("1").Take(&one).Error; err == nil || ctx.Err() == nil {
		t.Errorf("without a connection: %v", err)
	}
}
