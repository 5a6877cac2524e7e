package migrations

import (
	"github.com/go-gormigrate/gormigrate/v2"
	"gorm.io/gorm"

	"example.com/blog/internal/database"
	"example.com/blog/internal/database/table"
)

// createUsers creates the tables of package auth. Times that SQL compares are Unix milliseconds.
func createUsers() *gormigrate.Migration {
	return &gormigrate.Migration{
		ID: "20260101000000_create_users",
		Migrate: func(tx *gorm.DB) error {
			err := database.CreateTable(tx, "users",
				table.ID(),
				table.String("email", 254),
				table.Text("name"),
				table.Text("password_hash"),
				table.Text("role").Default("user"),
				table.Bool("is_active").Default(true),
				table.DateTime("email_verified_at").Optional(),
				table.BigInt("auth_epoch").Default(0),
				table.DateTime("created_at"),
				table.DateTime("updated_at"),
				table.Unique("email"),
			)
			if err != nil {
				return err
			}
			err = database.CreateTable(tx, "sessions",
				table.Text("id").PrimaryKey(),
				table.Ref("user_id", "users").Cascade(),
				table.BigInt("epoch"),
				table.BigInt("generation"),
				table.BigInt("created_at"),
				table.BigInt("rotated_at"),
				table.BigInt("expires_at"),
				table.Text("user_agent"),
				table.Text("ip"),
				table.Index("user_id"),
				table.Index("expires_at"),
			)
			if err != nil {
				return err
			}
			err = database.CreateTable(tx, "one_time_tokens",
				table.Text("hash").PrimaryKey(),
				table.Text("purpose"),
				table.Ref("user_id", "users").Cascade(),
				table.Text("email"),
				table.BigInt("expires_at"),
				table.Unique("user_id", "purpose"),
				table.Index("expires_at"),
			)
			if err != nil {
				return err
			}
			err = database.CreateTable(tx, "throttles",
				table.Text("key").PrimaryKey(),
				table.BigInt("count"),
				table.BigInt("reset_at"),
				table.Index("reset_at"),
			)
			if err != nil {
				return err
			}
			return database.CreateTable(tx, "outbox",
				table.ID(),
				table.Text("purpose"),
				table.Text("address"),
				table.Text("payload").Default(""),
				table.BigInt("attempts").Default(0),
				table.BigInt("next_at"),
				table.BigInt("sent_at").Optional(),
				table.Index("address"),
				table.Index("sent_at", "next_at"),
			)
		},
		Rollback: func(tx *gorm.DB) error {
			for _, name := range []string{"outbox", "throttles", "one_time_tokens", "sessions", "users"} {
				if err := database.DropTable(tx, name); err != nil {
					return err
				}
			}
			return nil
		},
	}
}
