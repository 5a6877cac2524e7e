package generator

import (
	"io/fs"

	"fastgo/generator/golang"
	"fastgo/generator/plan"
)

// created plans a file that must not exist yet.
func created(file string, data []byte) plan.Change {
	c := plan.Change{Path: file, New: data, Class: classOf(file), Mode: 0o666}
	if file == ".env" {
		c.Mode = 0o600
	}
	return c
}

// createdAll plans files that must not exist yet.
func createdAll(files []golang.File) []plan.Change {
	var all []plan.Change
	for _, f := range files {
		all = append(all, created(f.Path, f.Data))
	}
	return all
}

// merged plans files that may exist. A file that is unchanged since it was rendered
// is replaced; any other is kept.
func merged(app fs.FS, before, after []golang.File) ([]plan.Change, error) {
	written := map[string][]byte{}
	for _, f := range before {
		written[f.Path] = f.Data
	}
	changes := createdAll(after)
	for i := range changes {
		if err := changes[i].Keep(app, written[changes[i].Path]); err != nil {
			return nil, err
		}
	}
	return changes, nil
}
