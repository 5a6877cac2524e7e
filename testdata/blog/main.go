package main

import (
	"log/slog"
	"os"

	"example.com/blog/internal/auth"
	"example.com/blog/internal/config"
	"example.com/blog/internal/console"
	"example.com/blog/internal/database"
	"example.com/blog/internal/mail"
	"example.com/blog/internal/web"
	"example.com/blog/migrations"
	"example.com/blog/seeds"
)

func main() {
	os.Exit(console.Run(build, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// build wires the application together, for the server and for every command.
func build(c config.Config, log *slog.Logger) (*console.App, error) {
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
