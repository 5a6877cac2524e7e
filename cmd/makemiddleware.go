package cmd

import (
	"github.com/spf13/cobra"

	"fastgo/generator"
	"fastgo/generator/golang"
	"fastgo/generator/plan"
)

func newMakeMiddleware(s *shell) *cobra.Command {
	o := &planFlags{shell: s}
	cmd := &cobra.Command{
		Use:   "make:middleware NAME",
		Short: "Add HTTP middleware and its test",
		Long: `Add HTTP middleware and its test: a func(http.Handler) http.Handler in a package
of its own, as a starting point, and a server.Use line that installs it. The
first line is the outermost middleware. All of them run inside the built-in
request ID, logging, panic recovery and CORS.`,
		Example: `  fastgo make:middleware RateLimit
  fastgo make:middleware Maintenance`,
		Args: arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			middleware, err := golang.NewMiddleware(args[0])
			if err != nil {
				return err
			}
			r := report{Command: "make:middleware", Next: []string{"go test ./app/" + middleware.Name.Package, "fastgo serve"}}
			return o.carryOut(r, func(app *generator.App) (plan.Plan, error) {
				return app.Middleware(middleware)
			})
		},
	}
	o.add(cmd)
	return cmd
}
