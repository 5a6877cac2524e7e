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
		Short: "Fill tables with development data",
		Args:  cobra.NoArgs,
		RunE: task(build, func(cmd *cobra.Command, _ []string, app *App) error {
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
		}),
	}
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
