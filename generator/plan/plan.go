// Package plan says what a command is going to do to the files of an
// application, and does it.
//
// A plan is computed without touching anything. It is checked against the
// application as it is, and then applied: either all of it is on disk afterwards
// or nothing, whatever interrupts the command.
package plan

import (
	"bytes"
	"io/fs"

	"fastgo/generator/fail"
)

// A Plan is what a command is going to do to an application.
type Plan struct {
	Changes    []Change
	Routes     []Route
	Migrations []string // the ids of new migrations
	Warnings   []string
	Next       []string // what the developer has to do then
}

// A Route is an operation that a plan adds, and who may call it.
type Route struct {
	Method string `json:"method"`
	Path   string `json:"path"`
	Who    string `json:"who"` // public, user, owner, role …
}

// A Change is what happens to one file.
type Change struct {
	Path  string // relative to the application, with slashes
	Old   []byte // what is there now; nil if the file must not exist
	New   []byte // what will be there; nil removes the file
	Class Class
	Mode  fs.FileMode

	// Kept says that the file differs from what fastgo would write, and stays.
	Kept bool
	// Conflict says why the change cannot be made, and the way out.
	Conflict string
}

// An Action is the word by which a change is shown.
type Action string

const (
	Create    Action = "create"
	Identical Action = "identical"
	Update    Action = "update"
	InTheWay  Action = "conflict"
	Skip      Action = "skip"
	Remove    Action = "remove"
)

// Action names what happens to the file.
func (c Change) Action() Action {
	switch {
	case c.Conflict != "":
		return InTheWay
	case c.Kept:
		return Skip
	case c.New == nil:
		return Remove
	case c.Old == nil:
		return Create
	case bytes.Equal(c.Old, c.New):
		return Identical
	}
	return Update
}

// writes reports whether the change touches the disk.
func (c Change) writes() bool {
	action := c.Action()
	return action == Create || action == Update || action == Remove
}

// Edited returns an error that names the files that stay as the owner has
// edited them; nil if there are none.
func (p Plan) Edited() error {
	var errs []error
	for _, c := range p.Changes {
		if c.Kept {
			errs = append(errs, fail.Conflict("%s differs from what fastgo would write; left unchanged", c.Path))
		}
	}
	return fail.Join(errs...)
}

// A Class says who may change a file after it was written.
type Class string

const (
	Generated Class = "generated" // fastgo alone: rewritten
	Owned     Class = "owned"     // the developer: merged
	Shared    Class = "shared"    // both: entries are added and removed
	Append    Class = "append"    // nobody: a migration may have been applied
	Once      Class = "once"      // the developer: never written again
	State     Class = "state"     // fastgo's memory
)
