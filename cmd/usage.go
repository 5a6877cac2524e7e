package cmd

import (
	"errors"
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

// knownCommand rejects an unknown command and suggests a similar one.
func knownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, c := range cmd.Commands() {
		names = append(names, c.Name())
	}
	return fail.Usage("unknown command %q%s; see fastgo --help", args[0], name.DidYouMean(args[0], names))
}

// flagError says what is wrong with a flag, with a suggestion if there is one.
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
	if invalid, ok := errors.AsType[*pflag.InvalidValueError](err); ok {
		problem := invalid.Unwrap()
		if invalid.GetFlag().Value.Type() == "bool" {
			problem = errors.New("must be true or false")
		}
		return fail.Usage("--%s %q: %v", invalid.GetFlag().Name, invalid.GetValue(), problem)
	}
	if !cmd.HasParent() {
		return fail.Usage("%v; put the flags of a command after its name: fastgo new blog --dry-run", err)
	}
	return fail.Usage("%v%s; see %s --help", err, suggestion, cmd.CommandPath())
}

// arguments checks the number of arguments; most < 0 means no limit. The use line
// of the command names the required ones first.
func arguments(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			return fail.Usage("%s is missing; usage: %s", strings.Fields(cmd.Use)[1+len(args)], cmd.UseLine())
		case most >= 0 && len(args) > most:
			return fail.Usage("unexpected argument %q; usage: %s", args[most], cmd.UseLine())
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

// isTerminal reports whether a stream is a terminal.
func isTerminal(stream any) bool {
	file, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}
