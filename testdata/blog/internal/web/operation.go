package web

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"example.com/blog/internal/openapi"
)

// A Handler implements a public operation.
type Handler[I, O any] func(ctx context.Context, in *I) (*O, error)

// An Option configures an operation.
type Option func(*huma.Operation)

// Get registers a public operation.
func Get[I, O any](api huma.API, path string, h Handler[I, O], options ...Option) {
	Register(api, http.MethodGet, path, h, options...)
}

// Post registers a public operation that returns 201.
func Post[I, O any](api huma.API, path string, h Handler[I, O], options ...Option) {
	Register(api, http.MethodPost, path, h, options...)
}

// Put registers a public operation.
func Put[I, O any](api huma.API, path string, h Handler[I, O], options ...Option) {
	Register(api, http.MethodPut, path, h, options...)
}

// Patch registers a public operation.
func Patch[I, O any](api huma.API, path string, h Handler[I, O], options ...Option) {
	Register(api, http.MethodPatch, path, h, options...)
}

// Delete registers a public operation that returns 204.
func Delete[I, O any](api huma.API, path string, h Handler[I, O], options ...Option) {
	Register(api, http.MethodDelete, path, h, options...)
}

// Register adds an operation to the API and its document.
func Register[I, O any](api huma.API, method, path string, h Handler[I, O], options ...Option) {
	op := huma.Operation{
		Method:       method,
		Path:         path,
		MaxBodyBytes: maxBody,
		Security:     []map[string][]string{},
		Metadata:     map[string]any{},
	}
	if method == http.MethodPost {
		op.DefaultStatus = http.StatusCreated
	}
	if method == http.MethodPatch {
		accept(mediaPatch)(&op)
	}
	for _, option := range options {
		option(&op)
	}
	if op.Metadata[handlerKey] == nil {
		Handles(h)(&op)
	}
	op.Metadata[openapi.Key] = factsOf[O](&op)
	registerErrors(api, &op)
	op.Errors = append(op.Errors, expected[I, O](&op)...)
	if _, tagged := reflect.TypeFor[O]().FieldByName("ETag"); tagged {
		op.Metadata[taggedKey] = true
	}
	describeParent[I](&op)
	describeQuery[I](&op)
	if _, body := reflect.TypeFor[I]().FieldByName("Body"); body && op.RequestBody == nil {
		op.RequestBody = &huma.RequestBody{}
	}
	op.Middlewares = append(op.Middlewares, checkParameters, checkBody(api))
	huma.Register(api, op, func(ctx context.Context, in *I) (*O, error) {
		out, err := h(ctx, in)
		if err != nil {
			return nil, Problem(ctx, err)
		}
		return out, nil
	})
	readOnly[I, O](api.OpenAPI().Components.Schemas, &op)
	if op.RequestBody != nil {
		for _, content := range op.RequestBody.Content {
			if content.Schema == nil {
				content.Schema = op.RequestBody.Content[mediaJSON].Schema
			}
		}
	}
}

// Status sets the status of success.
func Status(status int) Option {
	return func(op *huma.Operation) { op.DefaultStatus = status }
}

// MaxBody limits the size of the body in bytes.
func MaxBody(bytes int64) Option {
	return func(op *huma.Operation) { op.MaxBodyBytes = bytes }
}

// Hidden keeps the operation out of the API document.
func Hidden(op *huma.Operation) { op.Hidden = true }

// accept adds a media type for the body.
func accept(media string) Option {
	return func(op *huma.Operation) {
		if op.RequestBody == nil {
			op.RequestBody = &huma.RequestBody{Content: map[string]*huma.MediaType{}}
		}
		op.RequestBody.Content[media] = &huma.MediaType{}
	}
}

// Form also accepts the body as an HTML form.
func Form(op *huma.Operation) { accept(mediaForm)(op) }

// describeQuery adds the query parameters that the input parses itself. Such an
// input also rejects unknown ones; otherwise huma does.
func describeQuery[I any](op *huma.Operation) {
	in, reads := any(new(I)).(interface{ Parameters() []*huma.Param })
	op.RejectUnknownQueryParameters = !reads
	if reads {
		op.Parameters = append(op.Parameters, in.Parameters()...)
	}
}

// checkParameters rejects what huma would ignore: a malformed query string, and a
// repeated parameter. It joins repeated If-Match headers into one list (RFC 9110,
// section 5.3), which may be empty.
func checkParameters(c huma.Context, next func(huma.Context)) {
	r, w := humago.Unwrap(c)
	if lines, given := r.Header["If-Match"]; given {
		r.Header.Set("If-Match", cmp.Or(strings.TrimSpace(strings.Join(lines, ", ")), ",")) // an empty list matches nothing
	}
	if op := c.Operation(); op.RejectUnknownQueryParameters && r.URL.RawQuery != "" {
		if err := checkQuery(op, r.URL.RawQuery); err != nil {
			WriteError(w, r, err)
			return
		}
	}
	next(c)
}

func checkQuery(op *huma.Operation, query string) *Error {
	given, err := url.ParseQuery(query)
	if err != nil {
		return NewError(http.StatusBadRequest, "The query string is malformed")
	}
	var repeated []FieldError
	for name, values := range given {
		list := slices.ContainsFunc(op.Parameters, func(p *huma.Param) bool { return p.In == "query" && p.Name == name && p.Explode != nil && *p.Explode })
		if len(values) > 1 && !list {
			repeated = append(repeated, FieldError{name, "must not be repeated"})
		}
	}
	if repeated == nil {
		return nil
	}
	slices.SortFunc(repeated, func(a, b FieldError) int { return strings.Compare(a.Field, b.Field) })
	return Invalid(repeated...)
}
