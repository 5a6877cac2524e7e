package cmd

import (
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func newUserCreate(s *shell) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "user:create EMAIL",
		Short: "Create an account; prompts for the password or reads it from stdin",
		Args:  arguments(1, 1),
	}
	cmd.Flags().String("name", "", "set the user's `name` (default: the email address up to the @)")
	cmd.Flags().String("role", "", "set the `role`, such as admin (default \"user\")")
	return forwarded(s, cmd)
}

func newUserUpdate(s *shell) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "user:update EMAIL",
		Short: "Change the role of an account, or deactivate it",
		Args:  arguments(1, 1),
	}
	cmd.Flags().String("role", "", "set the `role`, such as admin")
	cmd.Flags().Bool("active", true, "let the user log in; --active=false deactivates the account")
	return forwarded(s, cmd)
}

// forwarded runs the application's command of the same name with the same flags.
func forwarded(s *shell, cmd *cobra.Command) *cobra.Command {
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
