package app

import (
	"github.com/danielgtaylor/huma/v2"
	"gorm.io/gorm"

	"fastgo/runtime/auth"
)

// routes is the whole API and who may call it.
func routes(api huma.API, users *auth.Users, db *gorm.DB) {
	users.Routes() // register, log in, and all that follows
}
