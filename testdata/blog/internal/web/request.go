package web

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"
	"unicode/utf8"
)

// Request describes the current request.
type Request struct {
	ID        string
	Path      string
	IP        netip.Addr // of the client; trusted proxies are skipped
	UserAgent string     // valid UTF-8, at most 255 bytes
	At        time.Time  // time of arrival
	method    string
	base      string // path of APP_URL, which a proxy strips
	log       *slog.Logger
}

// loggedPath returns the path without a token from a mailed link, which ends up
// there if a mail client mangles the # before it.
func (r Request) loggedPath() string {
	if i := strings.IndexAny(r.Path, "#=;"); i >= 0 {
		return r.Path[:i] + "…"
	}
	return r.Path
}

// Address returns the IP as text, or "" if it is unknown.
func (r Request) Address() string {
	if !r.IP.IsValid() {
		return ""
	}
	return r.IP.String()
}

type requestKey struct{}

// RequestFrom returns the request that the context belongs to, or an empty one.
func RequestFrom(ctx context.Context) Request { return *requestFrom(ctx) }

func requestFrom(ctx context.Context) *Request {
	if info, ok := ctx.Value(requestKey{}).(*Request); ok {
		return info
	}
	return &Request{log: slog.Default()}
}

// identify gives each request an ID, which the response and the log include.
func (s *Server) identify(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		info := &Request{
			ID:        requestID(r.Header.Get("X-Request-ID")),
			Path:      r.URL.Path,
			IP:        clientIP(r, s.options.TrustedProxies),
			UserAgent: cut(strings.ToValidUTF8(r.UserAgent(), ""), 255),
			At:        time.Now(),
			method:    r.Method,
			base:      s.base,
			log:       s.log,
		}
		w.Header().Set("X-Request-ID", info.ID)
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), requestKey{}, info)))
	})
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

// clientIP returns the rightmost untrusted address in X-Forwarded-For.
func clientIP(r *http.Request, trusted []netip.Prefix) netip.Addr {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return netip.Addr{}
	}
	ip = ip.Unmap().WithZone("")
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && contains(trusted, ip); i-- {
		hop, err := parseHop(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		ip = hop.Unmap().WithZone("")
	}
	return ip
}

// parseHop parses an address; some proxies append the port.
func parseHop(s string) (netip.Addr, error) {
	if withPort, err := netip.ParseAddrPort(s); err == nil {
		return withPort.Addr(), nil
	}
	return netip.ParseAddr(s)
}

func contains(prefixes []netip.Prefix, ip netip.Addr) bool {
	for _, prefix := range prefixes {
		if prefix.Contains(ip) {
			return true
		}
	}
	return false
}

func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
