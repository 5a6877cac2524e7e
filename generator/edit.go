package generator

import (
	"errors"
	"fmt"
	"io/fs"

	"fastgo/generator/gosource"
	"fastgo/generator/plan"
	"fastgo/generator/schema"
)

// edit plans a change in a file that the developer may have edited. If the place is
// not found, the change is a conflict that shows the line to add.
func edit(app fs.FS, file, line string, change func([]byte) ([]byte, error)) (plan.Change, error) {
	old, err := fs.ReadFile(app, file)
	if errors.Is(err, fs.ErrNotExist) {
		return plan.Change{Path: file, Class: classOf(file), Conflict: "the file is missing; create it with this line: " + line}, nil
	} else if err != nil {
		return plan.Change{}, err
	}
	c := plan.Change{Path: file, Old: old, New: old, Class: classOf(file)}
	edited, err := change(old)
	var shape *gosource.ShapeError
	switch {
	case errors.As(err, &shape):
		c.Conflict = fmt.Sprintf("%s; add this line by hand and run the command again: %s", shape.Reason, line)
		return c, nil
	case err != nil:
		return c, fmt.Errorf("%s: %w", file, err)
	}
	c.New = edited
	return c, nil
}

// addRoutes adds a call to routes.go.
func addRoutes(app fs.FS, pkg, call string) (plan.Change, error) {
	return edit(app, routeList, fmt.Sprintf("%s (import %q)", call, pkg), func(src []byte) ([]byte, error) {
		return gosource.AddCall(src, pkg, "routes", call)
	})
}

// addMigration adds a function to the list of migrations.
func addMigration(app fs.FS, function string) (plan.Change, error) {
	return edit(app, schema.MigrationList, function+"(),", func(src []byte) ([]byte, error) {
		return gosource.AddElement(src, "All", function+"()")
	})
}
