package migrations

import (
	"time"

	"github.com/go-gormigrate/gormigrate/v2"
	"gorm.io/gorm"

	"example.com/blog/internal/database"
)

func createPosts() *gormigrate.Migration {
	type Post struct {
		ID        int64     `gorm:"primaryKey"`
		UserID    int64     `gorm:"type:bigint REFERENCES users(id) ON DELETE CASCADE;not null"`
		Title     string    `gorm:"type:varchar(200) CHECK (length(title) >= 1 AND length(title) <= 200);not null"`
		Body      string    `gorm:"type:text CHECK (length(body) >= 1);not null"`
		Published bool      `gorm:"not null;default:false"`
		CreatedAt time.Time `gorm:"not null"`
		UpdatedAt time.Time `gorm:"not null"`
	}
	return &gormigrate.Migration{
		ID: "20260101000001_create_posts",
		Migrate: func(tx *gorm.DB) error {
			return database.CreateTable(tx, "posts", &Post{},
				database.Index("user_id", "id"),
				database.Index("user_id", "created_at", "id"),
			)
		},
		Rollback: func(tx *gorm.DB) error { return tx.Migrator().DropTable("posts") },
	}
}
