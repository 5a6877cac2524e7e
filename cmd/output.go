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

// reportSchema is the version of the document that --json writes.
const reportSchema = 1

// crowded is the number of files from which they are shown by folder.
const crowded = 40

// planFlags are the flags of the commands that write.
type planFlags struct {
	shell  *shell
	dryRun bool
	asJSON bool
}

func (f *planFlags) add(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&f.dryRun, "dry-run", false, "check everything, show the plan, write nothing")
	cmd.Flags().BoolVar(&f.asJSON, "json", false, "write one JSON document")
	cmd.Flags().BoolVarP(&f.shell.quiet, "quiet", "q", false, "write errors only")
}

// A report is what a command says about its plan; for --json as it stands.
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

// A reportedError has been shown already.
type reportedError struct{ error }

func (e *reportedError) Unwrap() error { return e.error }

// show reports a plan that was applied, or why it was not: then only the files
// that are in the way are named. It returns the error for the exit code.
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

// writeError writes the document of a command that has failed.
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

// orEmpty makes [] of null in JSON.
func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// print writes the report for people.
func (r report) print(s *shell) {
	for _, warning := range r.Warnings {
		fmt.Fprintln(s.err, "warning:", warning)
	}
	if s.quiet {
		return
	}
	colour := isTerminal(s.out) && os.Getenv("NO_COLOR") == ""
	for _, line := range fold(r.Files) {
		fmt.Fprintf(s.out, "%s  %s\n", paint(line.Action, colour), line.Path)
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

// fold shows many files by folder, so that one sees them at a glance.
func fold(files []reportedFile) []reportedFile {
	if len(files) < crowded {
		return files
	}
	var lines []reportedFile
	count := 0
	for i, file := range files {
		count++
		dir := folder(file.Path)
		if i+1 < len(files) && dir != "" && folder(files[i+1].Path) == dir && files[i+1].Action == file.Action {
			continue
		}
		if dir != "" && count > 1 {
			file.Path = fmt.Sprintf("%s/ (%d files)", dir, count)
		}
		lines, count = append(lines, file), 0
	}
	return lines
}

// folder is the part of a path under which its file is counted.
func folder(file string) string {
	parts := strings.SplitN(path.Dir(file), "/", 3)
	if parts[0] == "." {
		return ""
	}
	return strings.Join(parts[:min(2, len(parts))], "/")
}

// paint aligns an action, and colours it by what it means.
func paint(action plan.Action, colour bool) string {
	word := fmt.Sprintf("%12s", action)
	codes := map[plan.Action]string{
		plan.Create: "32", plan.Identical: "34", plan.Update: "33",
		plan.InTheWay: "31", plan.Skip: "33", plan.Remove: "31",
	}
	if !colour {
		return word
	}
	return "\x1b[" + codes[action] + "m" + word + "\x1b[0m"
}
