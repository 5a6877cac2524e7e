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

// checkParameters refuses what huma would pass over: a query that cannot be
// read, and the second value of a parameter that has one. If-Match in several
// lines is one list (RFC 9110, section 5.3), and one without a tag is a list too.
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
		return NewError(http.StatusBadRequest, "The query of the address cannot be read")
	}
	var twice []FieldError
	for name, values := range given {
		list := slices.ContainsFunc(op.Parameters, func(p *huma.Param) bool { return p.In == "query" && p.Name == name && p.Explode != nil && *p.Explode })
		if len(values) > 1 && !list {
			twice = append(twice, FieldError{name, "is given twice"})
		}
	}
	if twice == nil {
		return nil
	}
	slices.SortFunc(twice, func(a, b FieldError) int { return strings.Compare(a.Field, b.Field) })
	return Invalid(twice...)
}
