package generator

import (
	"io/fs"

	"fastgo/generator/golang"
	"fastgo/generator/plan"
)

// created is a file that must not exist yet.
func created(file string, data []byte) plan.Change {
	c := plan.Change{Path: file, New: data, Class: classOf(file), Mode: 0o666}
	if file == ".env" {
		c.Mode = 0o600
	}
	return c
}

// createdAll are such files.
func createdAll(files []golang.File) []plan.Change {
	var all []plan.Change
	for _, f := range files {
		all = append(all, created(f.Path, f.Data))
	}
	return all
}

// merged plans files that may be there already. One that is as it was rendered
// before becomes the new one; any other stays as it is.
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
