package cmd

import "github.com/spf13/cobra"

func newRoutes(s *shell) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "routes",
		Aliases: []string{"route:list"},
		Short:   "List routes with access and source location",
		Args:    arguments(0, 0),
		RunE: func(*cobra.Command, []string) error {
			if asJSON {
				return s.runApp(nil, "routes", "--json")
			}
			return s.runApp(nil, "routes")
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON document")
	return cmd
}
