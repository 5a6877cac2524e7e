// Package rival serves posts as an experienced engineer writes it by hand, with
// net/http and database/sql: what the generated operations promise is kept here
// too, without a layer in between.
package rival

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"runtime/debug"
	"strings"
	"time"
)

// API answers requests for posts.
type API struct {
	tokens Tokens
	log    *slog.Logger

	user, insert, show *sql.Stmt
}

// New prepares the statements.
func New(db *sql.DB, tokens Tokens, log *slog.Logger) (http.Handler, error) {
	api := &API{tokens: tokens, log: log}
	for sql, statement := range map[string]**sql.Stmt{selectUser: &api.user, insertPost: &api.insert, selectPost: &api.show} {
		prepared, err := db.Prepare(sql)
		if err != nil {
			return nil, err
		}
		*statement = prepared
	}
	mux := http.NewServeMux()
	for _, end := range []string{"", "/{$}"} {
		mux.HandleFunc("POST /api/posts"+end, api.guarded(api.create))
		mux.HandleFunc("GET /api/posts/{id}"+end, api.guarded(api.get))
	}
	return api.watch(mux), nil
}

// request is what the log and the errors say about a request.
type request struct {
	id string
	ip netip.Addr
}

type requestKey struct{}

func requestOf(r *http.Request) *request { return r.Context().Value(requestKey{}).(*request) }

// watch gives each request an id, sets the headers of every answer, logs the
// request, and turns a panic into a 500.
func (api *API) watch(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		info := &request{requestID(r.Header.Get("X-Request-ID")), address(r.RemoteAddr)}
		r = r.WithContext(context.WithValue(r.Context(), requestKey{}, info))
		h := w.Header()
		h.Set("X-Request-ID", info.id)
		h.Set("Cache-Control", "no-store")
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Content-Type-Options", "nosniff")
		seen := &recorder{ResponseWriter: w}
		defer func() {
			if fault := recover(); fault != nil {
				api.log.ErrorContext(r.Context(), "panic", "error", fault, "stack", string(debug.Stack()), "request_id", info.id)
				if seen.status == 0 {
					writeError(seen, r, http.StatusInternalServerError, "INTERNAL_ERROR", "Internal server error")
				}
			}
			api.log.InfoContext(r.Context(), "request", "method", r.Method, "path", r.URL.Path, "status", seen.status,
				"duration", time.Since(start).Round(time.Microsecond), "ip", info.ip, "request_id", info.id)
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
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

// requestID returns the ID given by a proxy, if it is well-formed, or a new one.
func requestID(given string) string {
	if len(given) >= 8 && len(given) <= 64 && strings.Trim(given, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") == "" {
		return given
	}
	var id [8]byte
	rand.Read(id[:])
	return hex.EncodeToString(id[:])
}

func address(remote string) netip.Addr {
	host, _, err := net.SplitHostPort(remote)
	if err != nil {
		host = remote
	}
	ip, _ := netip.ParseAddr(host)
	return ip.Unmap()
}

type errorBody struct {
	Success bool        `json:"success"`
	Error   errorDetail `json:"error"`
}

type errorDetail struct {
	Message   string       `json:"message"`
	Code      string       `json:"code"`
	RequestID string       `json:"request_id"`
	Fields    []fieldError `json:"fields,omitempty"`
}

type fieldError struct {
	Field   string `json:"field"`
	Message string `json:"message"`
}

func writeError(w http.ResponseWriter, r *http.Request, status int, code, message string, fields ...fieldError) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(errorBody{Error: errorDetail{message, code, requestOf(r).id, fields}})
}

// fail answers what is not the client's fault.
func (api *API) fail(w http.ResponseWriter, r *http.Request, err error) {
	api.log.ErrorContext(r.Context(), "request failed", "error", err, "request_id", requestOf(r).id)
	writeError(w, r, http.StatusInternalServerError, "INTERNAL_ERROR", "Internal server error")
}
