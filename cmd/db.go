package cmd

import (
	"strconv"

	"github.com/spf13/cobra"
)

func newDBMigrate(s *shell) *cobra.Command {
	return newAppCommand(s, "db:migrate", "Apply pending migrations", "migrate")
}

func newDBRollback(s *shell) *cobra.Command {
	return newAppCommand(s, "db:rollback", "Undo the latest migration", "rollback")
}

func newDBStatus(s *shell) *cobra.Command {
	return newAppCommand(s, "db:status", "List migrations and whether they are applied", "status")
}

func newDBFresh(s *shell) *cobra.Command {
	return newAppCommand(s, "db:fresh", "Drop all tables and apply all migrations again", "fresh")
}

func newDBSeed(s *shell) *cobra.Command {
	var count int
	cmd := &cobra.Command{
		Use:   "db:seed",
		Short: "Fill tables with development data",
		Args:  arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !cmd.Flags().Changed("count") {
				return s.runApp(nil, "seed")
			}
			return s.runApp(nil, "seed", "--count", strconv.Itoa(count))
		},
	}
	cmd.Flags().Var(numberFlag{&count, 1, mostRows}, "count", "fill each table up to this `number` of rows, instead of its seeder's own")
	return cmd
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
