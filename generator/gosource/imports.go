package gosource

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"slices"
	"strconv"
	"strings"
)

// addImport imports a package by its own name, among the imports that it
// shares the most with.
func (f *file) addImport(pkg string) error {
	name := path.Base(pkg)
	for _, spec := range f.tree.Imports {
		switch imported := importPath(spec); {
		case imported == pkg && localName(spec) == name:
			return nil
		case imported == pkg:
			return shape("it imports %s as %s", pkg, spec.Name.Name)
		case localName(spec) == name:
			return shape("it imports another package as %s: %s", name, imported)
		}
	}
	line := strconv.Quote(pkg) + "\n"
	group := f.nearestGroup(pkg)
	block := f.importBlock()
	switch {
	case group != nil:
		for _, spec := range group {
			if importPath(spec) > pkg {
				return f.insert(f.lineStart(start(spec)), "\t"+line)
			}
		}
		return f.insert(f.lineEnd(group[len(group)-1].End()), "\t"+line)
	case block != nil && f.startsLine(f.offset(block.Rparen)) && len(block.Specs) > 0:
		return f.insert(f.lineStart(block.Rparen), "\n\t"+line)
	}
	return f.insert(f.lineEnd(f.tree.Name.End()), "\nimport "+line)
}

// importBlock returns the first import declaration with parentheses.
func (f *file) importBlock() *ast.GenDecl {
	for _, decl := range f.tree.Decls {
		if block, ok := decl.(*ast.GenDecl); ok && block.Tok == token.IMPORT && block.Lparen.IsValid() {
			return block
		}
	}
	return nil
}

// nearestGroup returns the imports without a blank line between them that
// share the first elements of their path with pkg.
func (f *file) nearestGroup(pkg string) []*ast.ImportSpec {
	block := f.importBlock()
	if block == nil {
		return nil
	}
	for _, group := range groups(f.set, block) {
		for _, spec := range group {
			if f.startsLine(f.offset(start(spec))) && sameModule(importPath(spec), pkg) {
				return group
			}
		}
	}
	return nil
}

// sameModule says whether two paths agree up to the folder app of the module.
func sameModule(a, b string) bool {
	module, _, _ := strings.Cut(b, "/app/")
	return strings.HasPrefix(a, module+"/")
}

// groups cuts an import block at its blank lines.
func groups(set *token.FileSet, block *ast.GenDecl) [][]*ast.ImportSpec {
	var all [][]*ast.ImportSpec
	last := 0
	for _, s := range block.Specs {
		spec := s.(*ast.ImportSpec)
		if line := set.Position(start(spec)).Line; len(all) == 0 || line > last+1 {
			all = append(all, nil)
		}
		all[len(all)-1] = append(all[len(all)-1], spec)
		last = set.Position(spec.End()).Line
	}
	return all
}

func start(spec *ast.ImportSpec) token.Pos {
	if spec.Doc != nil {
		return spec.Doc.Pos()
	}
	return spec.Pos()
}

func importPath(spec *ast.ImportSpec) string {
	unquoted, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		return ""
	}
	return unquoted
}

func localName(spec *ast.ImportSpec) string {
	if spec.Name != nil {
		return spec.Name.Name
	}
	return path.Base(importPath(spec))
}

// RenameImports rewrites the import paths of a file, which must be in gofmt's
// format and stays in it: the imports of a group are sorted anew.
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
		for _, group := range groups(set, block) {
			first, last := set.Position(group[0].Pos()).Offset, set.Position(group[len(group)-1].End()).Offset
			if eol := bytes.IndexByte(src[last:], '\n'); eol > 0 && len(group) > 1 {
				last += eol // with the comment behind the last import
			}
			out.Write(src[done:first])
			out.WriteString(renameGroup(set, src[first:last], first, group, rename))
			done = last
		}
	}
	out.Write(src[done:])
	return out.Bytes(), nil
}

// renameGroup rewrites one group, of which each import has its own line.
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
