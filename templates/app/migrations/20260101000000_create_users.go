package migrations

import (
	"time"

	"github.com/go-gormigrate/gormigrate/v2"
	"gorm.io/gorm"
)

// createUsers creates the tables of package auth. Times that SQL compares are Unix milliseconds.
func createUsers() *gormigrate.Migration {
	type user struct {
		ID              int64
		Email           string `gorm:"size:254;not null;uniqueIndex"`
		Name            string `gorm:"not null"`
		PasswordHash    string `gorm:"not null"`
		Role            string `gorm:"not null;default:user"`
		IsActive        bool   `gorm:"not null;default:true"`
		EmailVerifiedAt *time.Time
		AuthEpoch       int64     `gorm:"not null;default:0"`
		CreatedAt       time.Time `gorm:"not null"`
		UpdatedAt       time.Time `gorm:"not null"`
	}
	type session struct {
		ID         string `gorm:"primaryKey"`
		UserID     int64  `gorm:"type:bigint REFERENCES users(id) ON DELETE CASCADE;not null;index"`
		Epoch      int64  `gorm:"not null"`
		Generation int64  `gorm:"not null"`
		CreatedAt  int64  `gorm:"not null"`
		RotatedAt  int64  `gorm:"not null"`
		ExpiresAt  int64  `gorm:"not null;index"`
		UserAgent  string `gorm:"not null"`
		IP         string `gorm:"not null"`
	}
	type oneTimeToken struct {
		Hash      string `gorm:"primaryKey"`
		Purpose   string `gorm:"not null;uniqueIndex:idx_one_time_tokens_newest,priority:2"`
		UserID    int64  `gorm:"type:bigint REFERENCES users(id) ON DELETE CASCADE;not null;uniqueIndex:idx_one_time_tokens_newest,priority:1"`
		Email     string `gorm:"not null"`
		ExpiresAt int64  `gorm:"not null;index"`
	}
	type throttle struct {
		Key     string `gorm:"primaryKey"`
		Count   int64  `gorm:"not null"`
		ResetAt int64  `gorm:"not null;index"`
	}
	type outbox struct {
		ID       int64
		Purpose  string `gorm:"not null"`
		Address  string `gorm:"not null;index"`
		Payload  string `gorm:"not null;default:''"`
		Attempts int64  `gorm:"not null;default:0"`
		NextAt   int64  `gorm:"not null;index:idx_outbox_due,priority:2"`
		SentAt   *int64 `gorm:"index:idx_outbox_due,priority:1"`
	}
	return &gormigrate.Migration{
		ID: "20260101000000_create_users",
		Migrate: func(tx *gorm.DB) error {
			if err := tx.Migrator().CreateTable(&user{}, &session{}, &oneTimeToken{}, &throttle{}); err != nil {
				return err
			}
			return tx.Table("outbox").Migrator().CreateTable(&outbox{})
		},
		Rollback: func(tx *gorm.DB) error {
			for _, table := range []string{"outbox", "throttles", "one_time_tokens", "sessions", "users"} {
				if err := tx.Migrator().DropTable(table); err != nil {
					return err
				}
			}
			return nil
		},
	}
}
