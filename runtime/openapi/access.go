package openapi

import (
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// description says what the operation's id does not: who may call it, and how
// its parameters are meant.
func description(op *huma.Operation) string {
	if op.Description != "" {
		if guarded(op) {
			return op.Description + " " + audience(op)
		}
		return op.Description
	}
	var said []string
	verb, _, _ := strings.Cut(strings.ToLower(op.Summary), " ")
	switch {
	case verb == "list" && has(op, "cursor"):
		said = append(said, "Answers with one page. Pass its `next_cursor` as `cursor` to get the next one; on the last page it is null.")
	case verb == "replace" && has(op, "If-Match"):
		said = append(said, "Sets every field. One that the body leaves out gets its default.")
	case op.Method == http.MethodPatch && has(op, "If-Match"):
		said = append(said, "The body is a JSON merge patch (RFC 7396): a field that it leaves out stays as it is, and null clears one that is optional.")
	}
	if has(op, "If-Match") {
		said = append(said, "With If-Match, nothing happens to a row that has changed since it was read; the answer is 412.")
	}
	return strings.Join(append(said, audience(op)), " ")
}

// guarded reports whether nobody may call the operation without a token.
func guarded(op *huma.Operation) bool {
	return len(op.Security) > 0 && len(op.Security[len(op.Security)-1]) > 0
}

func has(op *huma.Operation, parameter string) bool {
	for _, p := range op.Parameters {
		if p.Name == parameter {
			return true
		}
	}
	return false
}

// audience says in a sentence who may call the operation.
func audience(op *huma.Operation) string {
	said := factsOf(op).Audience
	switch {
	case len(op.Security) == 0:
		return "Anybody may call it."
	case !guarded(op):
		return "Anybody may call it; a token says who does."
	case said != "":
		return said
	}
	return "For signed-in users."
}
