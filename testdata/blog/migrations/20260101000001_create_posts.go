package migrations

import (
	"time"

	"github.com/go-gormigrate/gormigrate/v2"
	"gorm.io/gorm"
)

func createPosts() *gormigrate.Migration {
	type Post struct {
		ID        int64     `gorm:"primaryKey;index:idx_posts_user_id_id,priority:2"`
		UserID    int64     `gorm:"type:bigint REFERENCES users(id) ON DELETE CASCADE;not null;index:idx_posts_user_id_id,priority:1"`
		Title     string    `gorm:"size:200;not null"`
		Body      string    `gorm:"not null"`
		Published bool      `gorm:"not null;default:false"`
		CreatedAt time.Time `gorm:"not null"`
		UpdatedAt time.Time `gorm:"not null"`
	}
	return &gormigrate.Migration{
		ID:       "20260101000001_create_posts",
		Migrate:  func(tx *gorm.DB) error { return tx.Migrator().CreateTable(&Post{}) },
		Rollback: func(tx *gorm.DB) error { return tx.Migrator().DropTable(&Post{}) },
	}
}
