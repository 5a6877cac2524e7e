// Package web is the HTTP side of the application: a server, operations that
// describe themselves, strict bodies, and one shape for every error.
package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"gorm.io/gorm"

	"example.com/blog/internal/config"
)

const (
	// noticeTime is how long a stopping server in production goes on answering,
	// while /readyz tells the load balancer to send requests elsewhere.
	noticeTime = 3 * time.Second
	// drainTime is how long it waits then for the requests under way.
	drainTime = 20 * time.Second
)

// A Server answers requests. Operations are registered on its API, which adds
// the prefix; pages are added with HandleFunc.
type Server struct {
	API huma.API

	config     config.Config
	db         *gorm.DB
	log        *slog.Logger
	mux        *http.ServeMux
	middleware []func(http.Handler) http.Handler
	draining   atomic.Bool
}

// New returns a server without operations.
func New(c config.Config, db *gorm.DB, log *slog.Logger) *Server {
	s := &Server{config: c, db: db, log: log, mux: http.NewServeMux()}
	s.API = newAPI(s.mux, c)
	s.HandleFunc("GET /healthz", s.alive)
	s.HandleFunc("GET /readyz", s.ready)
	if c.Docs {
		s.document()
	}
	return s
}

// HandleFunc adds a page outside the API. The pattern is that of a ServeMux.
func (s *Server) HandleFunc(pattern string, h http.HandlerFunc) { s.mux.HandleFunc(pattern, h) }

// Use lets every request pass the middleware, the first that was added being
// the outermost. It runs within the id, the log, the panic handling, the headers
// and the CORS of a request, before its path is looked at. What is added after
// Handler or Run has no effect on those.
func (s *Server) Use(middleware ...func(http.Handler) http.Handler) {
	s.middleware = append(s.middleware, middleware...)
}

// Handler returns all that the server answers.
func (s *Server) Handler() http.Handler { return s.chain() }

// Run answers requests on the address of the configuration until the context
// ends, then waits for those under way.
func (s *Server) Run(ctx context.Context) error {
	listener, err := net.Listen("tcp", s.config.Addr)
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
	s.log.Info("serving", "address", listener.Addr().String(), "url", s.config.URL)
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	s.draining.Store(true)
	if s.config.Production() {
		time.Sleep(noticeTime)
	}
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
	defer cancel()
	if err := server.Shutdown(drain); err != nil {
		return errors.Join(errors.New("requests were still under way"), server.Close())
	}
	return nil
}

func (s *Server) alive(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write([]byte("ok\n"))
}

// ready tells a load balancer whether to send requests here.
func (s *Server) ready(w http.ResponseWriter, r *http.Request) {
	if s.draining.Load() {
		WriteError(w, r, NewError(http.StatusServiceUnavailable, "The server is stopping"))
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	if err := s.db.WithContext(ctx).Exec("SELECT 1").Error; err != nil {
		s.log.WarnContext(ctx, "the database does not answer", "error", err)
		WriteError(w, r, NewError(http.StatusServiceUnavailable, "The database does not answer"))
		return
	}
	s.alive(w, r)
}
