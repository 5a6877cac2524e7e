// Package cmd is fastgo's command line: each command turns its arguments into
// a plan, and shows or applies it.
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

// Exit codes of the contract.
const (
	exitDone     = 0
	exitError    = 1
	exitConflict = 2
	exitUsage    = 4
)

// A shell is what every command shares: the streams and the global flags.
type shell struct {
	in       io.Reader
	out, err io.Writer

	dir   string
	quiet bool
	asked bool // the command line asks for JSON
}

// Run carries out the command that the arguments name, and returns its exit
// code: 0 done, 1 error, 2 conflict, 4 wrong usage; or that of the application
// that the command has run.
func Run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	s := &shell{in: stdin, out: stdout, err: stderr, asked: asksForJSON(args)}
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
	case s.asked:
		report{Command: command.Name()}.writeError(s.out, err)
	default:
		s.printError(err)
	}
	return exitCode(err)
}

func newRoot(s *shell) *cobra.Command {
	root := &cobra.Command{
		Use:           "fastgo",
		Short:         "Write Go web APIs, and stay useful while they are edited",
		Args:          knownCommand,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.PersistentFlags().StringVarP(&s.dir, "dir", "C", ".", "work in this `folder`")
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

// exitCode says whose turn it is. What cobra itself complains about is usage.
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

// usage is an error of the arguments.
func usage(format string, args ...any) error {
	return &fail.Error{Kind: fail.KindUsage, Problems: []string{fmt.Sprintf(format, args...)}}
}

// knownCommand refuses what is left over as a command, and suggests another.
func knownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, c := range cmd.Commands() {
		names = append(names, c.Name())
	}
	return usage("unknown command %q%s; fastgo --help lists all", args[0], name.DidYouMean(args[0], names))
}

// flagError adds the flag that was probably meant.
func flagError(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	near := ""
	if errors.As(err, &unknown) {
		var names []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
		cmd.InheritedFlags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
		if near = name.DidYouMean(unknown.GetSpecifiedName(), names); near != "" {
			near = strings.Replace(near, "mean ", "mean --", 1)
		}
	}
	if !cmd.HasParent() {
		return usage("%v; a flag of a command stands behind it, as in: fastgo new blog --dry-run", err)
	}
	return usage("%v%s; see %s --help", err, near, cmd.CommandPath())
}

// arguments checks how many arguments there are, and says what is expected.
func arguments(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < least || most >= 0 && len(args) > most {
			return usage("%d arguments were given; the usage is: %s", len(args), cmd.UseLine())
		}
		return nil
	}
}

func asksForJSON(args []string) bool {
	if i := slices.Index(args, "--"); i >= 0 {
		args = args[:i]
	}
	return slices.Contains(args, "--json") || slices.Contains(args, "--json=true")
}

// printError writes an error for people, a line for each problem.
func (s *shell) printError(err error) {
	for _, line := range strings.Split(err.Error(), "\n") {
		fmt.Fprintln(s.err, "error:", line)
	}
}

// isTerminal reports whether a stream is one that a person looks at.
func isTerminal(stream any) bool {
	file, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}
