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
		Short: "Add an endpoint and its tests",
		Long: `Add an endpoint and its tests: GET /name, in a package of its own, as a starting
point. With -p or --role only signed-in users may call it, and the handler
receives the current user; otherwise it is public.`,
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
	cmd.Flags().BoolVarP(&o.protected, "protected", "p", false, "require a signed-in user")
	cmd.Flags().StringVar(&o.role, "role", "", "require a user with this `role`")
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
