package list_test

import (
	"slices"
	"testing"
	"time"

	"gorm.io/gorm"

	"example.com/blog/internal/database/dbtest"
	"example.com/blog/internal/list"
)

// Of a million rows, the last page costs what the first one does, whether all
// keys differ or half of them are equal.
func BenchmarkPageAtTheEnd(b *testing.B) {
	if testing.Short() {
		b.Skip("writes a million rows")
	}
	const rows, most = 1_000_000, 1.3
	db := open(b, dbtest.SQLite(b))
	million(b, db, rows)
	for _, sort := range []string{"id", "created_at", "-created_at", "done", "-done"} {
		b.Run(sort, func(b *testing.B) {
			owned := db.Where("owner_id = ?", 1)
			first := list.Query[Entry]{Limit: 20, Sort: sort}
			before := list.Query[Entry]{Limit: 20, Sort: sort, Offset: rows - 40}
			page, err := list.Rows(owned, &before)
			must(b, err)
			last := list.Query[Entry]{Limit: 20, Sort: sort, Cursor: *page.Body.NextCursor}
			page, err = list.Rows(owned, &last)
			must(b, err)
			if len(page.Body.Items) != 20 || page.Body.NextCursor != nil {
				b.Fatalf("that is not the last page: %+v", page.Body)
			}
			var firsts, lasts []time.Duration
			for b.Loop() {
				firsts = append(firsts, took(b, owned, first))
				lasts = append(lasts, took(b, owned, last))
			}
			ratio := float64(median(lasts)) / float64(median(firsts))
			b.ReportMetric(ratio, "last/first")
			if ratio > most {
				b.Errorf("the last page takes %.2f times as long as the first, more than %.1f", ratio, most)
			}
		})
	}
}

func million(b *testing.B, db *gorm.DB, rows int) {
	b.Helper()
	must(b, db.AutoMigrate(&Entry{}))
	must(b, db.Exec(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
		INSERT INTO entries (owner_id, created_at, done)
		SELECT 1, strftime('%Y-%m-%d %H:%M:%S.000', 1767225600 + i * 7919 % 1000003, 'unixepoch'), i % 2 FROM n`, rows).Error)
	must(b, db.Exec("CREATE INDEX entries_by_id ON entries (owner_id)").Error)
	index(b, db, "created_at")
	index(b, db, "done")
}

func took(b *testing.B, owned *gorm.DB, in list.Query[Entry]) time.Duration {
	start := time.Now()
	_, err := list.Rows(owned, &in)
	must(b, err)
	return time.Since(start)
}

func median(all []time.Duration) time.Duration {
	slices.Sort(all)
	return all[len(all)/2]
}
