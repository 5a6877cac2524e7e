// Package seeds fills the tables with development data. The seed command runs every seeder; running it again adds nothing.
package seeds

import "example.com/blog/internal/database"

// All returns the seeders in the order they run: referenced tables first.
func All() []database.Seeder {
	return []database.Seeder{}
}
