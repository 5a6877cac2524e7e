// Package fail has the errors that people read: what is wrong, and what to do.
package fail

import (
	"errors"
	"fmt"
	"strings"
)

// A Kind says whose turn it is after an error.
type Kind int

const (
	KindFailed   Kind = iota // the machine's: a disk, a missing program
	KindConflict             // the owner's: something that he wrote is in the way
	KindUsage                // the caller's: the arguments alone are wrong
)

// An Error is everything that stands in the way of a plan, in words for
// people: each problem names the input and the way out.
type Error struct {
	Kind     Kind
	Problems []string
}

func (e *Error) Error() string { return strings.Join(e.Problems, "\n") }

// Usage returns an error about the arguments of a command.
func Usage(format string, args ...any) error {
	return &Error{KindUsage, []string{fmt.Sprintf(format, args...)}}
}

// Failed returns an error of the machine: a disk, a missing program.
func Failed(format string, args ...any) error {
	return &Error{KindFailed, []string{fmt.Sprintf(format, args...)}}
}

// Conflict returns an error about something of the developer that is in the way.
func Conflict(format string, args ...any) error {
	return &Error{KindConflict, []string{fmt.Sprintf(format, args...)}}
}

// Join makes one error of several, so that all problems are seen at once. The
// gravest kind wins: wrong arguments, then conflicts.
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
