package cmd

import (
	"strconv"

	"github.com/spf13/cobra"
)

func newDBMigrate(s *shell) *cobra.Command {
	return newAppCommand(s, "db:migrate", "Apply the pending migrations", "migrate")
}

func newDBRollback(s *shell) *cobra.Command {
	return newAppCommand(s, "db:rollback", "Undo the newest of the applied migrations", "rollback")
}

func newDBStatus(s *shell) *cobra.Command {
	return newAppCommand(s, "db:status", "List the migrations and whether they are applied", "status")
}

func newDBFresh(s *shell) *cobra.Command {
	return newAppCommand(s, "db:fresh", "Drop every table with its rows and apply all migrations anew", "fresh")
}

func newDBSeed(s *shell) *cobra.Command {
	var count int
	cmd := &cobra.Command{
		Use:   "db:seed",
		Short: "Make the rows that the tables lack to develop with",
		Args:  arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !cmd.Flags().Changed("count") {
				return s.runApp(nil, "seed")
			}
			return s.runApp(nil, "seed", "--count", strconv.Itoa(count))
		},
	}
	cmd.Flags().IntVar(&count, "count", 0, "how many rows each table is to have, instead of its seeder's own `number`")
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
