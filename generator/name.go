package generator

import (
	"strings"

	"github.com/iancoleman/strcase"
	"github.com/jinzhu/inflection"
)

// A Name is one thing in all the spellings that an application uses for it.
type Name struct {
	Type    string // OrderItem: the Go type
	Var     string // orderItem: a local variable
	Package string // orderitem: the package, its folder and its file
	Snake   string // order_item: a member of JSON, a column
	Table   string // order_items: the table, and the path; what gorm derives from Type
	Human   string // order item: in a sentence
	Humans  string // order items
}

// newName derives every spelling from the words of a singular.
func newName(words []string) Name {
	snake := strings.Join(words, "_")
	table := inflection.Plural(snake)
	return Name{
		Type:    goName(words),
		Var:     goVar(words),
		Package: strings.Join(words, ""),
		Snake:   snake,
		Table:   table,
		Human:   strcase.ToDelimited(snake, ' '),
		Humans:  strcase.ToDelimited(table, ' '),
	}
}

// split cuts any spelling (order-item, OrderItem, order_items, HTTPServer)
// into lower-case words.
func split(s string) []string {
	var words []string
	start := 0
	cut := func(end int) {
		if end > start {
			words = append(words, strings.ToLower(s[start:end]))
		}
		start = end
	}
	for i := range len(s) {
		switch c := s[i]; {
		case c == '_' || c == '-' || c == ' ':
			cut(i)
			start = i + 1
		case i > start && isUpper(c) && (!isUpper(s[i-1]) || startsWord(s[i:])):
			cut(i)
		}
	}
	cut(len(s))
	return words
}

// startsWord tells the S of "HTTPServer", which begins a word, from the S of
// "HTTP" and the L of "URLs", which do not.
func startsWord(s string) bool {
	return len(s) > 1 && isLower(s[1]) && s[1:] != "s"
}

// merge joins words that gorm would not keep apart in a Go name: post_2 is
// Post2, of which gorm makes post2; i_pod would be IPod, of which it makes ipod.
func merge(words []string) []string {
	var merged []string
	for i, w := range words {
		if i > 0 && (isDigit(w[0]) || len(merged[len(merged)-1]) == 1) {
			merged[len(merged)-1] += w
		} else {
			merged = append(merged, w)
		}
	}
	return merged
}

func goName(words []string) string {
	var b strings.Builder
	for _, w := range words {
		b.WriteString(capital(w))
	}
	return b.String()
}

func goVar(words []string) string {
	return words[0] + goName(words[1:])
}

func capital(word string) string {
	switch word {
	case "":
		return ""
	// The initialisms of golint, as far as gorm knows them too; it makes http_s of HTTPS.
	case "api", "ascii", "cpu", "css", "dns", "eof", "guid", "html", "http", "id", "ip", "json", "lhs",
		"qps", "ram", "rhs", "rpc", "sla", "smtp", "ssh", "tls", "ttl", "uid", "ui", "uuid", "uri", "url",
		"utf8", "vm", "xml", "xsrf", "xss":
		return strings.ToUpper(word)
	}
	return strings.ToUpper(word[:1]) + word[1:]
}

// singular is what inflection says, but for words that only look like plurals
// to it: status, basis, canvas, quota.
func singular(word string) string {
	switch word {
	case "atlas", "bias", "canvas", "christmas", "gas", "lens":
		return word
	case "gurus", "menus":
		return strings.TrimSuffix(word, "s")
	}
	for _, ending := range []string{"ia", "is", "ss", "ta", "us"} {
		if strings.HasSuffix(word, ending) {
			return word
		}
	}
	if one := inflection.Singular(word); one != "" {
		return one
	}
	return word
}

func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }
func isLower(c byte) bool { return 'a' <= c && c <= 'z' }
func isDigit(c byte) bool { return '0' <= c && c <= '9' }
