package cmd

import (
	"github.com/spf13/cobra"

	"fastgo/generator"
	"fastgo/generator/golang"
	"fastgo/generator/plan"
)

func newMakeSeeder(s *shell) *cobra.Command {
	o := &planFlags{shell: s}
	count := golang.SeededRows
	cmd := &cobra.Command{
		Use:   "make:seeder NAME [--count NUMBER]",
		Short: "Add development data for a resource, loaded by db:seed",
		Long: `Add development data for a resource, loaded by db:seed, which fills the table up
to --count rows; running it again adds nothing. The rows satisfy the rules of the
resource, belong to the first user, and reference the first rows that this user
may read.`,
		Example: `  fastgo make:seeder Post
  fastgo make:seeder Comment --count 200
  fastgo db:seed`,
		Args: arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			r := report{Command: "make:seeder", Next: []string{"go test ./seeds", "fastgo db:seed"}}
			return o.carryOut(r, func(app *generator.App) (plan.Plan, error) {
				return app.Seeder(args[0], count)
			})
		},
	}
	o.add(cmd)
	cmd.Flags().Var(numberFlag{&count, 1, mostRows}, "count", "fill the table up to this `number` of rows")
	return cmd
}
