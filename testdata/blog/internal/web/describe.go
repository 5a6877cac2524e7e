package web

import (
	"cmp"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"example.com/blog/internal/openapi"
)

// Document returns the API document. Call it after all operations are registered.
func (s *Server) Document() *huma.OpenAPI {
	return openapi.Complete(s.API.OpenAPI(), s.config.Prefix, func(e openapi.Error) any {
		shown := NewError(e.Status, e.Message)
		shown.Code = cmp.Or(e.Code, shown.Code)
		if e.Status == http.StatusUnprocessableEntity {
			shown.Fields = []FieldError{{"email", "is required"}}
		}
		return shown.body("4f0e9a1c6b2d8e37")
	})
}

// Describe sets the ID and the summary in the API document. By default they are
// derived from the path and the handler: listPosts and "List posts".
func Describe(id, summary string) Option {
	return func(op *huma.Operation) { op.OperationID, op.Summary = id, summary }
}

// Explain sets the description in the API document.
func Explain(text string) Option {
	return func(op *huma.Operation) { op.Description = text }
}

// Example sets the example body in the API document, which by default has every
// member. Option Form must come before it.
func Example(body any) Option {
	return func(op *huma.Operation) {
		accept(mediaJSON)(op)
		for _, content := range op.RequestBody.Content {
			content.Example = body
		}
	}
}

// Errors adds error statuses to the API document.
func Errors(statuses ...int) Option {
	return func(op *huma.Operation) { op.Errors = append(op.Errors, statuses...) }
}

// Fails adds errors with their own messages to the API document.
func Fails(errors ...*Error) Option {
	return func(op *huma.Operation) {
		for _, e := range errors {
			Answers(openapi.Error{Status: e.Status, Code: e.Code, Message: e.Message})(op)
		}
	}
}

// Answers adds an error to the API document, optionally with its own body.
func Answers(e openapi.Error) Option {
	return func(op *huma.Operation) {
		known, _ := op.Metadata[errorsKey].([]openapi.Error)
		op.Metadata[errorsKey] = append(known, e)
		op.Errors = append(op.Errors, e.Status)
	}
}

// registerErrors adds the schemas of errors with their own body. It must run at
// registration, because requests read the registry concurrently.
func registerErrors(api huma.API, op *huma.Operation) {
	errors, _ := op.Metadata[errorsKey].([]openapi.Error)
	for _, e := range errors {
		if e.Body != nil {
			api.OpenAPI().Components.Schemas.Schema(reflect.TypeOf(e.Body), true, "")
		}
	}
}

// factsOf collects what openapi needs to complete the document.
func factsOf[O any](op *huma.Operation) openapi.Facts {
	route := newRoute(op)
	errors, _ := op.Metadata[errorsKey].([]openapi.Error)
	return openapi.Facts{Handler: route.Handler, Who: route.Who, Row: rowOf(reflect.TypeFor[O]()), Errors: errors}
}

// rowOf returns the type of the row or rows in an output, or nil.
func rowOf(output reflect.Type) reflect.Type {
	body, ok := output.FieldByName("Body")
	if !ok {
		return nil
	}
	row := body.Type
	if row.Kind() == reflect.Pointer {
		row = row.Elem()
	}
	if row.Kind() != reflect.Struct {
		return nil
	}
	if items, ok := row.FieldByName("Items"); ok && items.Type.Kind() == reflect.Slice {
		row = items.Type.Elem()
	}
	if row.Kind() != reflect.Struct || row.Name() == "" {
		return nil
	}
	return row
}

// expected returns the error statuses that follow from an operation's input and
// output, whatever its handler does.
func expected[I, O any](op *huma.Operation) []int {
	errors := []int{http.StatusBadRequest, http.StatusUnprocessableEntity, http.StatusInternalServerError, http.StatusServiceUnavailable}
	if strings.Contains(op.Path, "{") {
		errors = append(errors, http.StatusNotFound)
	}
	in := reflect.TypeFor[I]()
	if _, body := in.FieldByName("Body"); body {
		errors = append(errors, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType)
	}
	_, conditional := in.FieldByName("IfMatch")
	if conditional {
		errors = append(errors, http.StatusPreconditionFailed)
	}
	if _, row := reflect.TypeFor[O]().FieldByName("ETag"); op.Method != http.MethodGet && (conditional || row) {
		errors = append(errors, http.StatusConflict)
	}
	return errors
}
