package web

import (
	"cmp"
	"path"
	"reflect"
	"runtime"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// Route is an operation as listed by the routes command.
type Route struct {
	Method  string `json:"method"`
	Path    string `json:"path"`
	Who     string `json:"who"` // public, user, role …
	Handler string `json:"handler"`
	File    string `json:"file"`
	Line    int    `json:"line"`
}

// Routes returns the operations of the API, sorted by path and method.
func (s *Server) Routes() []Route {
	var routes []Route
	for _, item := range s.API.OpenAPI().Paths {
		for _, op := range []*huma.Operation{item.Get, item.Post, item.Put, item.Patch, item.Delete} {
			if op != nil {
				routes = append(routes, newRoute(op))
			}
		}
	}
	slices.SortFunc(routes, func(a, b Route) int {
		return cmp.Or(strings.Compare(a.Path, b.Path), strings.Compare(a.Method, b.Method))
	})
	return routes
}

func newRoute(op *huma.Operation) Route {
	route := Route{Method: op.Method, Path: op.Path, Who: "public"}
	if who, ok := op.Metadata[whoKey].(string); ok {
		route.Who = who
	}
	if h, ok := op.Metadata[handlerKey].(handled); ok {
		route.Handler, route.File, route.Line = h.name, h.frame.File, h.frame.Line
	}
	return route
}

// Keys of huma.Operation.Metadata.
const (
	handlerKey  = "handler"
	whoKey      = "who"
	audienceKey = "audience"
	errorsKey   = "errors"
	taggedKey   = "tagged" // the response has an ETag
)

// handled is the function that handles an operation, and where it was registered.
type handled struct {
	name  string
	frame runtime.Frame
}

// Handles sets the function that handles the operation, for callers that pass a
// wrapper to Register.
func Handles(handler any) Option {
	name := runtime.FuncForPC(reflect.ValueOf(handler).Pointer()).Name()
	pcs := make([]uintptr, 16)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs)])
	frame, more := frames.Next()
	for more && strings.Contains(frame.Function, "[...]") { // functions that register, such as Get, are generic
		frame, more = frames.Next()
	}
	h := handled{strings.TrimSuffix(path.Base(name), "-fm"), frame}
	return func(op *huma.Operation) { op.Metadata[handlerKey] = h }
}

// Who describes who may call the operation: in a word for the list of routes, for
// example "role admin", and in a sentence for the API document.
func Who(word, sentence string) Option {
	return func(op *huma.Operation) { op.Metadata[whoKey], op.Metadata[audienceKey] = word, sentence }
}
