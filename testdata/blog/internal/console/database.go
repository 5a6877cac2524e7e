package console

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"

	"github.com/spf13/cobra"
	"gorm.io/gorm"

	"example.com/blog/internal/config"
	"example.com/blog/internal/database"
)

func newMigrate(build Builder) *cobra.Command {
	return command("migrate", "Apply pending migrations", task(build, func(cmd *cobra.Command, _ []string, app *App) error {
		applied, err := database.Migrate(cmd.Context(), app.DB, app.Migrations)
		if err != nil {
			return err
		}
		printMigrated(cmd.OutOrStdout(), applied)
		if len(applied) == 0 {
			fmt.Fprintln(cmd.OutOrStdout(), "nothing to migrate")
		}
		return nil
	}))
}

func printMigrated(out io.Writer, applied []string) {
	for _, id := range applied {
		fmt.Fprintf(out, "%9s  %s\n", "migrated", id)
	}
}

func newRollback(build Builder) *cobra.Command {
	return command("rollback", "Undo the latest migration", task(build, func(cmd *cobra.Command, _ []string, app *App) error {
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
	}))
}

func newStatus(build Builder) *cobra.Command {
	return command("status", "List migrations and whether they are applied", task(build, func(cmd *cobra.Command, _ []string, app *App) error {
		all, err := database.Status(cmd.Context(), app.DB, app.Migrations)
		if err != nil {
			return err
		}
		for _, m := range all {
			fmt.Fprintf(cmd.OutOrStdout(), "%7s  %s\n", state(m), m.ID)
		}
		return nil
	}))
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

func newFresh(build Builder) *cobra.Command {
	return command("fresh", "Drop all tables and apply all migrations again; refused in production", task(outsideProduction(build), func(cmd *cobra.Command, _ []string, app *App) error {
		dropped, applied, err := database.Fresh(cmd.Context(), app.DB, app.Migrations)
		if err != nil {
			return err
		}
		fmt.Fprintf(cmd.OutOrStdout(), "%9s  %d tables\n", "dropped", dropped)
		printMigrated(cmd.OutOrStdout(), applied)
		return nil
	}))
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

func newSeed(build Builder) *cobra.Command {
	var count int
	cmd := command("seed", "Fill tables with development data", task(build, func(cmd *cobra.Command, _ []string, app *App) error {
		if count < 0 {
			return fmt.Errorf("--count %d: must not be negative", count)
		}
		if err := app.prepare(cmd.Context()); err != nil {
			return err
		}
		if !cmd.Flags().Changed("count") {
			count = -1
		}
		return app.seed(cmd.Context(), cmd.OutOrStdout(), count)
	}))
	cmd.Flags().IntVar(&count, "count", 0, "fill each table up to this `number` of rows, instead of its seeder's own")
	return cmd
}

// seed runs the seeders in order, because rows reference earlier ones. A negative count means that of each seeder.
func (a *App) seed(ctx context.Context, out io.Writer, count int) error {
	for _, s := range a.Seeds {
		created, err := runSeeder(a.DB.WithContext(ctx), s, count)
		if err != nil {
			return fmt.Errorf("seed %s: %w", s.Name, err)
		}
		fmt.Fprintf(out, "%9s  %s: %d new\n", "seeded", s.Name, created)
	}
	if len(a.Seeds) == 0 {
		fmt.Fprintln(out, "nothing to seed: add a seeder to seeds/seeds.go")
	}
	return nil
}

func runSeeder(db *gorm.DB, s database.Seeder, count int) (created int, err error) {
	if count < 0 {
		count = s.Count
	}
	if s.Run == nil {
		return 0, errors.New("the seeder has no Run function")
	}
	err = db.Transaction(func(tx *gorm.DB) (err error) {
		created, err = s.Run(tx, count)
		return err
	})
	return created, err
}
