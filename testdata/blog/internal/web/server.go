// Package web is the HTTP layer of the application: a server, self-describing
// operations, strict request bodies, and uniform errors.
package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"gorm.io/gorm"
)

// drainTime is how long a stopping server waits for active requests.
const drainTime = 20 * time.Second

// Options are the settings of a Server.
type Options struct {
	Name           string         // title of the API document
	URL            string         // public URL, without a trailing slash
	Addr           string         // listen address: HOST:PORT or :PORT
	Prefix         string         // prefix of all API routes: "" or such as "/api"
	TrustedProxies []netip.Prefix // proxies whose X-Forwarded-For is trusted
	CORSOrigins    []string       // exact origins; none disables CORS
	Docs           bool           // serve /docs and /openapi.json
	Notice         time.Duration  // how long a stopping server keeps serving while /readyz fails
}

// A Server handles requests. Register operations on its API, which adds the
// prefix, and other pages with HandleFunc.
type Server struct {
	API huma.API

	options    Options
	base       string // path of the public address, which a proxy removes
	db         *gorm.DB
	log        *slog.Logger
	mux        *http.ServeMux
	middleware []func(http.Handler) http.Handler
	draining   atomic.Bool
}

// New returns a server without operations.
func New(o Options, db *gorm.DB, log *slog.Logger) *Server {
	s := &Server{options: o, db: db, log: log, mux: http.NewServeMux()}
	if u, err := url.Parse(o.URL); err == nil {
		s.base = u.Path
	}
	s.API = newAPI(s.mux, o, s.base)
	s.HandleFunc("GET /healthz", s.alive)
	s.HandleFunc("GET /readyz", s.ready)
	if o.Docs {
		s.document()
	}
	return s
}

// Path returns the path of an operation as clients see it: /api/posts for
// /posts.
func (s *Server) Path(operation string) string { return s.base + s.options.Prefix + operation }

// HandleFunc adds a page outside the API. The pattern is one of http.ServeMux.
func (s *Server) HandleFunc(pattern string, h http.HandlerFunc) { s.mux.HandleFunc(pattern, h) }

// Use adds middleware for every request; the first one added is the outermost. It
// runs inside the built-in request ID, logging, panic recovery, security headers
// and CORS, and before routing. Call it before Handler or Run.
func (s *Server) Use(middleware ...func(http.Handler) http.Handler) {
	s.middleware = append(s.middleware, middleware...)
}

// Handler returns the handler of the whole server.
func (s *Server) Handler() http.Handler { return s.chain() }

// Run serves requests on its address until the context ends, then waits for
// active ones.
func (s *Server) Run(ctx context.Context) error {
	listener, err := net.Listen("tcp", s.options.Addr)
	if err != nil {
		return fmt.Errorf("%w: set HTTP_ADDR to another address", err)
	}
	server := &http.Server{
		Handler:                      s.Handler(),
		DisableGeneralOptionsHandler: true,
		ReadTimeout:                  30 * time.Second,
		ReadHeaderTimeout:            5 * time.Second,
		WriteTimeout:                 60 * time.Second,
		IdleTimeout:                  2 * time.Minute,
		MaxHeaderBytes:               12 << 10, // net/http adds 4 KiB
		ErrorLog:                     slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	s.log.Info("serving", "address", listener.Addr().String(), "url", s.options.URL)
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	s.draining.Store(true)
	time.Sleep(s.options.Notice)
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
	defer cancel()
	if err := server.Shutdown(drain); err != nil {
		return errors.Join(errors.New("requests were still active after the drain timeout"), server.Close())
	}
	return nil
}

func (s *Server) alive(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write([]byte("ok\n"))
}

// ready tells load balancers whether to send requests here.
func (s *Server) ready(w http.ResponseWriter, r *http.Request) {
	if s.draining.Load() {
		WriteError(w, r, NewError(http.StatusServiceUnavailable, "The server is stopping"))
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	if err := s.db.WithContext(ctx).Exec("SELECT 1").Error; err != nil {
		s.log.WarnContext(ctx, "the database is unavailable", "error", err)
		WriteError(w, r, NewError(http.StatusServiceUnavailable, "The database is unavailable"))
		return
	}
	s.alive(w, r)
}
