package gosource

import "strings"

// A cut is where lines of a file were left out.
type cut struct{ at, size int }

// fold leaves out the lines that cannot matter: of a row of imports, of calls
// such as post.Routes(api, db) // public, or of elements such as createPosts(),
// those that have their like above and below. In a valid file each of them is
// complete, so that the parser finds the rest as it is, among thousands of them
// as quickly as among three. A line that contains the name stays, and so do the
// imports among which the path belongs.
func fold(src []byte, name, path string) (short []byte, cuts []cut) {
	var above, this line
	for text := range strings.Lines(string(src)) {
		below := newLine(text, name, path)
		short, cuts = this.keepOrCut(short, cuts, above, below)
		above, this = this, below
	}
	return this.keepOrCut(short, cuts, above, line{})
}

// A line is one of the file, with its newline.
type line struct {
	text string
	kind kind
	// Of an import: that it comes before the path, that it is of its module.
	before, near bool
}

type kind byte

const (
	other kind = iota
	importLine
	callLine
	elementLine
)

func newLine(text, name, path string) line {
	l := line{text: text}
	code, ends := strings.CutSuffix(text, "\n")
	if ends && !strings.Contains(code, name) {
		l.kind = kindOf(code)
	}
	if l.kind == importLine {
		imported := code[2 : len(code)-1]
		l.before, l.near = imported < path, sameModule(imported, path)
	}
	return l
}

// keepOrCut adds the line to one of the two.
func (l line) keepOrCut(short []byte, cuts []cut, above, below line) ([]byte, []cut) {
	switch n := len(cuts); {
	case l.kind == other || !l.like(above) || !l.like(below):
		return append(short, l.text...), cuts
	case n > 0 && cuts[n-1].at == len(short):
		cuts[n-1].size += len(l.text)
		return short, cuts
	}
	return short, append(cuts, cut{len(short), len(l.text)})
}

func (l line) like(m line) bool {
	return l.kind == m.kind && l.before == m.before && l.near == m.near
}

// kindOf knows the lines that can be left out by their letters alone.
func kindOf(code string) kind {
	switch {
	case strings.HasPrefix(code, "\t\t"):
		if name, isElement := strings.CutSuffix(code[2:], "(),"); isElement && word(name) == len(name) {
			return elementLine
		}
	case strings.HasPrefix(code, "\t\""):
		if i := strings.IndexAny(code[2:], "\"\\"); i >= 0 && i == len(code)-3 {
			return importLine
		}
	case strings.HasPrefix(code, "\t"):
		code, _, _ = strings.Cut(code[1:], "//")
		if isCall(strings.TrimRight(code, " ")) {
			return callLine
		}
	}
	return other
}

// isCall reports whether code is a whole call of a function of a package, or of a
// method, with nothing but names, calls and plain texts as its arguments.
func isCall(code string) bool {
	receiver, arguments, selects := strings.Cut(code, ".")
	name := word(arguments)
	if !selects || receiver == "" || word(receiver) < len(receiver) || name == 0 || !strings.HasSuffix(code, ")") {
		return false
	}
	depth := 0
	for i := name; i < len(arguments); i++ {
		switch c := arguments[i]; {
		case c == '(':
			depth++
		case c == ')':
			depth--
		case c != '.' && c != ',' && c != ' ' && c != '"' && !isWord(c):
			return false
		}
		if depth < 0 || depth == 0 && i == name {
			return false
		}
	}
	return depth == 0 && strings.Count(arguments, `"`)%2 == 0
}

// word returns how many bytes a text begins with that a name can have.
func word(text string) int {
	n := 0
	for n < len(text) && isWord(text[n]) {
		n++
	}
	return n
}

func isWord(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// unfold returns where an offset of the folded file is in the whole one. At a
// cut it is above the lines that were left out.
func unfold(at int, cuts []cut) int {
	whole := at
	for _, c := range cuts {
		if c.at < at {
			whole += c.size
		}
	}
	return whole
}
