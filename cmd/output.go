package cmd

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"fastgo/generator/fail"
	"fastgo/generator/plan"
)

// reportSchema is the version of the --json document.
const reportSchema = 1

// groupingThreshold is the number of files from which they are shown by directory.
const groupingThreshold = 40

// planFlags are the flags of commands that write files.
type planFlags struct {
	shell  *shell
	dryRun bool
	asJSON bool
}

func (f *planFlags) add(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&f.dryRun, "dry-run", false, "check everything and show the plan, but write nothing")
	cmd.Flags().BoolVar(&f.asJSON, "json", false, "print one JSON document")
	cmd.Flags().BoolVarP(&f.shell.quiet, "quiet", "q", false, "print errors only")
}

// A report is the output of a command; --json prints it as it is.
type report struct {
	Schema     int            `json:"schema"`
	Command    string         `json:"command"`
	DryRun     bool           `json:"dry_run"`
	Files      []reportedFile `json:"files"`
	Routes     []plan.Route   `json:"routes"`
	Migrations []string       `json:"migrations"`
	Warnings   []string       `json:"warnings"`
	Next       []string       `json:"next"`
	Exit       int            `json:"exit"`
	Errors     []string       `json:"errors"`
}

type reportedFile struct {
	Path   string      `json:"path"`
	Action plan.Action `json:"action"`
	Class  plan.Class  `json:"class"`
}

// A reportedError has already been printed.
type reportedError struct{ error }

func (e *reportedError) Unwrap() error { return e.error }

// show prints a plan that was applied, or the conflicting files of one that was
// not. It returns the error for the exit code.
func (f *planFlags) show(r report, p plan.Plan, err error) error {
	for _, c := range p.Changes {
		if err == nil || c.Action() == plan.InTheWay {
			r.Files = append(r.Files, reportedFile{c.Path, c.Action(), c.Class})
		}
	}
	r.DryRun = f.dryRun
	if err != nil {
		r.Next = nil
		if f.asJSON {
			r.writeError(f.shell.out, err)
			return &reportedError{err}
		}
		r.print(f.shell)
		return err
	}
	r.Routes, r.Migrations, r.Warnings = p.Routes, p.Migrations, append(r.Warnings, p.Warnings...)
	r.Next = slices.Concat(p.Next, r.Next)
	if kept := p.Edited(); kept != nil {
		r.Exit = exitCode(kept)
		r.Warnings = append(r.Warnings, strings.Split(kept.Error(), "\n")...)
		err = &reportedError{kept}
	}
	if f.asJSON {
		return errors.Join(r.write(f.shell.out), err)
	}
	r.print(f.shell)
	return err
}

// writeError writes the JSON document of a failed command.
func (r report) writeError(w io.Writer, err error) {
	r.Exit = exitCode(err)
	r.Errors = strings.Split(err.Error(), "\n")
	if problem := (*fail.Error)(nil); errors.As(err, &problem) {
		r.Errors = problem.Problems
	}
	r.write(w)
}

func (r report) write(w io.Writer) error {
	r.Schema = reportSchema
	r.Files = orEmpty(r.Files)
	r.Routes = orEmpty(r.Routes)
	for _, list := range []*[]string{&r.Migrations, &r.Warnings, &r.Next, &r.Errors} {
		*list = orEmpty(*list)
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(r)
}

// orEmpty makes a nil list [] instead of null in JSON.
func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// print writes the report as text.
func (r report) print(s *shell) {
	for _, warning := range r.Warnings {
		fmt.Fprintln(s.err, "warning:", warning)
	}
	if s.quiet {
		return
	}
	color := isTerminal(s.out) && os.Getenv("NO_COLOR") == ""
	for _, line := range grouped(r.Files) {
		fmt.Fprintf(s.out, "%s  %s\n", paint(line.Action, color), line.Path)
	}
	if r.DryRun {
		fmt.Fprintln(s.out, "\nNothing was written (--dry-run).")
		return
	}
	if len(r.Next) > 0 {
		fmt.Fprintln(s.out, "\nNext:")
	}
	for _, next := range r.Next {
		fmt.Fprintln(s.out, " ", next)
	}
}

// grouped shows many files by directory.
func grouped(files []reportedFile) []reportedFile {
	if len(files) < groupingThreshold {
		return files
	}
	var lines []reportedFile
	count := 0
	for i, file := range files {
		count++
		dir := groupOf(file.Path)
		if i+1 < len(files) && dir != "" && groupOf(files[i+1].Path) == dir && files[i+1].Action == file.Action {
			continue
		}
		if dir != "" && count > 1 {
			file.Path = fmt.Sprintf("%s/ (%d files)", dir, count)
		}
		lines, count = append(lines, file), 0
	}
	return lines
}

// groupOf returns the directory that a file is grouped under, at most two levels deep.
func groupOf(file string) string {
	parts := strings.SplitN(path.Dir(file), "/", 3)
	if parts[0] == "." {
		return ""
	}
	return strings.Join(parts[:min(2, len(parts))], "/")
}

// paint aligns an action and colors it by its meaning.
func paint(action plan.Action, color bool) string {
	word := fmt.Sprintf("%12s", action)
	codes := map[plan.Action]string{
		plan.Create: "32", plan.Identical: "34", plan.Update: "33",
		plan.InTheWay: "31", plan.Skip: "33", plan.Remove: "31",
	}
	if !color {
		return word
	}
	return "\x1b[" + codes[action] + "m" + word + "\x1b[0m"
}
