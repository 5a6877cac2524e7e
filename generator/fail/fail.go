// Package fail provides the errors that users read: what is wrong and what to do.
package fail

import (
	"errors"
	"fmt"
	"strings"
)

// A Kind says who can fix an error.
type Kind int

const (
	KindFailed   Kind = iota // the environment: a disk, a missing program
	KindConflict             // the developer: existing code conflicts with the plan
	KindUsage                // the caller: the arguments are wrong
)

// An Error lists everything that prevents a plan. Each problem names the input
// and suggests a fix.
type Error struct {
	Kind     Kind
	Problems []string
}

func (e *Error) Error() string { return strings.Join(e.Problems, "\n") }

// Usage returns an error in the arguments of a command.
func Usage(format string, args ...any) error {
	return &Error{KindUsage, []string{fmt.Sprintf(format, args...)}}
}

// Failed returns an error of the environment: a disk, a missing program.
func Failed(format string, args ...any) error {
	return &Error{KindFailed, []string{fmt.Sprintf(format, args...)}}
}

// Conflict returns an error about existing code that conflicts with the plan.
func Conflict(format string, args ...any) error {
	return &Error{KindConflict, []string{fmt.Sprintf(format, args...)}}
}

// Join combines errors, so that all problems are reported at once. KindUsage takes
// precedence over KindConflict.
func Join(errs ...error) error {
	all := &Error{}
	for _, err := range errs {
		var e *Error
		switch {
		case err == nil:
		case errors.As(err, &e):
			all.Kind = max(all.Kind, e.Kind)
			all.Problems = append(all.Problems, e.Problems...)
		default:
			all.Problems = append(all.Problems, err.Error())
		}
	}
	if len(all.Problems) == 0 {
		return nil
	}
	return all
}
