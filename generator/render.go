package generator

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"text/template"

	"fastgo/generator/gosource"
	"fastgo/generator/plan"
	"fastgo/runtime"
	"fastgo/templates"
)

// A Source is what plans are made of: the packages that are copied to an
// application, and the templates.
type Source struct{ Runtime, Templates fs.FS }

// Embedded returns the source that the fastgo binary carries.
func Embedded() Source { return Source{runtime.Files(), templates.Files()} }

// packages renders the runtime as an application's own packages.
func (s Source) packages(module string) ([]plan.Change, error) {
	return walk(s.Runtime, func(file string, data []byte) (plan.Change, error) {
		folder, _, nested := strings.Cut(file, "/")
		if !nested || folder == "attack" {
			return plan.Change{}, nil
		}
		data, err := moveImports(file, data, module)
		return created("internal/"+file, data), err
	})
}

// application renders templates/app, which is the root of an application.
func (s Source) application(app Application) ([]plan.Change, error) {
	files, err := fs.Sub(s.Templates, "app")
	if err != nil {
		return nil, err
	}
	return walk(files, func(file string, data []byte) (plan.Change, error) {
		target, isTemplate := strings.CutSuffix(file, ".tmpl")
		var err error
		if isTemplate {
			data, err = execute(file, data, app)
		} else {
			data, err = moveImports(file, data, app.Module)
		}
		return created(target, data), err
	})
}

// source renders templates of a folder, one behind the other, as one formatted
// Go file. They import whatever they might need; what the file does not use is
// left out.
func (s Source) source(folder, target string, data any, names ...string) (plan.Change, error) {
	var all []byte
	for _, name := range names {
		text, err := fs.ReadFile(s.Templates, path.Join(folder, name))
		if err != nil {
			return plan.Change{}, err
		}
		part, err := execute(name, text, data)
		if err != nil {
			return plan.Change{}, err
		}
		all = append(append(all, part...), '\n')
	}
	formatted, err := gosource.Format(all)
	if err != nil {
		return plan.Change{}, fmt.Errorf("templates %s/%s: %w in\n%s", folder, strings.Join(names, ", "), err, all)
	}
	return created(target, formatted), nil
}

func execute(name string, text []byte, data any) ([]byte, error) {
	t, err := template.New(name).Option("missingkey=error").Parse(string(text))
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = t.Execute(&b, data)
	return b.Bytes(), err
}

// moveImports makes the packages of this module those of another one.
func moveImports(file string, src []byte, module string) ([]byte, error) {
	if !strings.HasSuffix(file, ".go") || !bytes.Contains(src, []byte(`"fastgo/`)) {
		return src, nil
	}
	moved, err := gosource.RenameImports(src, func(path string) string {
		if pkg, ours := strings.CutPrefix(path, "fastgo/runtime/"); ours {
			return module + "/internal/" + pkg
		}
		if pkg, ours := strings.CutPrefix(path, "fastgo/templates/app/"); ours {
			return module + "/" + pkg
		}
		return path
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return moved, nil
}

// walk makes a change of each file, in the order of their paths; a change
// without a path is left out.
func walk(files fs.FS, change func(file string, data []byte) (plan.Change, error)) ([]plan.Change, error) {
	var changes []plan.Change
	err := fs.WalkDir(files, ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(files, file)
		if err != nil {
			return err
		}
		c, err := change(file, data)
		if c.Path != "" {
			changes = append(changes, c)
		}
		return err
	})
	return changes, err
}

// created is a file that must not exist yet.
func created(file string, data []byte) plan.Change {
	c := plan.Change{Path: file, New: data, Class: classOf(file), Mode: 0o666}
	if file == ".env" {
		c.Mode = 0o600
	}
	return c
}
