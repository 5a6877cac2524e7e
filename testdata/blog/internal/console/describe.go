package console

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"example.com/blog/internal/web"
)

func newRoutes(build Builder) *cobra.Command {
	var asJSON bool
	cmd := command("routes", "List routes with access and source location", description(build, func(cmd *cobra.Command, _ []string, app *App) error {
		routes := app.Server.Routes()
		for i := range routes {
			routes[i].File = relative(routes[i].File)
		}
		if asJSON {
			encoder := json.NewEncoder(cmd.OutOrStdout())
			encoder.SetIndent("", "  ")
			return encoder.Encode(routes)
		}
		return table(cmd, routes)
	}))
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func table(cmd *cobra.Command, routes []web.Route) error {
	w := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 2, ' ', 0)
	for _, r := range routes {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s:%d\n", r.Method, r.Path, r.Who, r.Handler, r.File, r.Line)
	}
	return w.Flush()
}

// relative makes a path relative to the working directory, if it is inside.
func relative(file string) string {
	here, err := os.Getwd()
	if err != nil {
		return file
	}
	short, err := filepath.Rel(here, file)
	if err != nil || !filepath.IsLocal(short) {
		return file
	}
	return filepath.ToSlash(short)
}

func newOpenAPI(build Builder) *cobra.Command {
	return command("openapi", "Print the OpenAPI document", description(build, func(cmd *cobra.Command, _ []string, app *App) error {
		encoder := json.NewEncoder(cmd.OutOrStdout())
		encoder.SetIndent("", "  ")
		return encoder.Encode(app.Server.Document())
	}))
}
