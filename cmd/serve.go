package cmd

import (
	"strconv"

	"github.com/spf13/cobra"
)

func newServe(s *shell) *cobra.Command {
	var port int
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Build and run the application",
		Args:  arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			var env []string
			if cmd.Flags().Changed("port") {
				if port < 0 || port > 65535 {
					return usage("--port %d: a port is a number from 0 to 65535", port)
				}
				env = append(env, "HTTP_ADDR=:"+strconv.Itoa(port))
			}
			return s.runApp(env, "serve")
		},
	}
	cmd.Flags().IntVar(&port, "port", 8000, "listen on this port instead of that of HTTP_ADDR")
	return cmd
}
