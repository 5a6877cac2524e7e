package generator

import (
	"errors"
	"fmt"
	"io/fs"

	"fastgo/generator/gosource"
)

// keep leaves a file that is there as it is, unless it is as it was written
// before by another command.
func (c *Change) keep(app fs.FS, before []byte) error {
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

// edit plans a change inside a file of the owner's. Where the place is gone
// the change says which line to add.
func edit(app fs.FS, file, line string, change func([]byte) ([]byte, error)) (Change, error) {
	old, err := fs.ReadFile(app, file)
	if errors.Is(err, fs.ErrNotExist) {
		return Change{Path: file, Class: classOf(file), Conflict: "the file is gone. Write it, with this line: " + line}, nil
	} else if err != nil {
		return Change{}, err
	}
	c := Change{Path: file, Old: old, New: old, Class: classOf(file)}
	edited, err := change(old)
	var shape *gosource.ShapeError
	switch {
	case errors.As(err, &shape):
		c.Conflict = fmt.Sprintf("%s. Add this line by hand, then run the command again: %s", shape.Reason, line)
		return c, nil
	case err != nil:
		return c, fmt.Errorf("%s: %w", file, err)
	}
	c.New = edited
	return c, nil
}

// addRoutes adds a call of a package to routes.go.
func addRoutes(app fs.FS, pkg, call string) (Change, error) {
	return edit(app, "routes.go", fmt.Sprintf("%s (import %q)", call, pkg), func(src []byte) ([]byte, error) {
		return gosource.AddCall(src, pkg, "routes", call)
	})
}

// addMigration adds a function to the list of migrations.
func addMigration(app fs.FS, function string) (Change, error) {
	return edit(app, migrationList, function+"(),", func(src []byte) ([]byte, error) {
		return gosource.AddElement(src, "All", function+"()")
	})
}
