package cmd

import (
	"github.com/spf13/cobra"

	"fastgo/generator"
	"fastgo/generator/golang"
	"fastgo/generator/plan"
)

type makeHandlerOptions struct {
	planFlags
	name      string
	protected bool
	role      string
}

func newMakeHandler(s *shell) *cobra.Command {
	o := &makeHandlerOptions{planFlags: planFlags{shell: s}}
	cmd := &cobra.Command{
		Use:   "make:handler NAME [-p | --role ROLE]",
		Short: "Add one operation and its tests",
		Long: `Add one operation and its tests: GET /name, in a package of its own, to be made
what it is for. With -p it takes the current user, so that it is guarded; without,
anybody may call it.`,
		Example: `  fastgo make:handler Status
  fastgo make:handler Dashboard -p
  fastgo make:handler MonthlyReport --role admin`,
		Args: arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.name = args[0]
			return o.run()
		},
	}
	o.add(cmd)
	cmd.Flags().BoolVarP(&o.protected, "protected", "p", false, "for users who are signed in")
	cmd.Flags().StringVar(&o.role, "role", "", "for users with this `role`")
	return cmd
}

func (o *makeHandlerOptions) run() error {
	endpoint, err := golang.NewEndpoint(o.name, o.protected, o.role)
	if err != nil {
		return err
	}
	r := report{Command: "make:handler", Next: []string{"go test ./app/" + endpoint.Name.Package, "fastgo serve"}}
	return o.carryOut(r, func(app *generator.App) (plan.Plan, error) {
		return app.Endpoint(endpoint)
	})
}
