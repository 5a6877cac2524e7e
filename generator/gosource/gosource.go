// Package gosource adds lines to Go files that people edit. The parser finds the
// position and the text is edited there, so comments, layout, line endings and a
// byte order mark survive, and a gofmt-formatted file stays formatted. Other lines
// are not touched, so that additions of two branches can be merged. Existing code,
// however formatted, is not added again. If the file does not have the expected
// structure, the result is a *ShapeError.
package gosource

import (
	"bytes"
	"cmp"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"slices"
)

// parse parses a file. name and path are an identifier and an import path that must
// not be folded; without a name nothing is folded.
func parse(src []byte, name, path string) (*file, error) {
	f := &file{}
	if bom := []byte("\ufeff"); bytes.HasPrefix(src, bom) {
		f.mark, src = bom, src[len(bom):]
	}
	if crlf := bytes.Count(src, []byte("\r\n")); crlf > 0 && crlf == bytes.Count(src, []byte("\n")) {
		f.crlf, src = true, bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))
	}
	f.whole, f.src = src, src
	if name != "" {
		f.src, f.cuts = fold(src, name, path)
	}
	if f.read() == nil {
		return f, nil
	}
	f.src, f.cuts = src, nil // for the line number
	return f, f.read()
}

func (f *file) read() (err error) {
	set := token.NewFileSet()
	f.tree, err = parser.ParseFile(set, "", f.src, parser.SkipObjectResolution)
	if err != nil {
		return shape("not valid Go: %s", err)
	}
	f.lines = set.File(f.tree.FileStart)
	return nil
}

// bytes returns the original file with the edits. It is formatted only if an edit
// may have broken the format.
func (f *file) bytes() ([]byte, error) {
	slices.SortStableFunc(f.edits, func(a, b edit) int { return cmp.Compare(a.at, b.at) })
	src, done := make([]byte, 0, len(f.whole)+1024), 0
	for _, e := range f.edits {
		at := unfold(e.at, f.cuts)
		src = append(append(src, f.whole[done:at]...), e.text...)
		done = at
	}
	src = append(src, f.whole[done:]...)
	if f.loose {
		formatted, err := format.Source(src)
		if err != nil {
			return nil, shape("no line can be added: %s", err)
		}
		if neat, err := format.Source(f.whole); err == nil && bytes.Equal(neat, f.whole) {
			src = formatted
		}
	}
	if f.crlf {
		src = bytes.ReplaceAll(src, []byte("\n"), []byte("\r\n"))
	}
	if f.mark != nil {
		src = slices.Concat(f.mark, src)
	}
	return src, nil
}

// function returns the declaration of a function.
func (f *file) function(name string) (*ast.FuncDecl, error) {
	for _, decl := range f.tree.Decls {
		if fn, ok := decl.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == name && fn.Body != nil {
			return fn, nil
		}
	}
	return nil, shape("function %s is missing", name)
}
