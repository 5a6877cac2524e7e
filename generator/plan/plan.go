// Package plan describes the changes that a command makes to the files of an
// application, and applies them.
//
// Computing a plan changes nothing. It is checked against the application and then
// applied atomically, even if the command is interrupted.
package plan

import (
	"bytes"
	"io/fs"

	"fastgo/generator/fail"
)

// A Plan is the changes that a command makes to an application.
type Plan struct {
	Changes    []Change
	Routes     []Route
	Migrations []string // IDs of new migrations
	Warnings   []string
	Next       []string // next steps for the developer
}

// A Route is an operation that a plan adds.
type Route struct {
	Method string `json:"method"`
	Path   string `json:"path"`
	Who    string `json:"who"` // public, user, owner, role …
}

// A Change is a change to one file.
type Change struct {
	Path  string // relative to the application, slash-separated
	Old   []byte // current content; nil if the file must not exist
	New   []byte // new content; nil removes the file
	Class Class
	Mode  fs.FileMode

	// Kept means that the file differs from what fastgo would write and is kept.
	Kept bool
	// Conflict says why the change cannot be made and how to fix it.
	Conflict string
}

// An Action describes a change in the output.
type Action string

const (
	Create    Action = "create"
	Identical Action = "identical"
	Update    Action = "update"
	InTheWay  Action = "conflict"
	Skip      Action = "skip"
	Remove    Action = "remove"
)

// Action returns what happens to the file.
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

// Edited returns an error that lists the edited files that are kept, or nil.
func (p Plan) Edited() error {
	var errs []error
	for _, c := range p.Changes {
		if c.Kept {
			errs = append(errs, fail.Conflict("%s differs from what fastgo would write; left unchanged", c.Path))
		}
	}
	return fail.Join(errs...)
}

// A Class says who may change a generated file.
type Class string

const (
	Generated Class = "generated" // fastgo only: rewritten
	Owned     Class = "owned"     // the developer: merged
	Shared    Class = "shared"    // both: entries are added and removed
	Append    Class = "append"    // nobody: a migration may have been applied
	Once      Class = "once"      // the developer: never written again
	State     Class = "state"     // fastgo's state
)
