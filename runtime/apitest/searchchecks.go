package apitest

import (
	"net/url"
	"slices"
	"strings"
)

// searchChecks test which rows a list finds, and in which order.
func searchChecks() []check {
	return []check{
		{"a list can be filtered", has(Suite.filters), (*run).filtersLists},
		{"a list can be sorted", has(Suite.sorts), (*run).sortsLists},
		{"a list can be searched", has(Suite.searches), (*run).searchesLists},
	}
}

func (s Suite) filters(f Field) bool {
	return f.settable() && !s.isSelf(f) && f.filtered() && len(queryText(f.sample())) < 200
}

func (r *run) filtersLists() {
	for _, f := range r.where(r.filters) {
		sample, other := r.value(r.ann, f), r.other(r.ann, f)
		if f.Unique && !f.isReference() {
			sample = f.sample()
		}
		alike, unlike := f.queries(sample, other)
		first, second := r.create(r.ann, map[string]any{f.Name: sample}), r.create(r.ann, map[string]any{f.Name: other})
		r.wantOnly(first, alike)
		r.wantOnly(second, unlike)
		if both := f.Name + ".in=" + url.QueryEscape(queryText(sample)+","+queryText(other)); len(r.listed(r.ann, both)) != 2 {
			r.t.Errorf("%s: listed %v, want both rows", both, r.listed(r.ann, both))
		}
		r.ann.Delete(first).Want(204)
		r.ann.Delete(second).Want(204)
	}
}

// wantOnly fails the check unless each query finds and counts this row only.
func (r *run) wantOnly(path string, queries []string) {
	r.t.Helper()
	for _, query := range queries {
		page := r.ann.Get(r.List(r.ann) + "?total=true&" + query).Want(200)
		if got := r.paths(r.ann, page); !slices.Equal(got, []string{path}) || page.Member("total") != 1.0 {
			r.t.Errorf("%s: listed %v of %v, want only %s", page.request, got, page.Member("total"), path)
		}
	}
}

// queries returns queries that find only the row with the sample, and queries that find only the other row.
func (f Field) queries(sample, other any) (alike, unlike []string) {
	query := func(operator string, value any) string {
		return f.Name + operator + "=" + url.QueryEscape(queryText(value))
	}
	if slices.Contains([]string{"limit", "cursor", "offset", "sort", "q", "total"}, f.Name) {
		alike = []string{query(".in", sample)}
	} else {
		alike = []string{query("", sample)}
	}
	switch {
	case !f.lists("filter"):
	case f.ordered():
		alike = append(alike, query(".lte", sample), query(".lt", other))
		unlike = []string{query(".gte", other), query(".gt", sample)}
	case f.kind() == text && f.OneOf == nil:
		alike = append(alike, query(".contains", inner(queryText(sample))))
	}
	return alike, unlike
}

// inner returns a text without its first and last letter, unless it is too short.
func inner(text string) string {
	if len(text) < 3 {
		return text
	}
	return text[1 : len(text)-1]
}

// sorts leaves out enums, whose order depends on the database.
func (s Suite) sorts(f Field) bool {
	return f.settable() && !s.isSelf(f) && f.lists("sort") && f.OneOf == nil
}

func (r *run) sortsLists() {
	for _, f := range r.where(r.sorts) {
		first, last := r.value(r.ann, f), r.other(r.ann, f)
		switch {
		case f.kind() == boolean:
			first, last = false, true
		case !f.isReference():
			first = f.sample()
		}
		high, low := r.create(r.ann, map[string]any{f.Name: last}), r.create(r.ann, map[string]any{f.Name: first})
		r.wantListed(r.ann, "sort="+f.Name, low, high)
		r.wantListed(r.ann, "sort=-"+f.Name, high, low)
		r.ann.Delete(low).Want(204)
		r.ann.Delete(high).Want(204)
	}
}

// searches reports whether q= with the inner part of the sample finds a row by this field only.
func (s Suite) searches(f Field) bool {
	sample := queryText(f.sample())
	if !f.settable() || f.Unique || !f.lists("search") || len(sample) < 3 || len(sample) > 200 {
		return false
	}
	return s.where(func(other Field) bool {
		held := queryText(other.second()) + queryText(other.Default)
		if other.Name != f.Name {
			held += queryText(other.sample())
		}
		if other.New != nil {
			held += queryText(other.New(1))
		}
		return other.lists("search") && strings.Contains(strings.ToLower(held), strings.ToLower(inner(sample)))
	}) == nil
}

func (r *run) searchesLists() {
	others := map[string]any{}
	for _, f := range r.where(func(f Field) bool { return f.settable() && f.lists("search") && !f.Unique }) {
		others[f.Name] = f.second()
	}
	r.create(r.ann, others)
	for _, f := range r.where(r.searches) {
		body := map[string]any{}
		for name, value := range others {
			body[name] = value
		}
		body[f.Name] = f.sample()
		path, sample := r.create(r.ann, body), queryText(f.sample())
		r.wantListed(r.ann, "q="+url.QueryEscape(inner(sample)), path)
		r.wantListed(r.ann, "q="+url.QueryEscape(strings.ToUpper(sample)), path)
		r.wantListed(r.ann, "q="+url.QueryEscape(sample+"%"))
		r.wantListed(r.ann, "q="+url.QueryEscape("_"+sample[1:]))
		r.ann.Delete(path).Want(204)
	}
}
