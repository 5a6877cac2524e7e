// Package cmd is the command line of fastgo: each command turns its arguments
// into a plan, which it shows or applies.
package cmd

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"fastgo/generator/fail"
	"fastgo/generator/name"
)

// A shell holds what all commands share: the streams and the global flags.
type shell struct {
	in       io.Reader
	out, err io.Writer

	dir    string
	quiet  bool
	asJSON bool // --json is set
}

// Run executes a command and returns its exit code: 0 success, 1 error,
// 2 conflict, 4 usage error, or the exit code of the application it ran.
func Run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	s := &shell{in: stdin, out: stdout, err: stderr, asJSON: wantsJSON(args)}
	root := newRoot(s)
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	command, err := root.ExecuteC()
	var app *appExit
	var reported *reportedError
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &app):
		return app.code
	case errors.As(err, &reported):
		return exitCode(err)
	case s.asJSON:
		report{Command: command.Name()}.writeError(s.out, err)
	default:
		s.printError(err)
	}
	return exitCode(err)
}

func newRoot(s *shell) *cobra.Command {
	root := &cobra.Command{
		Use:           "fastgo",
		Short:         "Generate Go web APIs",
		Args:          knownCommand,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.PersistentFlags().StringVarP(&s.dir, "dir", "C", ".", "run in this `directory`")
	root.SetFlagErrorFunc(flagError)
	root.AddCommand(
		newNew(s),
		newMakeResource(s), newMakeModel(s), newMakeHandler(s), newMakeMigration(s), newMakeMiddleware(s), newMakeSeeder(s),
		newServe(s), newRoutes(s),
		newDBMigrate(s), newDBRollback(s), newDBStatus(s), newDBFresh(s), newDBSeed(s),
		newUserCreate(s), newUserUpdate(s),
		newVersion(s),
	)
	for _, c := range root.Commands() {
		c.DisableFlagsInUseLine = strings.Contains(c.Use, "[-")
	}
	root.InitDefaultCompletionCmd()
	rejectUnknownShells(root)
	return root
}

// rejectUnknownShells lets cobra's completion command end with an error instead of
// its help.
func rejectUnknownShells(root *cobra.Command) {
	completion, _, _ := root.Find([]string{"completion"})
	var shells []string
	for _, c := range completion.Commands() {
		c.Args = arguments(0, 0)
		shells = append(shells, c.Name())
	}
	completion.Args = func(_ *cobra.Command, args []string) error {
		if len(args) == 0 {
			return nil
		}
		return fail.Usage("unknown shell %q%s", args[0], name.OneOf(args[0], shells))
	}
	completion.DisableFlagsInUseLine = true
	completion.RunE = func(*cobra.Command, []string) error { return completion.Help() }
}

// printError writes an error as text, one line per problem.
func (s *shell) printError(err error) {
	for _, line := range strings.Split(err.Error(), "\n") {
		fmt.Fprintln(s.err, "error:", line)
	}
}
