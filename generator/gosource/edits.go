package gosource

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/token"
	"strings"
)

// A ShapeError says why a place was not found.
type ShapeError struct{ Reason string }

func (e *ShapeError) Error() string { return e.Reason }

func shape(format string, args ...any) error {
	return &ShapeError{fmt.Sprintf(format, args...)}
}

// A file is Go source, parsed once, with plain line endings, and what is going
// to be added to it. Comments are not parsed, which would cost half as much
// again: what matters of them stands on the lines where something is added.
type file struct {
	whole []byte
	src   []byte // the whole, folded: what is parsed
	cuts  []cut
	tree  *ast.File
	lines *token.File
	mark  []byte // the byte order mark, if there is one
	crlf  bool   // every line ends with CR LF
	edits []edit
	loose bool // an edit may leave what gofmt would change
}

// An edit puts text before an offset.
type edit struct {
	at   int
	text string
}

func (f *file) insert(at int, text string) { f.edits = append(f.edits, edit{at, text}) }

// insertBelow puts text, which is a line, below the line on which something
// ends, or right behind it where other code follows on that line.
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

// lineEnd returns the offset behind the line of a position.
func (f *file) lineEnd(p token.Pos) int {
	at := f.offset(p)
	if end := bytes.IndexByte(f.src[at:], '\n'); end >= 0 {
		return at + end + 1
	}
	return len(f.src)
}

// startsLine reports whether only blanks stand before a position on its line.
func (f *file) startsLine(p token.Pos) bool {
	return len(bytes.TrimSpace(f.src[f.lineStart(p):f.offset(p)])) == 0
}

// aboveComments returns the offset of the line of a position, or of the lines
// directly above that are nothing but comments.
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

// rest returns what follows a position on its line, but for the blanks around
// it, and where that begins.
func (f *file) rest(p token.Pos) (at int, text string) {
	line := string(f.src[f.offset(p):f.lineEnd(p)])
	text = strings.TrimLeft(line, " \t\r\n")
	return f.offset(p) + len(line) - len(text), strings.TrimRight(text, " \t\r\n")
}

// endsLine reports whether nothing but a comment to the end of the line follows.
func (f *file) endsLine(end token.Pos) bool {
	_, rest := f.rest(end)
	return rest == "" || strings.HasPrefix(rest, "//")
}
