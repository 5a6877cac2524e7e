package gosource

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/token"
	"strings"
)

// A ShapeError says why a position was not found.
type ShapeError struct{ Reason string }

func (e *ShapeError) Error() string { return e.Reason }

func shape(format string, args ...any) error {
	return &ShapeError{fmt.Sprintf(format, args...)}
}

// A file is parsed Go source with LF line endings, and pending edits. Comments are
// not parsed, which would take half as long again; those that matter are on the
// lines of the edits.
type file struct {
	whole []byte
	src   []byte // whole, folded: what is parsed
	cuts  []cut
	tree  *ast.File
	lines *token.File
	mark  []byte // the byte order mark, if there is one
	crlf  bool   // every line ends with CR LF
	edits []edit
	loose bool // an edit may break the format
}

// An edit inserts text at an offset.
type edit struct {
	at   int
	text string
}

func (f *file) insert(at int, text string) { f.edits = append(f.edits, edit{at, text}) }

// insertBelow inserts a line below the line of a position, or directly after the
// position if other code follows on that line.
func (f *file) insertBelow(end token.Pos, text string) {
	if at := f.lineEnd(end); f.endsLine(end) && at < len(f.src) {
		f.insert(at, text+"\n")
		return
	}
	f.loose = true
	f.insert(f.offset(end), "\n"+text)
}

func (f *file) offset(p token.Pos) int { return f.lines.Offset(p) }

func (f *file) line(p token.Pos) int { return f.lines.PositionFor(p, false).Line }

// lineStart returns the offset of the first byte of the line of a position.
func (f *file) lineStart(p token.Pos) int {
	return bytes.LastIndexByte(f.src[:f.offset(p)], '\n') + 1
}

// lineEnd returns the offset after the line of a position.
func (f *file) lineEnd(p token.Pos) int {
	at := f.offset(p)
	if end := bytes.IndexByte(f.src[at:], '\n'); end >= 0 {
		return at + end + 1
	}
	return len(f.src)
}

// startsLine reports whether only white space precedes a position on its line.
func (f *file) startsLine(p token.Pos) bool {
	return len(bytes.TrimSpace(f.src[f.lineStart(p):f.offset(p)])) == 0
}

// aboveComments returns the offset of the line of a position, or of the comment
// lines directly above it.
func (f *file) aboveComments(p token.Pos) int {
	at := f.lineStart(p)
	for at > 0 {
		above := bytes.LastIndexByte(f.src[:at-1], '\n') + 1
		if !bytes.HasPrefix(bytes.TrimSpace(f.src[above:at]), []byte("//")) {
			break
		}
		at = above
	}
	return at
}

// rest returns the trimmed text after a position on its line, and its offset.
func (f *file) rest(p token.Pos) (at int, text string) {
	line := string(f.src[f.offset(p):f.lineEnd(p)])
	text = strings.TrimLeft(line, " \t\r\n")
	return f.offset(p) + len(line) - len(text), strings.TrimRight(text, " \t\r\n")
}

// endsLine reports whether only a line comment follows.
func (f *file) endsLine(end token.Pos) bool {
	_, rest := f.rest(end)
	return rest == "" || strings.HasPrefix(rest, "//")
}
