package name

import "strings"

// Words splits a name in any case (order-item, OrderItem, order_items, HTTPServer)
// into lower-case words.
func Words(s string) []string {
	var words []string
	start := 0
	cut := func(end int) {
		if end > start {
			words = append(words, initialisms(s[start:end])...)
		}
		start = end
	}
	for i := range len(s) {
		switch c := s[i]; {
		case c == '_' || c == '-' || c == ' ':
			cut(i)
			start = i + 1
		case i > start && IsUpper(c) && (!IsUpper(s[i-1]) || startsWord(s[i:])):
			cut(i)
		}
	}
	cut(len(s))
	return words
}

// initialisms splits adjacent initialisms such as JSONAPI, APIURLs and HTMLJs, and
// leaves other words whole.
func initialisms(s string) []string {
	if IsLower(s[0]) {
		return []string{strings.ToLower(s)}
	}
	rest, hasS := strings.CutSuffix(s, "s")
	var words []string
	for first := initialism(rest); first != ""; first = initialism(rest) {
		words = append(words, strings.ToLower(first))
		rest = rest[len(first):]
	}
	switch {
	case len(words) > 0 && rest == "" && !hasS:
		return words
	case len(words) > 0 && rest == "":
		words[len(words)-1] += "s"
		return words
	case len(words) > 0 && len(rest) == 1 && hasS:
		return append(words, strings.ToLower(rest)+"s")
	}
	return []string{strings.ToLower(s)}
}

// initialism returns the longest initialism that s starts with.
func initialism(s string) string {
	for n := len(s); n > 0; n-- {
		if s[:n] == strings.ToUpper(s[:n]) && isInitialism(strings.ToLower(s[:n])) {
			return s[:n]
		}
	}
	return ""
}

// startsWord reports whether s starts a word: the S of "HTTPServer" does, the L of
// "URLs" does not.
func startsWord(s string) bool {
	return len(s) > 1 && IsLower(s[1]) && s[1:] != "s"
}

// Merge joins words that gorm cannot separate in a Go name: post_2 becomes Post2,
// which gorm turns into post2; i_pod becomes IPod, which it turns into ipod; api_x
// becomes APIX, which cannot be split.
func Merge(words []string) []string {
	var merged []string
	for i, w := range words {
		if i > 0 && (isDigit(w[0]) || len(merged[len(merged)-1]) == 1 || len(w) == 1 && isInitialism(merged[len(merged)-1])) {
			merged[len(merged)-1] += w
		} else {
			merged = append(merged, w)
		}
	}
	return merged
}

// Exported joins words to an exported Go name: OrderItem.
func Exported(words []string) string {
	var b strings.Builder
	for i, w := range words {
		if w == "ui" && i+1 < len(words) && words[i+1][0] == 'd' { // gorm reads UIDevice as UID and evice
			b.WriteString("Ui")
		} else {
			b.WriteString(capital(w))
		}
	}
	return b.String()
}

// Unexported joins words to an unexported Go name: orderItem.
func Unexported(words []string) string {
	return words[0] + Exported(words[1:])
}

func capital(word string) string {
	switch {
	case word == "":
		return ""
	case isInitialism(word):
		return strings.ToUpper(word)
	}
	return strings.ToUpper(word[:1]) + word[1:]
}

// isInitialism reports whether golint and gorm both treat word as an initialism.
// gorm does not know all of them: it turns HTTPS into http_s.
func isInitialism(word string) bool {
	switch word {
	case "api", "ascii", "cpu", "css", "dns", "eof", "guid", "html", "http", "id", "ip", "json", "lhs",
		"qps", "ram", "rhs", "rpc", "sla", "smtp", "ssh", "tls", "ttl", "uid", "ui", "uuid", "uri", "url",
		"utf8", "vm", "xml", "xsrf", "xss":
		return true
	}
	return false
}

// IsUpper reports whether a character is one of A to Z.
func IsUpper(c byte) bool { return 'A' <= c && c <= 'Z' }

// IsLower reports whether a character is one of a to z.
func IsLower(c byte) bool { return 'a' <= c && c <= 'z' }
func isDigit(c byte) bool { return '0' <= c && c <= '9' }
