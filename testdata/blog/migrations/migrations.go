// Package migrations is the history of the database schema, one file per migration. Never edit a migration that has been
// applied: add another one. A migration declares its own column types, so that it stays independent of today's models.
package migrations

import "github.com/go-gormigrate/gormigrate/v2"

// All returns every migration, oldest first.
func All() []*gormigrate.Migration {
	return []*gormigrate.Migration{
		createUsers(),
		createPosts(),
	}
}
