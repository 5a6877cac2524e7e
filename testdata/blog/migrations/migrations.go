// Package migrations holds the history of the database's tables, one file a step. What has been applied anywhere is never
// edited: a change is a new migration with a snapshot of its own, not of the models that the application uses today.
package migrations

import "github.com/go-gormigrate/gormigrate/v2"

// All returns every migration, oldest first.
func All() []*gormigrate.Migration {
	return []*gormigrate.Migration{
		createUsers(),
		createPosts(),
	}
}
