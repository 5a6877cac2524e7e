// Package app wires the application together and registers its routes. Each subpackage implements a part of the API.
package app

import (
	"log/slog"

	"example.com/blog/internal/auth"
	"example.com/blog/internal/config"
	"example.com/blog/internal/console"
	"example.com/blog/internal/database"
	"example.com/blog/internal/mail"
	"example.com/blog/internal/outbox"
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
	box := outbox.New(c.Web.Name, db, sender, log)
	server := web.New(c.Web, db, log)
	users := auth.New(server, c.Auth, db, box, log)
	routes(server.API, users, db)
	return &console.App{
		Config: c, Log: log, DB: db, Server: server, Users: users, Outbox: box,
		Migrations: migrations.All(), Seeds: seeds.All(),
	}, nil
}
