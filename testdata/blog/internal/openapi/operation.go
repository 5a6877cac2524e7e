package openapi

import (
	"net/http"
	"path"
	"slices"
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

// parameters copies the parameters and adds an example to each required one.
func (d *draft) parameters(op *huma.Operation) {
	op.Parameters = slices.Clone(op.Parameters)
	for i, given := range op.Parameters {
		p := *given
		p.Schema = d.schema(p.Schema, false)
		if p.Schema != nil && p.In != "query" && p.Description == p.Schema.Description {
			p.Schema.Description = "" // the parameter has it
		}
		if p.Required && p.Example == nil && p.Examples == nil && p.Schema != nil {
			p.Example = d.sample(p.Schema, p.Name, true)
		}
		op.Parameters[i] = &p
	}
}

// body describes the body of a request.
func (d *draft) body(op *huma.Operation) {
	if op.RequestBody == nil {
		return
	}
	row := rowSchema(op)
	body := *op.RequestBody
	body.Content = make(map[string]*huma.MediaType, len(op.RequestBody.Content))
	for media, given := range op.RequestBody.Content {
		content := *given
		content.Schema = d.fields(op, d.schema(content.Schema, true), row)
		if content.Example == nil && content.Examples == nil {
			content.Example = d.sample(content.Schema, "", true)
		}
		body.Content[media] = &content
	}
	op.RequestBody = &body
}

// rowSchema returns the name of the schema of the response, or "".
func rowSchema(op *huma.Operation) string {
	for _, status := range []string{"200", "201"} {
		if answer := op.Responses[status]; answer != nil {
			for _, content := range answer.Content {
				if content.Schema != nil && content.Schema.Ref != "" {
					return path.Base(content.Schema.Ref)
				}
			}
		}
	}
	return ""
}

// fields names the schema of a request body after the row that it creates or
// changes. Read-only members, which a request may send to no effect, get the
// types that they have in the row.
func (d *draft) fields(op *huma.Operation, s *huma.Schema, row string) *huma.Schema {
	if s == nil || s.Properties == nil || row == "" {
		return s
	}
	members := d.source.Components.Schemas.SchemaFromRef(schemasPath + row).Properties
	for name, member := range s.Properties {
		if member.ReadOnly && member.Type == "" && members[name] != nil {
			typed := d.schema(members[name], true)
			typed.ReadOnly, typed.Description = true, member.Description
			s.Properties[name] = typed
		}
	}
	s.PrecomputeMessages()
	if op.Method == http.MethodPatch {
		return d.named(row+"Patch", s)
	}
	return d.named(row+"Fields", s)
}
