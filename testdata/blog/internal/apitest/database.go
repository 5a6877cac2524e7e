package apitest

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"gorm.io/gorm"

	"example.com/blog/internal/database"
	"example.com/blog/migrations"
)

// migrated is a SQLite database with every table and no row. To make them anew
// would take most of the time of a test, the more the more tables there are.
var migrated = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "apitest")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	const name = "migrated.db"
	db, err := database.Open("sqlite:"+filepath.Join(dir, name), slog.New(slog.DiscardHandler))
	if err != nil {
		return nil, err
	}
	_, err = database.Migrate(context.Background(), db, migrations.All())
	if err = errors.Join(err, closed(db)); err != nil {
		return nil, err
	}
	return fs.ReadFile(os.DirFS(dir), name)
})

// open opens a database with every table: a new file has those of migrated.
func open(address string, log *slog.Logger) (*gorm.DB, error) {
	file, isFile := strings.CutPrefix(address, "sqlite:")
	if _, err := os.Stat(file); isFile && errors.Is(err, fs.ErrNotExist) {
		content, err := migrated()
		if err == nil {
			err = os.WriteFile(file, content, 0o600)
		}
		if err != nil {
			return nil, err
		}
		return database.Open(address, log)
	}
	db, err := database.Open(address, log)
	if err == nil {
		_, err = database.Migrate(context.Background(), db, migrations.All())
	}
	return db, err
}

func closed(db *gorm.DB) error {
	pool, err := db.DB()
	if err != nil {
		return err
	}
	return pool.Close()
}
