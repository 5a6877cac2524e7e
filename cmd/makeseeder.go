package cmd

import (
	"github.com/spf13/cobra"

	"fastgo/generator"
	"fastgo/generator/golang"
	"fastgo/generator/plan"
)

func newMakeSeeder(s *shell) *cobra.Command {
	o := &planFlags{shell: s}
	count := 0
	cmd := &cobra.Command{
		Use:   "make:seeder NAME [--count NUMBER]",
		Short: "Add rows of a resource to develop with, which db:seed makes",
		Long: `Add rows of a resource to develop with, which db:seed makes: as many as the table
lacks of the number, so that the next db:seed adds none. They keep the rules of
the resource, belong to the first user there is, and refer to the first rows that
he may read.`,
		Example: `  fastgo make:seeder Post
  fastgo make:seeder Comment --count 200
  fastgo db:seed`,
		Args: arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if count < 1 {
				return usage("--count %d: a seeder makes 1 row or more", count)
			}
			r := report{Command: "make:seeder", Next: []string{"go test ./seeds", "fastgo db:seed"}}
			return o.carryOut(r, func(app *generator.App) (plan.Plan, error) {
				return app.Seeder(args[0], count)
			})
		},
	}
	o.add(cmd)
	cmd.Flags().IntVar(&count, "count", golang.SeededRows, "how many rows the table is to have")
	return cmd
}
