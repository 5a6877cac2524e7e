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

	"fastgo/runtime/config"
	"fastgo/runtime/console"
	"fastgo/runtime/database"
)

// migrated is an empty SQLite database with every table, made once per process: the tests of a package build one
// application. Running the migrations for each test would take most of its time.
var migrated struct {
	sync.Once
	content []byte
	err     error
}

// start builds the application with every table. A new SQLite file is a copy of migrated.
func start(build console.Builder, c config.Config) (*console.App, error) {
	file, isFile := strings.CutPrefix(c.DatabaseURL, "sqlite:")
	if _, err := os.Stat(file); isFile && errors.Is(err, fs.ErrNotExist) {
		migrated.Do(func() { migrated.content, migrated.err = migrate(build, c) })
		err := migrated.err
		if err == nil {
			err = os.WriteFile(file, migrated.content, 0o600)
		}
		if err != nil {
			return nil, err
		}
		return build(c, slog.New(slog.DiscardHandler))
	}
	app, err := build(c, slog.New(slog.DiscardHandler))
	if err != nil {
		return nil, err
	}
	_, err = database.Migrate(context.Background(), app.DB, app.Migrations)
	return app, err
}

func migrate(build console.Builder, c config.Config) ([]byte, error) {
	dir, err := os.MkdirTemp("", "apitest")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	const name = "migrated.db"
	c.DatabaseURL = "sqlite:" + filepath.Join(dir, name)
	app, err := build(c, slog.New(slog.DiscardHandler))
	if err != nil {
		return nil, err
	}
	_, err = database.Migrate(context.Background(), app.DB, app.Migrations)
	if err = errors.Join(err, closed(app.DB)); err != nil {
		return nil, err
	}
	return fs.ReadFile(os.DirFS(dir), name)
}

func closed(db *gorm.DB) error {
	pool, err := db.DB()
	if err != nil {
		return err
	}
	return pool.Close()
}
