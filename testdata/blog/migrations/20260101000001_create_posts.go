package migrations

import (
	"github.com/go-gormigrate/gormigrate/v2"
	"gorm.io/gorm"

	"example.com/blog/internal/database"
	"example.com/blog/internal/database/table"
)

func createPosts() *gormigrate.Migration {
	return &gormigrate.Migration{
		ID: "20260101000001_create_posts",
		Migrate: func(tx *gorm.DB) error {
			return database.CreateTable(tx, "posts",
				table.ID(),
				table.Ref("user_id", "users").Cascade(),
				table.String("title", 200).Min(1),
				table.Text("body").Min(1),
				table.Bool("published").Default(false),
				table.DateTime("created_at"),
				table.DateTime("updated_at"),
				table.Index("user_id", "id"),
				table.Index("user_id", "created_at", "id"),
			)
		},
		Rollback: func(tx *gorm.DB) error { return database.DropTable(tx, "posts") },
	}
}
