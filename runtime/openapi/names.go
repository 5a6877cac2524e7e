package openapi

import (
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// place is what a path addresses: /posts/{post_id}/comments/{id} is one comment
// of a post.
type place struct {
	path     string   // of the collection: /posts/{post_id}/comments
	literals []string // after the last parameter: comments
	parents  []string // the parameters before those: post_id
	one      bool     // addresses one row
}

// placeOf parses a path. Only the row itself is {id}; what follows it is an action
// on the row, such as /restore.
func placeOf(path string) place {
	parts := strings.Split(strings.Trim(path, "/"), "/")
	last := len(parts) - 1
	if i := slices.Index(parts, "{id}"); i >= 0 {
		last = i
	}
	var p place
	if strings.HasPrefix(parts[last], "{") {
		parts, p.one = parts[:last], true
	}
	for _, part := range parts {
		switch {
		case strings.HasPrefix(part, "{"):
			p.parents, p.literals = append(p.parents, strings.Trim(part, "{}")), nil
		case part != "":
			p.literals = append(p.literals, part)
		}
	}
	p.path = "/" + strings.Join(parts, "/")
	return p
}

// subject is what an operation is about, in words.
type subject struct {
	verb    string
	one     bool
	noun    []string // of one row or of all; nil where nothing tells
	known   bool     // whether the noun of one row is its own
	parents [][]string
}

func (d *draft) subject(op *huma.Operation) subject {
	place := placeOf(strings.TrimPrefix(op.Path, d.prefix))
	s := subject{one: place.one}
	for _, parameter := range place.parents {
		s.parents = append(s.parents, wordsOf(strings.TrimSuffix(parameter, "_id")))
	}
	s.verb = verbOf(op, place)
	literals := place.literals
	if last := len(literals) - 1; last >= 0 && s.verb == camel(wordsOf(literals[last])) {
		literals = literals[:last] // GET /posts/latest is handled by latest
	}
	if last := len(literals) - 1; last >= 0 {
		s.noun = wordsOf(literals[last])
	}
	singular := d.singulars[place.path]
	if op.Method == http.MethodPost && op.DefaultStatus == http.StatusCreated && singular != nil {
		s.one = true
	}
	if s.one && singular != nil {
		s.noun, s.known = singular, true
	}
	return s
}

// verbOf returns the verb of an operation: the name of its handler.
func verbOf(op *huma.Operation, p place) string {
	name, _, _ := strings.Cut(factsOf(op).Handler, "[")
	name = name[strings.LastIndexByte(name, '.')+1:]
	if strings.Trim(strings.TrimPrefix(name, "func"), "0123456789") != "" { // function literals have no name
		return camel(words(name))
	}
	switch op.Method {
	case http.MethodPost:
		return "create"
	case http.MethodPut:
		return "replace"
	case http.MethodPatch:
		return "patch"
	case http.MethodDelete:
		return "delete"
	}
	if p.one {
		return "show"
	}
	return "list"
}

// phrase is "comments of a post", or "a comment of a post".
func (s subject) phrase() string {
	phrase := strings.Join(s.noun, " ")
	switch {
	case s.one && s.known:
		phrase = withArticle(s.noun)
	case s.one:
		phrase = "one of the " + phrase
	}
	if last := len(s.parents) - 1; last >= 0 {
		phrase += " of " + withArticle(s.parents[last])
	}
	return phrase
}

// name gives the operation a summary and a unique ID unless it has them: "Show a
// comment of a post" and showPostComment.
func (d *draft) name(op *huma.Operation, s subject) {
	if op.OperationID != "" {
		return
	}
	id, summary := s.verb, sentence(words(s.verb)...)
	if len(words(s.verb)) == 1 && s.noun != nil { // several words are a full name
		summary += " " + s.phrase()
		for _, parent := range s.parents {
			id += pascal(parent)
		}
		id += pascal(s.noun)
	}
	if d.ids[id] {
		id = camel(wordsOf(op.Method + " " + strings.TrimPrefix(op.Path, d.prefix)))
	}
	d.ids[id] = true
	op.OperationID = id
	if op.Summary == "" {
		op.Summary = summary
	}
}

// tagOf returns the tag that groups an operation: comments of a post are tagged
// comments.
func tagOf(path string) string {
	if literals := placeOf(path).literals; len(literals) > 0 {
		return literals[0]
	}
	return "operations"
}
