package plan

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"

	"fastgo/generator/fail"
)

// Check compares the preconditions of the plan with the application, marks the
// changes that conflict, and returns all conflicts at once.
func (p *Plan) Check(app fs.FS) error {
	var errs []error
	for i := range p.Changes {
		c := &p.Changes[i]
		if c.Conflict == "" {
			c.Conflict = c.mismatch(app)
		}
		if c.Conflict != "" {
			errs = append(errs, fail.Conflict("%s: %s", c.Path, c.Conflict))
		}
	}
	return fail.Join(errs...)
}

// mismatch returns how the file on disk differs from what the plan expects, or "".
func (c Change) mismatch(app fs.FS) string {
	current, err := fs.ReadFile(app, c.Path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && c.Old == nil:
		return ""
	case errors.Is(err, fs.ErrNotExist):
		return "the file was removed: run the command again"
	case err != nil:
		return fmt.Sprintf("cannot be read (%v): move it away", err)
	case c.Old == nil:
		return "the file already exists: rename or remove it, or use another name"
	case !bytes.Equal(current, c.Old):
		return "the file has changed: run the command again"
	}
	return ""
}

// Keep keeps an existing file, unless it is unchanged since a command wrote it.
func (c *Change) Keep(app fs.FS, before []byte) error {
	current, err := fs.ReadFile(app, c.Path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if before != nil && same(current, before) {
		c.Old = current
		return nil
	}
	c.Kept = !same(current, c.New)
	c.Old, c.New = current, current
	return err
}
