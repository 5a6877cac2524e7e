// Package golang renders a schema to Go. It is the only package that knows the code of
// an application.
package golang

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"text/template"

	"fastgo/generator/gosource"
	"fastgo/runtime"
	"fastgo/templates"
)

// A Source contains the packages that are copied to an application, and the templates.
type Source struct{ Runtime, Templates fs.FS }

// Embedded returns the source embedded in the fastgo binary.
func Embedded() Source { return Source{runtime.Files(), templates.Files()} }

// A File is a file of an application.
type File struct {
	Path string // slash-separated
	Data []byte
}

// Packages renders the runtime as packages of an application.
func (s Source) Packages(module string) ([]File, error) {
	return walk(s.Runtime, func(file string, data []byte) (File, error) {
		if !belongsToOwner(file) {
			return File{}, nil
		}
		data, err := moveImports(file, data, module)
		return File{"internal/" + file, data}, err
	})
}

// belongsToOwner reports whether an application gets a file of the runtime. Of the tests it gets those that are named after
// their package, web/web_test.go and auth/auth_recovery_test.go: they show what it promises. The others are fastgo's business.
func belongsToOwner(file string) bool {
	dir, name := path.Split(file)
	return dir != "" && (!strings.HasSuffix(name, "_test.go") || strings.HasPrefix(name, path.Base(dir)+"_"))
}

// Application renders templates/app, the root of an application.
func (s Source) Application(module string, app any) ([]File, error) {
	files, err := fs.Sub(s.Templates, "app")
	if err != nil {
		return nil, err
	}
	return walk(files, func(file string, data []byte) (File, error) {
		target, isTemplate := strings.CutSuffix(file, ".tmpl")
		var err error
		if isTemplate {
			data, err = execute(file, data, app)
		} else {
			data, err = moveImports(file, data, module)
		}
		return File{target, data}, err
	})
}

// Source renders templates of a directory, concatenated, as a formatted Go file. It
// removes unused imports.
func (s Source) Source(folder, target string, data any, names ...string) (File, error) {
	var all []byte
	for _, name := range names {
		text, err := fs.ReadFile(s.Templates, path.Join(folder, name))
		if err != nil {
			return File{}, err
		}
		part, err := execute(name, text, data)
		if err != nil {
			return File{}, err
		}
		all = append(append(all, part...), '\n')
	}
	formatted, err := gosource.Format(all)
	if err != nil {
		return File{}, fmt.Errorf("templates %s/%s: %w in\n%s", folder, strings.Join(names, ", "), err, all)
	}
	return File{target, formatted}, nil
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

// moveImports replaces this module by another one in import paths.
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

// walk renders each file, sorted by path, and drops those without a path.
func walk(files fs.FS, render func(file string, data []byte) (File, error)) ([]File, error) {
	var rendered []File
	err := fs.WalkDir(files, ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(files, file)
		if err != nil {
			return err
		}
		c, err := render(file, data)
		if c.Path != "" {
			rendered = append(rendered, c)
		}
		return err
	})
	return rendered, err
}
