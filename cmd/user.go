package cmd

import (
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func newUserCreate(s *shell) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "user:create EMAIL",
		Short: "Make an account; the password is asked for, or read from standard input",
		Args:  arguments(1, 1),
	}
	cmd.Flags().String("name", "", "the user's name")
	cmd.Flags().String("role", "", "the role, such as admin")
	return passingOn(s, cmd)
}

func newUserUpdate(s *shell) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "user:update EMAIL",
		Short: "Change the role of an account, or whether it is active",
		Args:  arguments(1, 1),
	}
	cmd.Flags().String("role", "", "the new role")
	cmd.Flags().Bool("active", true, "whether the user may log in")
	return passingOn(s, cmd)
}

// passingOn runs the application's command of the same name with the same flags.
func passingOn(s *shell, cmd *cobra.Command) *cobra.Command {
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		command := []string{cmd.Name()}
		cmd.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) {
			if f.Changed {
				command = append(command, "--"+f.Name+"="+f.Value.String())
			}
		})
		return s.runApp(nil, append(append(command, "--"), args...)...)
	}
	return cmd
}
