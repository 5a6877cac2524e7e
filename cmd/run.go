// Package cmd is the command line of fastgo: each command turns its arguments
// into a plan, which it shows or applies.
package cmd

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/term"

	"fastgo/generator/fail"
	"fastgo/generator/name"
)

// Version is the version of fastgo.
const Version = "0.1.0"

// Exit codes.
const (
	exitDone     = 0
	exitError    = 1
	exitConflict = 2
	exitUsage    = 4
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
	return root
}

// exitCode returns the exit code for an error.
func exitCode(err error) int {
	var problem *fail.Error
	switch {
	case !errors.As(err, &problem):
		return exitError
	case problem.Kind == fail.KindUsage:
		return exitUsage
	case problem.Kind == fail.KindConflict:
		return exitConflict
	}
	return exitError
}

// usage returns an error in the arguments.
func usage(format string, args ...any) error {
	return &fail.Error{Kind: fail.KindUsage, Problems: []string{fmt.Sprintf(format, args...)}}
}

// knownCommand rejects an unknown command and suggests a similar one.
func knownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, c := range cmd.Commands() {
		names = append(names, c.Name())
	}
	return usage("unknown command %q%s; see fastgo --help", args[0], name.DidYouMean(args[0], names))
}

// flagError adds a suggestion to an error about flags.
func flagError(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	suggestion := ""
	if errors.As(err, &unknown) {
		var names []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
		cmd.InheritedFlags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
		if suggestion = name.DidYouMean(unknown.GetSpecifiedName(), names); suggestion != "" {
			suggestion = strings.Replace(suggestion, "mean ", "mean --", 1)
		}
	}
	if !cmd.HasParent() {
		return usage("%v; put the flags of a command after its name: fastgo new blog --dry-run", err)
	}
	return usage("%v%s; see %s --help", err, suggestion, cmd.CommandPath())
}

// arguments checks the number of arguments; most < 0 means no limit.
func arguments(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < least || most >= 0 && len(args) > most {
			return usage("got %d arguments; usage: %s", len(args), cmd.UseLine())
		}
		return nil
	}
}

// wantsJSON reports whether the arguments contain --json. Flags that do not parse
// must be reported as JSON too.
func wantsJSON(args []string) bool {
	if i := slices.Index(args, "--"); i >= 0 {
		args = args[:i]
	}
	return slices.Contains(args, "--json") || slices.Contains(args, "--json=true")
}

// printError writes an error as text, one line per problem.
func (s *shell) printError(err error) {
	for _, line := range strings.Split(err.Error(), "\n") {
		fmt.Fprintln(s.err, "error:", line)
	}
}

// isTerminal reports whether a stream is a terminal.
func isTerminal(stream any) bool {
	file, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}
