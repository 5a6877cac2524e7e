package console

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"example.com/blog/internal/database"
)

func newServe(build Builder) *cobra.Command {
	return &cobra.Command{
		Use:   "serve",
		Short: "Run the server until interrupted",
		Args:  cobra.NoArgs,
		RunE: task(build, func(cmd *cobra.Command, _ []string, app *App) error {
			if err := app.prepare(cmd.Context()); err != nil {
				return err
			}
			return app.serve(cmd.Context())
		}),
	}
}

// prepare applies pending migrations. In production that is a step of the
// deployment, so prepare fails if any are pending.
func (a *App) prepare(ctx context.Context) error {
	if !a.Config.Production() {
		applied, err := database.Migrate(ctx, a.DB, a.Migrations)
		for _, id := range applied {
			a.Log.Info("migrated", "id", id)
		}
		return err
	}
	all, err := database.Status(ctx, a.DB, a.Migrations)
	if err != nil {
		return err
	}
	var pending []string
	for _, m := range all {
		if m.Known && !m.Applied {
			pending = append(pending, m.ID)
		}
	}
	if len(pending) > 0 {
		return fmt.Errorf("pending migrations, run the migrate command first: %s", strings.Join(pending, ", "))
	}
	return nil
}

// serve handles requests and sends mail. When the context ends, it first finishes
// the requests and then the mail that they queued.
func (a *App) serve(ctx context.Context) error {
	working, rest := context.WithCancel(context.WithoutCancel(ctx))
	worker := make(chan error, 1)
	go func() { worker <- a.Users.Run(working) }()
	err := a.Server.Run(ctx)
	rest()
	return errors.Join(err, <-worker)
}
