package app

import (
	"github.com/danielgtaylor/huma/v2"
	"gorm.io/gorm"

	"fastgo/runtime/auth"
)

// routes registers the whole API and controls who may call it.
func routes(api huma.API, users *auth.Users, db *gorm.DB) {
	users.Routes() // registration, login, password reset, sessions
}
