package generator

import (
	"bytes"
	"io/fs"
	"path"

	"fastgo/generator/fail"
	"fastgo/generator/name"
)

// checkPackage returns an error if the package exists without the function in the
// file.
func (app *App) checkPackage(n name.Name, what, file, function string) error {
	dir := path.Join("app", n.Package)
	resources, err := app.schema()
	if err != nil {
		return err
	}
	all, err := resources.All()
	if err != nil {
		return err
	}
	for _, other := range all {
		if other.Name.Package == n.Package {
			return fail.Conflict("%s %s: %s is already the package of %s: use another name, or add to that package", what, n.Type, dir, other.Name.Type)
		}
	}
	files, err := fs.Glob(app.FS, path.Join(dir, "*.go"))
	if err != nil || len(files) == 0 {
		return err
	}
	src, err := fs.ReadFile(app.FS, path.Join(dir, file))
	if err != nil || !bytes.Contains(src, []byte("\nfunc "+function+"(")) {
		return fail.Conflict("%s %s: package %s already exists: use another name", what, n.Type, dir)
	}
	return nil
}
