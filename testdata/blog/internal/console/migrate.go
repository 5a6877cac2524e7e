package console

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"example.com/blog/internal/database"
)

func newMigrate(build Builder) *cobra.Command {
	return &cobra.Command{
		Use:   "migrate",
		Short: "Apply pending migrations",
		Args:  cobra.NoArgs,
		RunE: task(build, func(cmd *cobra.Command, _ []string, app *App) error {
			applied, err := database.Migrate(cmd.Context(), app.DB, app.Migrations)
			if err != nil {
				return err
			}
			printMigrated(cmd.OutOrStdout(), applied)
			if len(applied) == 0 {
				fmt.Fprintln(cmd.OutOrStdout(), "nothing to migrate")
			}
			return nil
		}),
	}
}

func printMigrated(out io.Writer, applied []string) {
	for _, id := range applied {
		fmt.Fprintf(out, "%9s  %s\n", "migrated", id)
	}
}

func newRollback(build Builder) *cobra.Command {
	return &cobra.Command{
		Use:   "rollback",
		Short: "Undo the latest migration",
		Args:  cobra.NoArgs,
		RunE: task(build, func(cmd *cobra.Command, _ []string, app *App) error {
			id, err := database.Rollback(cmd.Context(), app.DB, app.Migrations)
			if err != nil {
				return err
			}
			if id == "" {
				fmt.Fprintln(cmd.OutOrStdout(), "nothing to roll back")
				return nil
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%11s  %s\n", "rolled back", id)
			return nil
		}),
	}
}

func newStatus(build Builder) *cobra.Command {
	return &cobra.Command{
		Use:   "status",
		Short: "List migrations and whether they are applied",
		Args:  cobra.NoArgs,
		RunE: task(build, func(cmd *cobra.Command, _ []string, app *App) error {
			all, err := database.Status(cmd.Context(), app.DB, app.Migrations)
			if err != nil {
				return err
			}
			for _, m := range all {
				fmt.Fprintf(cmd.OutOrStdout(), "%7s  %s\n", state(m), m.ID)
			}
			return nil
		}),
	}
}

func state(m database.MigrationStatus) string {
	switch {
	case !m.Known:
		return "unknown" // applied by another version of the application
	case m.Applied:
		return "applied"
	}
	return "pending"
}
