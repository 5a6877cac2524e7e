package apitest

import (
	"net/url"
	"slices"
	"time"
)

// listChecks test the pages of a list and the parameters that it rejects.
func listChecks() []check {
	return []check{
		{"a list is paged", always, (*run).listsPageByPage},
		{"a list has 20 rows and no total by default", always, (*run).listsByDefault},
		{"an invalid list parameter is rejected", always, (*run).rejectsInvalidParameters},
	}
}

func (r *run) listsPageByPage() {
	var made []string
	for i, hour := range []int{3, 2, 2, 2, 1} {
		made = append(made, r.create(r.ann, nil))
		r.app.Set(r.Table, ID(made[i]), "created_at", time.Date(2026, 1, 1, hour, 0, 0, 0, time.UTC))
	}
	byAge := []string{made[4], made[1], made[2], made[3], made[0]}
	for sort, want := range map[string][]string{"id": made, "created_at": byAge, "-id": backward(made), "-created_at": backward(byAge)} {
		r.wantPages(sort, want)
	}
	r.wantListed(r.ann, "offset=4", made[4])
	next, _ := r.ann.Get(r.List(r.ann) + "?limit=2&sort=created_at").Want(200).Member("next_cursor").(string)
	for _, query := range []string{"sort=-created_at", "sort=id", "limit=2", "sort=created_at&offset=2"} {
		r.ann.Get(r.List(r.ann) + "?" + query + "&cursor=" + next).WantField("cursor")
	}
}

// wantPages fails the check unless three pages of two list the five rows in this order.
func (r *run) wantPages(sort string, want []string) {
	r.t.Helper()
	var got []string
	for page, cursor := 0, ""; page < 3; page++ {
		read := r.ann.Get(r.List(r.ann) + "?limit=2&total=true&sort=" + sort + cursor).Want(200)
		got = append(got, r.paths(r.ann, read)...)
		next, more := read.Member("next_cursor").(string)
		if total := read.Member("total"); total != 5.0 || more != (page < 2) {
			r.t.Errorf("%s: page %d has the total %v and the next cursor %q", read.request, page, total, next)
		}
		cursor = "&cursor=" + next
	}
	if !slices.Equal(got, want) {
		r.t.Errorf("sort=%s: listed %v, want %v", sort, got, want)
	}
}

func backward(paths []string) []string {
	paths = slices.Clone(paths)
	slices.Reverse(paths)
	return paths
}

func (r *run) listsByDefault() {
	page := r.ann.Get(r.List(r.ann)).Want(200)
	if want := map[string]any{"items": []any{}, "limit": 20, "next_cursor": nil}; !same(page.Object(), want) {
		r.t.Errorf("%s: the page is %s, want %s", page.request, page.Body, jsonText(want))
	}
	r.wantMembers(r.ann.Get(r.List(r.ann)+"?offset=7").Want(200), map[string]any{"offset": 7})
}

func (r *run) rejectsInvalidParameters() {
	reject := func(parameter, query string) { r.ann.Get(r.List(r.ann) + "?" + query).WantField(parameter) }
	for query, parameter := range map[string]string{
		"limit=0": "limit", "limit=101": "limit", "limit=-1": "limit", "limit=abc": "limit", "limit=5&limit=7": "limit",
		"cursor=abc": "cursor", "offset=10001": "offset", "sort=updated_at": "sort", "sort=id;drop": "sort",
		"sort=(select+1)": "sort", "unknown.parameter=2": "unknown.parameter", "id.in=1": "id.in", "updated_at.in=2026-01-01T00:00:00Z": "updated_at.in",
	} {
		reject(parameter, query)
	}
	for _, f := range r.Fields {
		if !f.lists("sort") {
			reject("sort", "sort="+f.Name)
		}
		isText := f.kind() == text
		filter := func(wrong bool, parameter, value string) {
			if wrong {
				reject(parameter, parameter+"="+value)
			}
		}
		filter(!f.filtered(), f.Name+".in", f.inQuery())
		filter(f.lists("equal") && isText, f.Name+".contains", f.inQuery())
		filter(f.lists("equal") && !isText && f.kind() != boolean, f.Name+".gte", f.inQuery())
		filter(f.filtered() && (!isText || f.OneOf != nil), f.Name+".in", "no%20value")
	}
}

// inQuery returns a value of the field for a query.
func (f Field) inQuery() string {
	switch {
	case f.OneOf != nil:
		return f.OneOf[0]
	case f.kind() == text:
		return "a"
	case f.kind() == document, f.isReference():
		return "1"
	}
	return url.QueryEscape(queryText(f.Sample))
}

// queryText returns a JSON value as a query parameter.
func queryText(value any) string {
	if text, ok := value.(string); ok {
		return text
	}
	return jsonText(value)
}
