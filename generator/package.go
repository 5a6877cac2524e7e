package generator

import (
	"bytes"
	"io/fs"
	"path"

	"fastgo/generator/fail"
	"fastgo/generator/name"
	"fastgo/generator/project"
)

// checkPackage returns an error unless the package of that name has the function
// in the file, or is not there yet.
func checkPackage(n name.Name, app fs.FS, what, file, function string) error {
	dir := path.Join("app", n.Package)
	specs, err := project.LoadResources(app)
	if err != nil {
		return err
	}
	for _, spec := range specs {
		if other, err := name.Parse(spec.Name, spec.Plural); err == nil && other.Package == n.Package {
			return fail.Conflict("%s %s: %s is already the package of %s: use another name, or add to that package", what, n.Type, dir, other.Type)
		}
	}
	files, err := fs.Glob(app, path.Join(dir, "*.go"))
	if err != nil || len(files) == 0 {
		return err
	}
	src, err := fs.ReadFile(app, path.Join(dir, file))
	if err != nil || !bytes.Contains(src, []byte("\nfunc "+function+"(")) {
		return fail.Conflict("%s %s: package %s already exists: use another name", what, n.Type, dir)
	}
	return nil
}
