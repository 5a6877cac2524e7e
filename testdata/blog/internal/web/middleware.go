package web

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"net/url"
	"path"
	"runtime/debug"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/rs/cors"
)

// chain returns the handler with all middleware around it.
func (s *Server) chain() http.Handler {
	h := http.Handler(http.HandlerFunc(s.dispatch))
	for _, added := range slices.Backward(s.middleware) {
		h = added(h)
	}
	if len(s.options.CORSOrigins) > 0 {
		h = cors.New(cors.Options{
			AllowedOrigins: s.options.CORSOrigins,
			AllowedMethods: []string{"GET", "POST", "PUT", "PATCH", "DELETE"},
			AllowedHeaders: []string{"Authorization", "Content-Type", "If-Match", "X-Request-ID"},
			ExposedHeaders: []string{"ETag", "Location", "Retry-After", "X-Request-ID"},
		}).Handler(h)
	}
	return s.identify(s.watch(secure(h)))
}

// watch logs each request and turns a panic into a 500.
func (s *Server) watch(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		info := requestFrom(r.Context())
		seen := &recorder{ResponseWriter: w}
		defer func() {
			if fault := recover(); fault != nil {
				if fault == http.ErrAbortHandler {
					panic(fault)
				}
				s.log.ErrorContext(r.Context(), "panic", "error", fault, "stack", string(debug.Stack()), "request_id", info.ID)
				if seen.status == 0 {
					WriteError(seen, r, NewError(http.StatusInternalServerError, "Internal server error"))
				}
			}
			s.log.LogAttrs(r.Context(), slog.LevelInfo, "request",
				slog.String("method", r.Method), slog.String("path", info.loggedPath()), slog.Int("status", seen.status),
				slog.Duration("duration", time.Since(start).Round(time.Microsecond)), slog.Any("ip", info.IP), slog.String("request_id", info.ID))
		}()
		next.ServeHTTP(seen, r)
	})
}

// recorder records the status of a response.
type recorder struct {
	http.ResponseWriter
	status int
}

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	return r.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// secure sets the security headers of every response. A page that needs more sets
// its own policy.
func secure(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Cache-Control", "no-store")
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Content-Type-Options", "nosniff")
		next.ServeHTTP(w, r)
	})
}

// dispatch routes the request. It ignores a trailing slash, and returns the usual
// error body for an unknown path or method.
func (s *Server) dispatch(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/" {
		r.URL.Path = strings.TrimSuffix(r.URL.Path, "/")
		r.URL.RawPath = strings.TrimSuffix(r.URL.RawPath, "/")
	}
	if path.Clean(r.URL.Path) != r.URL.Path {
		WriteError(w, r, NewError(http.StatusNotFound, "Not found"))
		return
	}
	if !text(r.URL.RawQuery) || !text(r.URL.EscapedPath()) {
		WriteError(w, r, NewError(http.StatusBadRequest, "The URL contains invalid UTF-8 or NUL"))
		return
	}
	handler, pattern := s.mux.Handler(r)
	if pattern != "" {
		s.mux.ServeHTTP(w, r)
		return
	}
	probe := probe{header: http.Header{}}
	handler.ServeHTTP(&probe, r)
	if allow := probe.header.Get("Allow"); allow != "" {
		WriteError(w, r, NewError(http.StatusMethodNotAllowed, "Method not allowed").WithHeader("Allow", allow))
		return
	}
	WriteError(w, r, NewError(http.StatusNotFound, "Not found"))
}

// probe records the response of a handler without the body.
type probe struct {
	header http.Header
	status int
}

func (p *probe) Header() http.Header         { return p.header }
func (p *probe) Write(b []byte) (int, error) { return len(b), nil }
func (p *probe) WriteHeader(status int)      { p.status = status }

// text reports whether an escaped part of a URL can be stored as text.
func text(escaped string) bool {
	if !strings.Contains(escaped, "%") {
		return utf8.ValidString(escaped)
	}
	unescaped, err := url.QueryUnescape(escaped)
	return err == nil && utf8.ValidString(unescaped) && !strings.Contains(unescaped, "\x00")
}

// WriteError writes an error response outside an operation.
func WriteError(w http.ResponseWriter, r *http.Request, e *Error) {
	for key, values := range e.Header {
		w.Header()[key] = values
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(e.Status)
	_ = json.NewEncoder(w).Encode(e.body(requestFrom(r.Context()).ID))
}
