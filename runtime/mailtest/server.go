// Package mailtest provides a real SMTP server for tests, and decodes its messages and
// the files of the file driver.
package mailtest

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"log"
	"net"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
)

// Server stores the messages that it receives. It stops when the test ends.
type Server struct {
	Addr string // Host:Port
	Host string
	Port int

	// The certificate of a server with TLS: for a client in this process, and as a
	// PEM file for SSL_CERT_FILE of another process.
	Roots    *x509.CertPool
	CertFile string

	smtp               *smtp.Server
	listener           net.Listener
	implicitTLS        bool
	username, password string
	hung               chan struct{} // nil unless messages get no response

	mu       sync.Mutex
	refuse   int
	answer   string
	attempts int
	messages []Received
}

// Option changes how the server behaves.
type Option func(t testing.TB, s *Server)

// Listen sets the address, so that a server can restart at the same one.
func Listen(addr string) Option {
	return func(_ testing.TB, s *Server) { s.Addr = addr }
}

// STARTTLS offers STARTTLS, with a certificate for 127.0.0.1 and localhost.
func STARTTLS() Option {
	return func(t testing.TB, s *Server) { s.smtp.TLSConfig = s.certificate(t) }
}

// TLS uses TLS from the first byte.
func TLS() Option {
	return func(t testing.TB, s *Server) {
		s.smtp.TLSConfig = s.certificate(t)
		s.implicitTLS = true
	}
}

// Login accepts mail only after AUTH PLAIN with these credentials.
func Login(username, password string) Option {
	return func(_ testing.TB, s *Server) { s.username, s.password = username, password }
}

// Refuse rejects the first n messages with 451 and this text.
func Refuse(n int, answer string) Option {
	return func(_ testing.TB, s *Server) { s.refuse, s.answer = n, answer }
}

// Hang reads messages and never responds.
func Hang() Option {
	return func(_ testing.TB, s *Server) { s.hung = make(chan struct{}) }
}

// Start runs a server on a free port of 127.0.0.1.
func Start(t testing.TB, options ...Option) *Server {
	t.Helper()
	s := &Server{Addr: "127.0.0.1:0"}
	s.smtp = smtp.NewServer(smtp.BackendFunc(s.session))
	s.smtp.Domain = "localhost"
	s.smtp.AllowInsecureAuth = true
	s.smtp.ErrorLog = log.New(io.Discard, "", 0)
	for _, option := range options {
		option(t, s)
	}
	listener, err := net.Listen("tcp", s.Addr)
	if err != nil {
		t.Fatal(err)
	}
	s.Addr = listener.Addr().String()
	host, port, _ := net.SplitHostPort(s.Addr)
	s.Host = host
	s.Port, _ = strconv.Atoi(port)
	if s.implicitTLS {
		listener = tls.NewListener(listener, s.smtp.TLSConfig)
	}
	s.listener = listener
	go s.smtp.Serve(listener)
	t.Cleanup(s.Stop)
	return s
}

// Stop stops the server and closes its connections, but keeps the messages.
func (s *Server) Stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.hung != nil {
		close(s.hung)
		s.hung = nil
	}
	_ = s.listener.Close()
	_ = s.smtp.Close()
}

// Messages returns the messages received so far, oldest first.
func (s *Server) Messages() []Received {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Received(nil), s.messages...)
}

// Attempts returns the number of messages offered, including rejected ones.
func (s *Server) Attempts() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.attempts
}

// Wait returns the messages once there are n. It fails the test after 10 seconds.
func (s *Server) Wait(t testing.TB, n int) []Received {
	t.Helper()
	deadline := time.Now().Add(10 * time.Second)
	for {
		messages := s.Messages()
		if len(messages) >= n {
			return messages
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d mails arrived, want %d", len(messages), n)
		}
		time.Sleep(10 * time.Millisecond)
	}
}
