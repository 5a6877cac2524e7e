package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
)

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
