package cmd

import (
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strconv"

	"github.com/joho/godotenv"
	"github.com/spf13/cobra"
)

func newServe(s *shell) *cobra.Command {
	var port int
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Build and run the application",
		Args:  arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !cmd.Flags().Changed("port") {
				return s.runApp(nil, "serve")
			}
			return s.runApp(func(root string) []string { return onPort(root, strconv.Itoa(port)) }, "serve")
		},
	}
	cmd.Flags().Var(numberFlag{&port, 1, 65535}, "port", "listen on this port `number` instead of the one in HTTP_ADDR")
	return cmd
}

// onPort returns settings that change the port of the listen address and, if
// APP_URL is on localhost, of the links.
func onPort(root, port string) []string {
	settings, err := godotenv.Read(filepath.Join(root, ".env"))
	if err != nil {
		settings = map[string]string{} // the application reports what is wrong with the file
	}
	for _, name := range []string{"HTTP_ADDR", "APP_URL"} {
		if value := os.Getenv(name); value != "" {
			settings[name] = value
		}
	}
	host, _, _ := net.SplitHostPort(settings["HTTP_ADDR"])
	env := []string{"HTTP_ADDR=" + net.JoinHostPort(host, port)}
	if link, err := url.Parse(settings["APP_URL"]); err == nil && link.Hostname() == "localhost" {
		link.Host = net.JoinHostPort("localhost", port)
		env = append(env, "APP_URL="+link.String())
	}
	return env
}
