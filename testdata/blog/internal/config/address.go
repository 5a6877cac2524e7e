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

// absoluteURL has no fragment, since that is where the token of a mailed link goes.
func (r *reader) absoluteURL(name, otherwise string) string {
	value := r.text(name, otherwise)
	u, err := url.Parse(value)
	if err != nil || !isWeb(u) || u.User != nil || strings.Contains(value, "#") {
		r.problem(name, "%s was given, allowed is an absolute address such as https://blog.example.com, without a user or a fragment", shown(value))
		return otherwise
	}
	return value
}

func (r *reader) baseURL(name, otherwise string) string {
	value := r.absoluteURL(name, otherwise)
	if strings.Contains(value, "?") {
		r.problem(name, "%q was given, allowed is an address without a query", value)
		return otherwise
	}
	return strings.TrimRight(value, "/")
}

func isWeb(u *url.URL) bool {
	return (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != ""
}

func (r *reader) listenAddress(name, otherwise string) string {
	value := r.text(name, otherwise)
	_, port, err := net.SplitHostPort(value)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	if err != nil {
		r.problem(name, "%q was given, allowed is HOST:PORT, where the host may be missing: :8000 or 127.0.0.1:8000", value)
	}
	return value
}

var prefixPattern = regexp.MustCompile(`^(/[A-Za-z0-9._~-]+)*$`)

// pathPrefix tells an empty setting, which means the root, from one that is not set.
func (r *reader) pathPrefix(name, otherwise string) string {
	value, ok := r.env[name]
	if !ok {
		return otherwise
	}
	prefix := strings.TrimRight(value, "/")
	if prefix != "" && prefix[0] != '/' {
		prefix = "/" + prefix
	}
	if !prefixPattern.MatchString(prefix) || prefix != "" && path.Clean(prefix) != prefix {
		r.problem(name, "%q was given, allowed is a path such as /api or /api/v1, or nothing", value)
	}
	return prefix
}

var schemePattern = regexp.MustCompile(`^[a-z][a-z0-9]*$`)

func (r *reader) databaseURL(name, otherwise string) string {
	value := r.text(name, otherwise)
	file, isSQLite := strings.CutPrefix(value, "sqlite:")
	if isSQLite && file != "" {
		return value
	}
	u, err := url.Parse(value)
	if err == nil && (u.Scheme == "postgres" || u.Scheme == "postgresql") && u.Opaque == "" {
		return value
	}
	given := "what was given is not shown, since it may hold a password;"
	if scheme, _, ok := strings.Cut(value, "://"); ok && schemePattern.MatchString(scheme) {
		given = scheme + "://… was given,"
	}
	r.problem(name, "%s allowed is sqlite:FILE, or postgres://USER:PASSWORD@HOST:PORT/DATABASE with special characters percent-encoded", given)
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
			r.problem(name, "%q was given, allowed are addresses and networks such as 10.0.0.1 or 10.0.0.0/8", item)
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
			r.problem(name, "%q was given, allowed are exact origins only: the API takes credentials, which a wildcard would open to every site", item)
			continue
		}
		if item != originOf(item) {
			r.problem(name, "%s was given, allowed are exact origins as browsers send them: https://app.example.com or "+
				"http://localhost:3000, in lower case, without a path and without the default port", shown(item))
			continue
		}
		origins = append(origins, item)
	}
	return origins
}

// originOf returns the origin of an address as a browser writes it (RFC 6454, section 6.2), or "".
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

// shown quotes an address for a message, unless it may hold a password.
func shown(address string) string {
	if strings.Contains(address, "@") {
		return "an address with a user"
	}
	return strconv.Quote(address)
}
