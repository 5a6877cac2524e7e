package gosource

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
)

// RenameImports rewrites the import paths of a gofmt-formatted file and sorts each
// group again.
func RenameImports(src []byte, rename func(path string) string) ([]byte, error) {
	set := token.NewFileSet()
	tree, err := parser.ParseFile(set, "", src, parser.ImportsOnly|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	done := 0
	for _, decl := range tree.Decls {
		block, ok := decl.(*ast.GenDecl)
		if !ok || block.Tok != token.IMPORT {
			continue
		}
		for _, group := range groups(set.File(tree.FileStart), block) {
			first, last := set.Position(group[0].Pos()).Offset, set.Position(group[len(group)-1].End()).Offset
			if eol := bytes.IndexByte(src[last:], '\n'); eol > 0 && len(group) > 1 {
				last += eol // including the comment after the last import
			}
			out.Write(src[done:first])
			out.WriteString(renameGroup(set, src[first:last], first, group, rename))
			done = last
		}
	}
	out.Write(src[done:])
	return out.Bytes(), nil
}

// renameGroup rewrites a group with one import per line.
func renameGroup(set *token.FileSet, text []byte, at int, group []*ast.ImportSpec, rename func(string) string) string {
	type line struct{ path, text string }
	var lines []line
	for i, spec := range group {
		from, to := set.Position(spec.Path.Pos()).Offset-at, set.Position(spec.Path.End()).Offset-at
		begin, end := set.Position(spec.Pos()).Offset-at, len(text)
		if i+1 < len(group) {
			end = set.Position(group[i+1].Pos()).Offset - at
		}
		renamed := rename(importPath(spec))
		lines = append(lines, line{renamed, string(text[begin:from]) + strconv.Quote(renamed) + strings.TrimRight(string(text[to:end]), " \t\r\n")})
	}
	slices.SortStableFunc(lines, func(a, b line) int { return strings.Compare(a.path, b.path) })
	var sorted []string
	for _, l := range lines {
		sorted = append(sorted, l.text)
	}
	return strings.Join(sorted, "\n\t")
}
