package config

import (
	"net"
	"net/netip"
	"net/url"
	"path"
	"regexp"
	"strconv"
	"strings"
)

// absoluteURL reads a URL without a fragment, because the token of a mailed link is appended as one.
func (r *reader) absoluteURL(name, defaultValue string) string {
	value := r.text(name, defaultValue)
	u, err := url.Parse(value)
	if err != nil || !isWeb(u) || u.User != nil || strings.Contains(value, "#") {
		r.problem(name, "%s is not an absolute URL without user and fragment, such as https://blog.example.com", shown(value))
		return defaultValue
	}
	return value
}

func (r *reader) baseURL(name, defaultValue string) string {
	value := r.absoluteURL(name, defaultValue)
	if strings.Contains(value, "?") {
		r.problem(name, "%q has a query: remove it", value)
		return defaultValue
	}
	return strings.TrimRight(value, "/")
}

func isWeb(u *url.URL) bool {
	return (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != ""
}

func (r *reader) listenAddress(name, defaultValue string) string {
	value := r.text(name, defaultValue)
	_, port, err := net.SplitHostPort(value)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	if err != nil {
		r.problem(name, "%q is not HOST:PORT or :PORT, such as 127.0.0.1:8000 or :8000", value)
	}
	return value
}

var prefixPattern = regexp.MustCompile(`^(/[A-Za-z0-9._~-]+)*$`)

// pathPrefix distinguishes an empty setting, which means the root, from an unset one.
func (r *reader) pathPrefix(name, defaultValue string) string {
	value, ok := r.env[name]
	if !ok {
		return defaultValue
	}
	prefix := strings.TrimRight(value, "/")
	if prefix != "" && prefix[0] != '/' {
		prefix = "/" + prefix
	}
	if !prefixPattern.MatchString(prefix) || prefix != "" && path.Clean(prefix) != prefix {
		r.problem(name, "%q is not a path such as /api or /api/v1, and not empty", value)
	}
	return prefix
}

var schemePattern = regexp.MustCompile(`^[a-z][a-z0-9]*$`)

func (r *reader) databaseURL(name, defaultValue string) string {
	value := r.text(name, defaultValue)
	file, isSQLite := strings.CutPrefix(value, "sqlite:")
	if isSQLite && file != "" {
		return value
	}
	u, err := url.Parse(value)
	if err == nil && (u.Scheme == "postgres" || u.Scheme == "postgresql") && u.Opaque == "" {
		return value
	}
	given := "the value, not shown because it may contain a password,"
	if scheme, _, ok := strings.Cut(value, "://"); ok && schemePattern.MatchString(scheme) {
		given = scheme + "://…"
	}
	r.problem(name, "%s is not supported: use sqlite:FILE, or postgres://USER:PASSWORD@HOST:PORT/DATABASE with special characters percent-encoded", given)
	return value
}

func (r *reader) networks(name string) []netip.Prefix {
	var networks []netip.Prefix
	for _, item := range r.list(name) {
		network, err := netip.ParsePrefix(item)
		if err == nil && network.Addr().Is4In6() && network.Bits() >= 96 {
			network = netip.PrefixFrom(network.Addr().Unmap(), network.Bits()-96)
		}
		if addr, addrErr := netip.ParseAddr(item); addrErr == nil && addr.Zone() == "" {
			addr = addr.Unmap()
			network, err = netip.PrefixFrom(addr, addr.BitLen()), nil
		}
		if err != nil {
			r.problem(name, "%q is not an address or network, such as 10.0.0.1 or 10.0.0.0/8", item)
			continue
		}
		networks = append(networks, network.Masked())
	}
	return networks
}

func (r *reader) origins(name string) []string {
	var origins []string
	for _, item := range r.list(name) {
		if strings.Contains(item, "*") {
			r.problem(name, "%q contains a wildcard: list exact origins, because the API accepts credentials", item)
			continue
		}
		if item != originOf(item) {
			r.problem(name, "%s is not an origin as browsers send it: use lower case, no path and no default port, "+
				"such as https://app.example.com or http://localhost:3000", shown(item))
			continue
		}
		origins = append(origins, item)
	}
	return origins
}

// originOf returns the origin of a URL as browsers send it (RFC 6454, section 6.2), or "".
func originOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || !isWeb(u) {
		return ""
	}
	host := strings.ToLower(u.Host)
	if port := u.Port(); port == "" || (u.Scheme == "http" && port == "80") || (u.Scheme == "https" && port == "443") {
		host = strings.TrimSuffix(host, ":"+port)
	}
	return u.Scheme + "://" + host
}

// shown quotes a URL for a message, unless it may contain a password.
func shown(address string) string {
	if strings.Contains(address, "@") {
		return "a URL with a user"
	}
	return strconv.Quote(address)
}
