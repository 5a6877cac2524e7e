// Package gosource adds to Go files that people edit. The parser finds the
// place, the text is edited there: comments, layout, line endings and a byte
// order mark survive. What is there already, however formatted, is not added
// again. Where the expected shape is gone nothing is guessed: the answer is a
// *ShapeError.
package gosource

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"slices"
)

// A ShapeError says why a place was not found.
type ShapeError struct{ Reason string }

func (e *ShapeError) Error() string { return e.Reason }

func shape(format string, args ...any) error {
	return &ShapeError{fmt.Sprintf(format, args...)}
}

// A file is Go source, parsed, with plain line endings.
type file struct {
	src  []byte
	tree *ast.File
	set  *token.FileSet
	mark []byte // the byte order mark, if there is one
	crlf bool   // every line ends with CR LF
	neat bool   // gofmt would not change it
}

func parse(src []byte) (*file, error) {
	f := &file{}
	if bom := []byte("\ufeff"); bytes.HasPrefix(src, bom) {
		f.mark, src = bom, src[len(bom):]
	}
	if crlf := bytes.Count(src, []byte("\r\n")); crlf > 0 && crlf == bytes.Count(src, []byte("\n")) {
		f.crlf, src = true, bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))
	}
	formatted, err := format.Source(src)
	if err != nil {
		return nil, shape("it is not valid Go: %s", err)
	}
	f.neat = bytes.Equal(formatted, src)
	return f, f.read(src)
}

// read parses the text that the next edit works on.
func (f *file) read(src []byte) (err error) {
	f.src, f.set = src, token.NewFileSet()
	f.tree, err = parser.ParseFile(f.set, "", src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return shape("it is not valid Go: %s", err)
	}
	return nil
}

// bytes returns the file as it came, with the edits.
func (f *file) bytes() ([]byte, error) {
	src := f.src
	if f.neat {
		formatted, err := format.Source(src)
		if err != nil {
			return nil, err
		}
		src = formatted
	}
	if f.crlf {
		src = bytes.ReplaceAll(src, []byte("\n"), []byte("\r\n"))
	}
	return slices.Concat(f.mark, src), nil
}

// insert puts text before an offset.
func (f *file) insert(at int, text string) error {
	if at > 0 && f.startsLine(at) && f.src[at-1] != '\n' {
		text = "\n" + text
	}
	return f.read(slices.Concat(f.src[:at], []byte(text), f.src[at:]))
}

func (f *file) offset(p token.Pos) int { return f.set.Position(p).Offset }
func (f *file) line(p token.Pos) int   { return f.set.Position(p).Line }

// lineStart returns the offset of the first byte of the line of a position.
func (f *file) lineStart(p token.Pos) int {
	return bytes.LastIndexByte(f.src[:f.offset(p)], '\n') + 1
}

// lineEnd returns the offset behind the line of a position.
func (f *file) lineEnd(p token.Pos) int {
	at := f.offset(p)
	if end := bytes.IndexByte(f.src[at:], '\n'); end >= 0 {
		return at + end + 1
	}
	return len(f.src)
}

// startsLine says whether only blanks stand before the offset on its line.
func (f *file) startsLine(at int) bool {
	start := bytes.LastIndexByte(f.src[:at], '\n') + 1
	return len(bytes.TrimLeft(f.src[start:at], " \t")) == 0
}

// function finds the declaration of a function that is not a method.
func (f *file) function(name string) (*ast.FuncDecl, error) {
	for _, decl := range f.tree.Decls {
		if fn, ok := decl.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == name && fn.Body != nil {
			return fn, nil
		}
	}
	return nil, shape("it has no function %s", name)
}
