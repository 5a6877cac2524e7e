package console

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"
	"gorm.io/gorm"

	"example.com/blog/internal/database"
)

func newSeed(build Builder) *cobra.Command {
	var count int
	cmd := &cobra.Command{
		Use:   "seed",
		Short: "Make the rows that the tables lack to develop with",
		Args:  cobra.NoArgs,
		RunE: task(build, func(cmd *cobra.Command, _ []string, app *App) error {
			if count < 0 {
				return fmt.Errorf("--count %d: tables have 0 rows or more", count)
			}
			if err := app.prepare(cmd.Context()); err != nil {
				return err
			}
			if !cmd.Flags().Changed("count") {
				count = -1
			}
			return app.seed(cmd.Context(), cmd.OutOrStdout(), count)
		}),
	}
	cmd.Flags().IntVar(&count, "count", 0, "how many rows each table is to have, instead of its seeder's own number")
	return cmd
}

// seed runs the seeders in their order, since rows refer to those of others; count is that of each, or less than 0.
func (a *App) seed(ctx context.Context, out io.Writer, count int) error {
	for _, s := range a.Seeds {
		made, err := runSeeder(a.DB.WithContext(ctx), s, count)
		if err != nil {
			return fmt.Errorf("seed %s: %w", s.Name, err)
		}
		fmt.Fprintf(out, "%9s  %s: %d new\n", "seeded", s.Name, made)
	}
	if len(a.Seeds) == 0 {
		fmt.Fprintln(out, "nothing to seed: add a seeder to seeds/seeds.go")
	}
	return nil
}

func runSeeder(db *gorm.DB, s database.Seeder, count int) (made int, err error) {
	if count < 0 {
		count = s.Count
	}
	if s.Run == nil {
		return 0, errors.New("it has no Run")
	}
	err = db.Transaction(func(tx *gorm.DB) (err error) {
		made, err = s.Run(tx, count)
		return err
	})
	return made, err
}
