// Package name converts a name to the cases that an application uses: types,
// variables, packages, tables, and words in a sentence.
package name

import (
	"slices"
	"strings"

	"github.com/iancoleman/strcase"

	"fastgo/generator/fail"
)

// A Name is a name in all cases that an application uses.
type Name struct {
	Type    string // OrderItem: the Go type
	Var     string // orderItem: a local variable
	Package string // orderitem: the package, its directory and its file
	Snake   string // order_item: a JSON member, a column
	Table   string // order_items: the table, and the path
	Human   string // order item: in a sentence
	Humans  string // order items
}

// Parse parses the name of a resource in any case, singular or plural. If plural
// is not empty, it overrides the English plural. The error says why a name cannot
// be used and suggests another.
func Parse(name, plural string) (Name, error) {
	var errs []error
	if why := CheckLetters(name); why != "" {
		errs = append(errs, fail.Usage("resource %q: %s", name, why))
	}
	if why := CheckLetters(plural); why != "" && plural != "" {
		errs = append(errs, fail.Usage("--plural %q: %s", plural, why))
	}
	if errs != nil {
		return Name{}, fail.Join(errs...)
	}
	one, many := bothNumbers(Merge(Words(name)), Merge(Words(plural)))
	n := New(one, many)
	if why := n.Taken(); why != "" {
		return Name{}, fail.Usage("resource %q: %s", name, why)
	}
	switch why := takenTable(n.Table); {
	case why != "" && plural != "":
		return Name{}, fail.Usage("--plural %q: %s; use another plural, such as item_%s", plural, why, n.Table)
	case why != "":
		return Name{}, fail.Usage("resource %q: %s; use a more specific name, such as Item%s, or another --plural", name, why, n.Type)
	}
	return n, nil
}

// CheckReference returns why no resource can have the name, whatever its plural, or
// "" if one can.
func CheckReference(given string) string {
	if why := CheckLetters(given); why != "" {
		return why
	}
	words, one := Merge(Words(given)), SingularWords(given)
	switch {
	case strings.Join(one, "_") == "user":
		return "users are built in and not a resource; -p stores the owner of each row in user_id"
	case New(words, words).Taken() == "":
		return ""
	}
	return New(one, one).Taken()
}

// Snake converts a name to snake case and keeps its number.
func Snake(given string) string { return strings.Join(Merge(Words(given)), "_") }

// SingularWords returns the words of a name, the last one in the singular.
func SingularWords(given string) []string { return Merge(WithLast(Words(given), Singular)) }

// New returns the name with the words of the singular and the plural.
func New(one, many []string) Name {
	n := Name{
		Type:    Exported(one),
		Var:     Unexported(one),
		Package: strings.Join(one, ""),
		Snake:   strings.Join(one, "_"),
		Table:   strings.Join(many, "_"),
	}
	n.Human, n.Humans = strcase.ToDelimited(n.Snake, ' '), strcase.ToDelimited(n.Table, ' ')
	if isLocal(n.Var) {
		n.Var = "row"
	}
	return n
}

// Plural returns the plural to pass to Parse for this name; it is empty if the
// English plural is right.
func (n Name) Plural() string {
	if english, err := Parse(n.Type, ""); err == nil && english == n {
		return ""
	}
	return n.Table
}

// Is reports whether name, in any case, means this one. Unlike Parse it considers
// the plural that was given.
func (n Name) Is(name string) bool {
	words := Merge(Words(name))
	snake := strings.Join(words, "_")
	return snake == n.Snake || snake == n.Table || strings.Join(SingularWords(name), "_") == n.Snake
}

// bothNumbers returns the words of the singular and the plural. A name that only
// looks like a plural is kept if the given plural implies it: Jenkins, with the
// plural jenkinses or jenkins.
func bothNumbers(name, given []string) (one, many []string) {
	one = Merge(WithLast(name, Singular))
	many = WithLast(one, Plural)
	switch {
	case len(given) == 0:
		return one, many
	case slices.Equal(given, WithLast(name, Plural)), slices.Equal(given, name) && slices.Equal(given, many):
		return name, given
	}
	return one, given
}

// WithLast changes the last word, the one that has a number.
func WithLast(words []string, change func(string) string) []string {
	words = slices.Clone(words)
	if n := len(words); n > 0 {
		words[n-1] = change(words[n-1])
	}
	return words
}

// ParsePackage parses the name of a package other than a resource, in any case. It
// keeps the number.
func ParsePackage(what, given string) (Name, error) {
	if why := CheckLetters(given); why != "" {
		return Name{}, fail.Usage("%s %q: %s", what, given, why)
	}
	words := Merge(Words(given))
	n := New(words, words)
	if why := n.Taken(); why != "" {
		return Name{}, fail.Usage("%s %q: %s", what, given, why)
	}
	return n, nil
}
