package generator

import (
	"errors"
	"fmt"
	"strings"
)

// A Kind says whose turn it is after an error.
type Kind int

const (
	Failed   Kind = iota // the machine's: a disk, a missing program
	Conflict             // the owner's: something that he wrote is in the way
	Usage                // the caller's: the arguments alone are wrong
)

// An Error is everything that stands in the way of a plan, in words for
// people: each problem names the input and the way out.
type Error struct {
	Kind     Kind
	Problems []string
}

func (e *Error) Error() string { return strings.Join(e.Problems, "\n") }

func usage(format string, args ...any) error {
	return &Error{Usage, []string{fmt.Sprintf(format, args...)}}
}

func failure(format string, args ...any) error {
	return &Error{Failed, []string{fmt.Sprintf(format, args...)}}
}

func conflict(format string, args ...any) error {
	return &Error{Conflict, []string{fmt.Sprintf(format, args...)}}
}

// join makes one error of several, so that all problems are seen at once. The
// gravest kind wins: wrong arguments, then conflicts.
func join(errs ...error) error {
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
