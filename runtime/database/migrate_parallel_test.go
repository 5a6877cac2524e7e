package database_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"fastgo/runtime/database"
	"fastgo/runtime/database/dbtest"
)

func TestConcurrentMigrationsRunOnce(t *testing.T) {
	url := dbtest.URL(t)
	var wg sync.WaitGroup
	var work sync.Map
	for range 20 {
		wg.Go(func() {
			applied, err := openAndMigrate(t.Context(), url)
			if err != nil {
				t.Error(err)
			}
			for _, id := range applied {
				if _, twice := work.LoadOrStore(id, true); twice {
					t.Errorf("%s ran twice", id)
				}
			}
		})
	}
	wg.Wait()
	for _, id := range ids(shop()) {
		if _, done := work.Load(id); !done {
			t.Errorf("%s did not run", id)
		}
	}
}

// TestMain lets the test's own program be one of many that migrate.
func TestMain(m *testing.M) {
	url := os.Getenv("MIGRATE_URL")
	if url == "" {
		os.Exit(m.Run())
	}
	applied, err := openAndMigrate(context.Background(), url)
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println(strings.Join(applied, "\n"))
}

func openAndMigrate(ctx context.Context, url string) ([]string, error) {
	db, err := database.Open(url, slog.New(slog.DiscardHandler))
	if err != nil {
		return nil, err
	}
	pool, err := db.DB()
	if err != nil {
		return nil, err
	}
	defer pool.Close()
	return database.Migrate(ctx, db, shop())
}

func TestTwentyProcessesMigrateOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("starts processes")
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	url := dbtest.URL(t)
	var wg sync.WaitGroup
	outputs := make([]string, 20)
	for i := range outputs {
		wg.Go(func() {
			process := exec.CommandContext(t.Context(), program)
			process.Env = append(os.Environ(), "MIGRATE_URL="+url)
			out, err := process.CombinedOutput()
			if err != nil {
				t.Errorf("%v: %s", err, out)
			}
			outputs[i] = string(out)
		})
	}
	wg.Wait()
	if applied := strings.Fields(strings.Join(outputs, "\n")); !slices.Equal(applied, ids(shop())) {
		t.Errorf("%v", applied)
	}
}

func TestCanceledMigrationReleasesTheLock(t *testing.T) {
	url := dbtest.URL(t)
	first, second := open(t, url), open(t, url)
	ctx, cancel := context.WithCancel(t.Context())
	stuck := shop()
	stuck[2].Migrate = func(tx *gorm.DB) error {
		cancel()
		return tx.Exec("INSERT INTO orders VALUES (2)").Error
	}
	if _, err := database.Migrate(ctx, first, stuck); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	late, stop := context.WithTimeout(t.Context(), 4*time.Second)
	defer stop()
	if applied, err := database.Migrate(late, second, shop()); err != nil || len(applied) != 3 {
		t.Errorf("%v, %v", applied, err)
	}
}
