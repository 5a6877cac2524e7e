package gosource

import "strings"

// A cut is a position where lines were left out.
type cut struct{ at, size int }

// fold leaves out lines that do not matter, so that a file with thousands of similar
// lines parses as fast as one with three. In a run of imports, of calls such as
// post.Routes(api, db) // public, or of elements such as createPosts(), it drops
// those with a similar line above and below; each is complete on its own. It keeps
// lines that contain the name, and the imports next to the position of the path.
func fold(src []byte, name, path string) (short []byte, cuts []cut) {
	var above, this line
	for text := range strings.Lines(string(src)) {
		below := newLine(text, name, path)
		short, cuts = this.keepOrCut(short, cuts, above, below)
		above, this = this, below
	}
	return this.keepOrCut(short, cuts, above, line{})
}

// A line is a line of the file, with its newline.
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

// kindOf recognizes lines that can be left out.
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

// isCall reports whether code is a complete call of a package function or method
// whose arguments are names, calls and simple strings.
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

// word returns the length of the identifier at the start of a text.
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

// unfold converts an offset in the folded file to one in the whole file. At a cut
// it is before the lines that were left out.
func unfold(at int, cuts []cut) int {
	whole := at
	for _, c := range cuts {
		if c.at < at {
			whole += c.size
		}
	}
	return whole
}
