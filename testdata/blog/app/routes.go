package app

import (
	"github.com/danielgtaylor/huma/v2"
	"gorm.io/gorm"

	"example.com/blog/app/post"
	"example.com/blog/internal/auth"
)

// routes registers the whole API and controls who may call it.
func routes(api huma.API, users *auth.Users, db *gorm.DB) {
	users.Routes() // registration, login, password reset, sessions

	post.Routes(users.Guard(), db) // each user's own
}
