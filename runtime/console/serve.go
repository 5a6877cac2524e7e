package console

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"fastgo/runtime/database"
)

func newServe(build Builder) *cobra.Command {
	return &cobra.Command{
		Use:   "serve",
		Short: "Answer requests until interrupted",
		Args:  cobra.NoArgs,
		RunE: task(build, func(cmd *cobra.Command, _ []string, app *App) error {
			if err := app.prepare(cmd.Context()); err != nil {
				return err
			}
			return app.serve(cmd.Context())
		}),
	}
}

// prepare brings the database up to date; in production that is a step of the
// deployment, and serving without it is refused.
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
		return fmt.Errorf("migrations are pending, run the migrate command first: %s", strings.Join(pending, ", "))
	}
	return nil
}

// serve answers requests and sends mail. When the context ends, requests are
// finished first, then the mail in hand; what waits is sent after a restart.
func (a *App) serve(ctx context.Context) error {
	working, rest := context.WithCancel(context.WithoutCancel(ctx))
	workers := []func(context.Context) error{a.Users.Run, a.Outbox.Run}
	ended := make(chan error, len(workers))
	for _, run := range workers {
		go func() { ended <- run(working) }()
	}
	err := a.Server.Run(ctx)
	rest()
	for range workers {
		err = errors.Join(err, <-ended)
	}
	return err
}
