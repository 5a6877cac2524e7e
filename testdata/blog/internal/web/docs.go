package web

import (
	"cmp"
	"net/http"
	"reflect"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/swaggest/swgui"
	"github.com/swaggest/swgui/v5emb"

	"example.com/blog/internal/openapi"
)

// Document returns the API document. Call it after all operations are registered.
func (s *Server) Document() *huma.OpenAPI {
	return openapi.Complete(s.API.OpenAPI(), s.options.Prefix, func(e openapi.Error) any {
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
	errors, _ := op.Metadata[errorsKey].([]openapi.Error)
	audience, _ := op.Metadata[audienceKey].(string)
	return openapi.Facts{Handler: newRoute(op).Handler, Audience: audience, Row: rowOf(reflect.TypeFor[O]()), Errors: errors}
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

// docsPolicy lets the documentation page run its own scripts and call this API
// only.
const docsPolicy = "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; " +
	"img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'"

// document serves the API document and the page that displays it.
func (s *Server) document() {
	page := v5emb.NewWithConfig(swgui.Config{InternalBasePath: "/docs"})(s.options.Name, s.base+"/openapi.json", s.base+"/docs")
	docs := func(w http.ResponseWriter, r *http.Request) {
		if file := r.PathValue("file"); file != "" {
			seen := probe{header: http.Header{}}
			page.ServeHTTP(&seen, r)
			if seen.status == http.StatusNotFound {
				WriteError(w, r, NewError(http.StatusNotFound, "Not found"))
				return
			}
		}
		w.Header().Set("Content-Security-Policy", docsPolicy)
		page.ServeHTTP(w, r)
	}
	s.HandleFunc("GET /docs", docs)
	s.HandleFunc("GET /docs/{file...}", docs)

	encoded := sync.OnceValues(func() ([]byte, error) { return s.Document().MarshalJSON() })
	s.HandleFunc("GET /openapi.json", func(w http.ResponseWriter, r *http.Request) {
		document, err := encoded()
		if err != nil {
			WriteError(w, r, Problem(r.Context(), err))
			return
		}
		w.Header().Set("Content-Type", mediaJSON)
		_, _ = w.Write(document)
	})
}
