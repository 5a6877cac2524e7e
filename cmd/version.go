package cmd

import (
	"fmt"

	"github.com/spf13/cobra"
)

func newVersion(s *shell) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version of fastgo",
		Args:  arguments(0, 0),
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintln(s.out, "fastgo", Version)
			return err
		},
	}
}
