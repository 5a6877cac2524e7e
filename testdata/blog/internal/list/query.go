package list

import (
	"errors"
	"fmt"
	"iter"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

const (
	defaultLimit = 20
	maxLimit     = 100
	maxOffset    = 10_000
)

// reserved reports whether name is a standard parameter.
func reserved(name string) bool {
	return slices.Contains([]string{"limit", "cursor", "offset", "sort", "q", "total"}, name)
}

// Resolve parses the parameters of a request and rejects unknown ones. huma would
// ignore some malformed ones.
func (q *Query[T]) Resolve(c huma.Context) []error {
	problems := q.Path.Resolve(c)
	address := c.URL()
	seen := map[string]bool{}
	for name, value := range parameters(address.RawQuery) {
		err := errors.New("must not be repeated")
		if !seen[name] {
			err = q.take(c.Operation(), name, value)
		}
		if err != nil {
			problems = append(problems, &huma.ErrorDetail{Location: "query." + name, Message: err.Error()})
		}
		seen[name] = true
	}
	return problems
}

// parameters iterates over a query string. The server has already checked that it
// can be unescaped.
func parameters(query string) iter.Seq2[string, string] {
	return func(yield func(name, value string) bool) {
		for pair := range strings.SplitSeq(query, "&") {
			name, value, _ := strings.Cut(pair, "=")
			name, _ = url.QueryUnescape(name)
			value, _ = url.QueryUnescape(value)
			if pair != "" && !yield(name, value) {
				return
			}
		}
	}
}

// take parses a parameter.
func (q *Query[T]) take(op *huma.Operation, name, value string) (err error) {
	table := tableOf[T]()
	switch {
	case name == "limit":
		q.Limit, err = number(value, 1, maxLimit)
	case name == "offset":
		q.skips = true
		q.Offset, err = number(value, 0, maxOffset)
	case name == "total":
		q.Total = value == "true"
		if value != "true" && value != "false" {
			err = errors.New("must be true or false")
		}
	case name == "cursor":
		q.Cursor = value
		err = notEmpty(value)
	case name == "sort":
		q.Sort = value
		if err = notEmpty(value); err == nil {
			_, err = table.order(value)
		}
	case name == "q" && len(table.search) > 0:
		q.Q = value
		err = checkLength(value)
	default:
		return q.filter(table, op, name, value)
	}
	return err
}

func (q *Query[T]) filter(table *table, op *huma.Operation, name, value string) error {
	i := slices.IndexFunc(table.filters, func(f filter) bool { return f.parameter() == name })
	if i >= 0 {
		condition, err := table.filters[i].condition(value)
		q.filters = append(q.filters, condition)
		return err
	}
	// An input that embeds this one may have more parameters.
	if slices.ContainsFunc(op.Parameters, func(p *huma.Param) bool { return p.In == "query" && p.Name == name }) {
		return nil
	}
	return errors.New("unknown parameter")
}

func number(text string, least, most int) (int, error) {
	n, err := strconv.Atoi(text)
	if err != nil || n < least || n > most {
		return least, fmt.Errorf("must be a number from %d to %d", least, most)
	}
	return n, nil
}

func notEmpty(text string) error {
	if text == "" {
		return errors.New("must not be empty")
	}
	return nil
}
