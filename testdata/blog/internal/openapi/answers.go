package openapi

import (
	"cmp"
	"net/http"
	"reflect"
	"slices"
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

const (
	mediaJSON = "application/json"
	exampleID = "4f0e9a1c6b2d8e37"
)

// meaning describes an error status.
type meaning struct{ name, message, description string }

var meanings = map[int]meaning{
	http.StatusBadRequest:            {"BadRequest", "The body is not valid JSON", "The request cannot be parsed"},
	http.StatusUnauthorized:          {"Unauthorized", "Could not validate credentials", "The token is missing, expired or invalid"},
	http.StatusForbidden:             {"Forbidden", "Not enough permissions", "The user may not do this"},
	http.StatusNotFound:              {"NotFound", "Not found", "The row does not exist, or the caller may not see it"},
	http.StatusConflict:              {"Conflict", "Already taken", "A unique value is taken, or another row references this one"},
	http.StatusPreconditionFailed:    {"PreconditionFailed", "The row has changed since you read it", "The row does not match If-Match"},
	http.StatusRequestEntityTooLarge: {"PayloadTooLarge", "The body is too large", "The body is too large"},
	http.StatusUnsupportedMediaType:  {"UnsupportedMediaType", "Send the body as " + mediaJSON, "The media type of the body is not supported"},
	http.StatusUnprocessableEntity:   {"ValidationError", "Validation failed", "A member or parameter is invalid; `fields` lists them"},
	http.StatusTooManyRequests:       {"RateLimitExceeded", "Too many attempts, try again later", "Too many attempts; wait for the time in Retry-After"},
	http.StatusInternalServerError:   {"InternalError", "Internal server error", "The server failed; look up the request ID in its log"},
	http.StatusServiceUnavailable:    {"ServiceUnavailable", "The database is unavailable, try again", "The server is busy or its database unavailable; try again"},
}

func meaningOf(status int) meaning {
	if known, ok := meanings[status]; ok {
		return known
	}
	text := http.StatusText(status)
	return meaning{pascal(wordsOf(text)), text, text}
}

// failure describes an error response. Errors without a message of their own share
// one component per status.
func (d *draft) failure(status int, given *huma.Response, errors []Error) *huma.Response {
	usual := meaningOf(status)
	own := slices.Clone(errors)
	own = slices.DeleteFunc(own, func(e Error) bool { return e.Status != status })
	if len(own) == 0 {
		if d.responses[usual.name] == nil {
			d.responses[usual.name] = d.problem(status, usual.description, given, []Error{{Status: status, Message: usual.message}})
		}
		return &huma.Response{Ref: "#/components/responses/" + usual.name}
	}
	description := own[0].Message
	for _, e := range own[1:] {
		description += "; or: " + e.Message
	}
	if status == http.StatusBadRequest || status == http.StatusUnprocessableEntity { // may be sent before the handler runs
		own = append(own, Error{Status: status, Message: usual.message})
	}
	return d.problem(status, description, given, own)
}

// problem describes an error response with one example per code.
func (d *draft) problem(status int, description string, given *huma.Response, errors []Error) *huma.Response {
	answer := &huma.Response{Description: description, Headers: map[string]*huma.Header{requestID: d.header(requestID)}}
	switch status {
	case http.StatusUnauthorized:
		answer.Headers[authenticate] = d.header(authenticate)
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		answer.Headers[retryAfter] = d.header(retryAfter)
	}
	media, schemas := mediaJSON, []*huma.Schema{nil}
	for name, content := range given.Content {
		media, schemas[0] = name, d.schema(content.Schema, false)
	}
	content := &huma.MediaType{Schema: schemas[0], Examples: map[string]*huma.Example{}}
	for _, e := range errors {
		body := e.Body
		if body == nil {
			body = d.example(e)
		} else if own := d.schema(d.source.Components.Schemas.Schema(reflect.TypeOf(body), true, ""), false); !equal(own, schemas[len(schemas)-1]) {
			schemas = append(schemas, own)
			content.Schema = &huma.Schema{OneOf: schemas}
		}
		name := cmp.Or(e.Code, meaningOf(status).name)
		if content.Examples[name] == nil {
			content.Examples[name] = &huma.Example{Summary: e.Message, Value: body}
		}
	}
	answer.Content = map[string]*huma.MediaType{media: content}
	return answer
}
