package cmd

import "github.com/spf13/cobra"

func newDBMigrate(s *shell) *cobra.Command {
	return newAppCommand(s, "db:migrate", "Apply the pending migrations", "migrate")
}

func newDBRollback(s *shell) *cobra.Command {
	return newAppCommand(s, "db:rollback", "Undo the migration that was applied last", "rollback")
}

func newDBStatus(s *shell) *cobra.Command {
	return newAppCommand(s, "db:status", "List the migrations and whether they are applied", "status")
}

// newAppCommand runs a command of the application that takes no arguments.
func newAppCommand(s *shell, name, short, command string) *cobra.Command {
	return &cobra.Command{
		Use:   name,
		Short: short,
		Args:  arguments(0, 0),
		RunE:  func(*cobra.Command, []string) error { return s.runApp(nil, command) },
	}
}
