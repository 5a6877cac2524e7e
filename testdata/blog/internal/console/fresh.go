package console

import (
	"errors"
	"fmt"
	"log/slog"

	"github.com/spf13/cobra"

	"example.com/blog/internal/config"
	"example.com/blog/internal/database"
)

func newFresh(build Builder) *cobra.Command {
	return &cobra.Command{
		Use:   "fresh",
		Short: "Drop all tables and apply all migrations again; refused in production",
		Args:  cobra.NoArgs,
		RunE: task(outsideProduction(build), func(cmd *cobra.Command, _ []string, app *App) error {
			dropped, applied, err := database.Fresh(cmd.Context(), app.DB, app.Migrations)
			if err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%9s  %d tables\n", "dropped", dropped)
			printMigrated(cmd.OutOrStdout(), applied)
			return nil
		}),
	}
}

// outsideProduction refuses to build the application in production, before it opens anything.
func outsideProduction(build Builder) Builder {
	return func(c config.Config, log *slog.Logger) (*App, error) {
		if c.Production() {
			return nil, errors.New("fresh deletes all rows and is refused with APP_ENV=production; " +
				"use migrate or rollback, or set APP_ENV=development if no data matters")
		}
		return build(c, log)
	}
}
