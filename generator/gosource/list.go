package gosource

import (
	"go/ast"
)

// AddElement adds a call without arguments, such as "createPosts()", to the slice
// literal that a function returns, unless the file already calls that function.
func AddElement(src []byte, function, element string) ([]byte, error) {
	s, err := parseStatement(element)
	if err != nil {
		return nil, err
	}
	f, err := parse(src, lastName(s.call.Fun), "")
	if err != nil {
		return nil, err
	}
	if calls(f.tree, func(call *ast.CallExpr) bool { return same(call.Fun, s.call.Fun) }) {
		return src, nil
	}
	fn, err := f.function(function)
	if err != nil {
		return nil, err
	}
	list := returned(fn)
	if list == nil {
		return nil, shape("function %s does not end with a return of a slice literal", function)
	}
	f.addElement(list, element)
	return f.bytes()
}

// addElement adds an element on its own line, unless the last element is on the line
// of the closing brace.
func (f *file) addElement(list *ast.CompositeLit, element string) {
	last, own := list.Lbrace, f.startsLine(list.Rbrace)
	if n := len(list.Elts); n > 0 {
		last = list.Elts[n-1].End()
	}
	switch {
	case len(list.Elts) > 0 && f.line(last) == f.line(list.Rbrace):
		f.loose = true
		f.insert(f.offset(last), ", "+element)
	case !own:
		f.loose = true
		f.insert(f.offset(list.Rbrace), "\n\t\t"+element+",\n")
	default:
		f.loose = f.line(last)+1 != f.line(list.Rbrace)
		f.insert(f.lineStart(list.Rbrace), "\t\t"+element+",\n")
	}
}

// returned finds the slice literal in the final return of a function.
func returned(fn *ast.FuncDecl) *ast.CompositeLit {
	if len(fn.Body.List) == 0 {
		return nil
	}
	last, ok := fn.Body.List[len(fn.Body.List)-1].(*ast.ReturnStmt)
	if !ok || len(last.Results) != 1 {
		return nil
	}
	list, ok := last.Results[0].(*ast.CompositeLit)
	if !ok {
		return nil
	}
	if _, array := list.Type.(*ast.ArrayType); !array {
		return nil
	}
	return list
}
