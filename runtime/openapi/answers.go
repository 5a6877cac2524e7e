package openapi

import (
	"cmp"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// answers describes the responses of the operation: successes with their headers,
// and errors.
func (d *draft) answers(op *huma.Operation, s subject) {
	answers := make(map[string]*huma.Response, len(op.Responses))
	for code, given := range op.Responses {
		status, err := strconv.Atoi(code)
		if err == nil && status >= http.StatusBadRequest {
			answers[code] = d.failure(status, given, factsOf(op).Errors)
		} else {
			answers[code] = d.success(given, op, s)
		}
	}
	op.Responses = answers
}

func (d *draft) success(given *huma.Response, op *huma.Operation, s subject) *huma.Response {
	answer := *given
	answer.Headers = map[string]*huma.Header{requestID: d.header(requestID)}
	for name, header := range given.Headers {
		described := *header
		described.Schema = d.schema(header.Schema, false)
		described.Description, described.Schema.Description = cmp.Or(header.Description, described.Schema.Description), ""
		if described.Example == nil {
			described.Example = headerExample(name, op)
		}
		answer.Headers[name] = &described
	}
	answer.Content = make(map[string]*huma.MediaType, len(given.Content))
	for media, content := range given.Content {
		described := *content
		described.Schema = d.schema(content.Schema, false)
		if described.Example == nil && described.Examples == nil {
			described.Example = d.sample(described.Schema, "", false)
		}
		answer.Content[media] = &described
	}
	if answer.Description == "" || answer.Description == http.StatusText(op.DefaultStatus) {
		answer.Description = outcome(op, s)
	}
	return &answer
}

// outcome describes a successful response.
func outcome(op *huma.Operation, s subject) string {
	switch {
	case op.Method == http.MethodDelete && op.DefaultStatus == http.StatusNoContent:
		return "Deleted"
	case s.verb == "list" && has(op, "cursor"):
		return "One page"
	case rowSchema(op) != "":
		return "The " + strings.Join(words(rowSchema(op)), " ")
	}
	return "Success"
}

func headerExample(name string, op *huma.Operation) any {
	switch name {
	case "ETag":
		return `"` + "q1vFvsqcDOhQ8QxQ8tDyPA" + `"`
	case "Location":
		parts := strings.Split(op.Path, "/")
		for i, part := range parts {
			if strings.HasPrefix(part, "{") {
				parts[i] = "1"
			}
		}
		return strings.Join(append(parts, "1"), "/")
	}
	return nil
}

// Response headers that several operations share.
const (
	requestID    = "X-Request-ID"
	retryAfter   = "Retry-After"
	authenticate = "WWW-Authenticate"
)

// header adds a header to the document and returns a reference to it.
func (d *draft) header(name string) *huma.Header {
	if d.headers[name] == nil {
		header := &huma.Header{Schema: &huma.Schema{Type: huma.TypeString}}
		switch name {
		case requestID:
			header.Description, header.Example = "The ID of the request in the log", exampleID
		case retryAfter:
			header.Description, header.Example = "Seconds to wait before the next attempt", 3
			header.Schema = &huma.Schema{Type: huma.TypeInteger}
		case authenticate:
			header.Description, header.Example = "The required authentication scheme (RFC 6750, section 3)", "Bearer"
		}
		d.headers[name] = header
	}
	return &huma.Header{Ref: "#/components/headers/" + name}
}
