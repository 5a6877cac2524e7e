// Package app is the application: what it is made of, and the API that it serves. Each package below it is a part of that API.
package app

import (
	"log/slog"

	"example.com/blog/internal/auth"
	"example.com/blog/internal/config"
	"example.com/blog/internal/console"
	"example.com/blog/internal/database"
	"example.com/blog/internal/mail"
	"example.com/blog/internal/web"
	"example.com/blog/migrations"
	"example.com/blog/seeds"
)

// Build wires the application together, for the server, the commands and the tests.
func Build(c config.Config, log *slog.Logger) (*console.App, error) {
	db, err := database.Open(c.DatabaseURL, log)
	if err != nil {
		return nil, err
	}
	sender, err := mail.New(c.Mail, log)
	if err != nil {
		return nil, err
	}
	server := web.New(c, db, log)
	users := auth.New(server, c, db, sender, log)
	routes(server.API, users, db)
	return &console.App{
		Config: c, Log: log, DB: db, Server: server, Users: users,
		Migrations: migrations.All(), Seeds: seeds.All(),
	}, nil
}
