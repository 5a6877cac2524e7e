package gosource

import (
	"bytes"
	"go/ast"
	"go/parser"
	"path"
	"strings"
	"unicode/utf8"
)

// AddCall adds a call, such as "post.Routes(users.Guard(), db) // each user's
// own", to the end of a function, and imports the package that is called.
// A call of the same function anywhere in the file, with whatever arguments,
// counts as being there; then only the import is seen to.
func AddCall(src []byte, pkg, function, line string) ([]byte, error) {
	f, err := parse(src, path.Base(pkg), pkg)
	if err != nil {
		return nil, err
	}
	return f.addCall(pkg, function, line)
}

func (f *file) addCall(pkg, function, line string) ([]byte, error) {
	s, err := parseStatement(line)
	if err != nil {
		return nil, err
	}
	if !calls(f.tree, func(call *ast.CallExpr) bool { return same(call.Fun, s.call.Fun) }) {
		fn, err := f.function(function)
		if err != nil {
			return nil, err
		}
		if name := undeclared(fn, fn.Body.List, s.call.Args); name != "" {
			return nil, shape("function %s has no %s", function, name)
		}
		if n := len(fn.Body.List); n > 0 {
			if _, returns := fn.Body.List[n-1].(*ast.ReturnStmt); returns {
				return nil, shape("function %s ends with a return", function)
			}
		}
		f.addLast(fn.Body, s)
	}
	if err := f.addImport(pkg); err != nil {
		return nil, err
	}
	return f.bytes()
}

// A statement is a call with a trailing comment.
type statement struct {
	code, comment string
	call          *ast.CallExpr
}

func parseStatement(line string) (statement, error) {
	expr, err := parser.ParseExpr(line)
	if err != nil {
		return statement{}, err
	}
	call, ok := expr.(*ast.CallExpr)
	if !ok {
		return statement{}, shape("%s is not a call", line)
	}
	end := call.End() - 1 // ParseExpr counts from 1
	return statement{line[:end], strings.TrimSpace(line[end:]), call}, nil
}

// addLast adds a line to the end of a body. gofmt aligns the comments of adjacent
// lines: a shorter line is padded to the column; before a longer one, a blank line
// starts a new column.
func (f *file) addLast(body *ast.BlockStmt, s statement) {
	line := "\t" + strings.TrimSpace(s.code+" "+s.comment) + "\n"
	if !f.startsLine(body.Rbrace) {
		f.loose = true
		f.insert(f.offset(body.Rbrace), "\n"+line)
		return
	}
	if column, known := f.commentColumn(body); !known {
		f.loose = true
	} else if space := column - utf8.RuneCountInString("\t"+s.code); column > 0 && s.comment != "" {
		if space > 0 {
			line = "\t" + s.code + strings.Repeat(" ", space) + s.comment + "\n"
		} else {
			line = "\n" + line
		}
	}
	f.insert(f.lineStart(body.Rbrace), line)
}

// commentColumn returns the column of the comment on the last line of a body, or 0
// if gofmt does not align with that line. It handles the common cases.
func (f *file) commentColumn(body *ast.BlockStmt) (column int, known bool) {
	if len(body.List) == 0 {
		_, rest := f.rest(body.Lbrace + 1)
		return 0, rest == "" && f.line(body.Lbrace)+1 == f.line(body.Rbrace)
	}
	last := body.List[len(body.List)-1]
	first, end := f.lineStart(last.Pos()), f.offset(last.End())
	if f.line(last.End())+1 != f.line(body.Rbrace) || !f.endsLine(last.End()) {
		return 0, false
	}
	at, comment := f.rest(last.End())
	_, labelled := last.(*ast.LabeledStmt)
	switch {
	case comment == "", f.line(last.Pos()) < f.line(last.End()) && !labelled:
		return 0, true
	case labelled || f.offset(last.Pos()) != first+1 || bytes.Contains(f.src[first:end], []byte("/*")):
		return 0, false
	}
	return utf8.RuneCount(f.src[first:at]), true
}
