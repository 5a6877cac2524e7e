package openapi

import (
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// description tells what the summary does not: who may call the operation, and
// what its parameters mean.
func description(op *huma.Operation) string {
	if op.Description != "" {
		if guarded(op) {
			return op.Description + " " + audience(op)
		}
		return op.Description
	}
	var sentences []string
	verb, _, _ := strings.Cut(strings.ToLower(op.Summary), " ")
	switch {
	case verb == "list" && has(op, "cursor"):
		sentences = append(sentences, "Returns one page. Pass its `next_cursor` as `cursor` to get the next page; on the last page it is null.")
	case verb == "replace" && has(op, "If-Match"):
		sentences = append(sentences, "Sets every field. Omitted fields get their defaults.")
	case verb == "patch" && has(op, "If-Match"):
		sentences = append(sentences, "The body is a JSON merge patch (RFC 7396): omitted fields are unchanged, and null clears an optional field.")
	}
	if has(op, "If-Match") {
		sentences = append(sentences, "With If-Match, a row that has changed since it was read is left unchanged, and the response is 412.")
	}
	return strings.Join(append(sentences, audience(op)), " ")
}

// guarded reports whether the operation requires a token.
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

// audience returns a sentence about who may call the operation.
func audience(op *huma.Operation) string {
	said := factsOf(op).Audience
	switch {
	case len(op.Security) == 0:
		return "Public."
	case !guarded(op):
		return "Public; a token is optional."
	case said != "":
		return said
	}
	return "For signed-in users."
}
