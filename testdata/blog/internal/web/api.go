package web

import (
	"cmp"
	"net/http"
	"path"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
)

// newAPI returns the API below the prefix, with this package's errors, body
// formats and schema names.
func newAPI(mux *http.ServeMux, o Options, base string) huma.API {
	configureHuma()
	schemas := "#/components/schemas/"
	api := humago.New(mux, huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info:    &huma.Info{Title: o.Name, Version: "1.0.0", Contact: &huma.Contact{Name: o.Name, URL: o.URL}},
			Servers: []*huma.Server{{URL: cmp.Or(base, "/")}}, // relative to the host that serves the document
			Components: &huma.Components{
				Schemas:         huma.NewMapRegistry(schemas, schemaNamer()),
				SecuritySchemes: map[string]*huma.SecurityScheme{},
			},
		},
		Formats:       map[string]huma.Format{mediaJSON: exactJSON()},
		DefaultFormat: mediaJSON,
		Transformers:  []huma.Transformer{showError, encodeAnswer},
	})
	if o.Prefix == "" {
		return api
	}
	return huma.NewGroup(api, o.Prefix)
}

// configureHuma sets huma's process-wide options.
var configureHuma = sync.OnceFunc(func() {
	huma.ValidateStrictCasing = true
	huma.DefaultArrayNullable = false
	huma.NewError = func(status int, message string, details ...error) huma.StatusError {
		if status == http.StatusUnprocessableEntity || status == http.StatusBadRequest && len(details) > 0 {
			return Invalid(fieldErrors(details)...)
		}
		return NewError(status, sentence(message))
	}
})

// showError turns an Error into its response body.
func showError(c huma.Context, _ string, v any) (any, error) {
	if e, ok := v.(*Error); ok {
		return e.body(requestFrom(c.Context()).ID), nil
	}
	return v, nil
}

// maxFieldErrors is the number of field errors that a response lists.
const maxFieldErrors = 50

// fieldErrors returns the members and parameters that huma found invalid.
func fieldErrors(details []error) []FieldError {
	fields := make([]FieldError, 0, min(len(details), maxFieldErrors))
	for _, detail := range details[:min(len(details), maxFieldErrors)] {
		d, ok := detail.(huma.ErrorDetailer) // its Error() would print the whole body
		if !ok {
			fields = append(fields, FieldError{"body", detail.Error()})
			continue
		}
		field, message := d.ErrorDetail().Location, d.ErrorDetail().Message
		if rest, missing := strings.CutPrefix(message, "expected required property "); missing {
			name, _, _ := strings.Cut(rest, " ")
			field, message = field+"."+name, "is required"
		} else if name, wrong := strings.CutPrefix(message, wrongMember); wrong && field == "body" {
			field, message = strings.ReplaceAll(strings.TrimPrefix(name, "/"), "/", "."), "has a value of the wrong type or out of range"
		}
		if part, name, _ := strings.Cut(field, "."); name != "" && slices.Contains([]string{"body", "query", "path", "header"}, part) {
			field = name
		}
		fields = append(fields, FieldError{field, message})
	}
	slices.SortStableFunc(fields, func(a, b FieldError) int { return strings.Compare(a.Field, b.Field) })
	return fields
}

func sentence(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// schemaNamer names the types in the API document. If a name is taken, a number is
// appended.
func schemaNamer() func(reflect.Type, string) string {
	taken := map[string]reflect.Type{}
	return func(t reflect.Type, hint string) string {
		for t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		base := schemaName(t, hint)
		name := base
		for n := 2; taken[name] != nil && taken[name] != t; n++ {
			name = base + strconv.Itoa(n)
		}
		taken[name] = t
		return name
	}
}

// packages is the path below which this package and those beside it are.
var packages = path.Dir(reflect.TypeFor[Server]().PkgPath())

// schemaName returns the name that the type has by a method SchemaName, or its Go
// name. Types of the application get the name of their package as a prefix,
// because every resource has Fields.
func schemaName(t reflect.Type, hint string) string {
	if named, ok := reflect.New(t).Interface().(interface{ SchemaName() string }); ok {
		return named.SchemaName()
	}
	name, owner := huma.DefaultSchemaNamer(t, hint), path.Base(t.PkgPath())
	if t.Name() == "" || t.PkgPath() == "" || path.Dir(t.PkgPath()) == packages || strings.HasPrefix(strings.ToLower(name), owner) {
		return name
	}
	return sentence(owner) + name
}
