package post_test

import (
	"fmt"
	"maps"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"example.com/blog/app"
	"example.com/blog/internal/apitest"
)

func start(t *testing.T) *apitest.App {
	t.Parallel()
	return apitest.New(t, app.Build)
}

// ann calls the API, and may do so.
func ann(app *apitest.App) *apitest.Client { return app.User("ann") }

// collection is the path of the posts that a client calls.
func collection(*apitest.Client) string { return "/api/posts" }

// with returns a body that every rule allows, but for the members given.
func with(_ *apitest.Client, members map[string]any) map[string]any {
	body := map[string]any{
		"title":     "first title",
		"body":      "first body",
		"published": true,
	}
	maps.Copy(body, members)
	return body
}

// create makes a row and returns its path.
func create(c *apitest.Client, members map[string]any) string {
	return c.Post(collection(c), with(c, members)).Want(201).Header.Get("Location")
}

// listed returns the paths of the rows on the page that a query gives.
func listed(c *apitest.Client, query string) []string {
	return paths(c, c.Get(collection(c)+"?"+query).Want(200))
}

func paths(c *apitest.Client, answer *apitest.Response) []string {
	var page struct{ Items []struct{ ID int64 } }
	answer.Decode(&page)
	all := []string{}
	for _, item := range page.Items {
		all = append(all, fmt.Sprintf("%s/%d", collection(c), item.ID))
	}
	return all
}

func TestPostIsReadAsItWasCreated(t *testing.T) {
	c := ann(start(t))
	body := with(c, nil)
	created := c.Post(collection(c), body).Want(201)
	read := c.Get(created.Header.Get("Location")).Want(200)
	if string(read.Body) != string(created.Body) || read.Header.Get("ETag") != created.Header.Get("ETag") {
		t.Errorf("created %s, read %s", created.Body, read.Body)
	}
	c.Get(created.Header.Get("Location")+"/").WantHeader("ETag", read.Header.Get("ETag"))
	for name, want := range body {
		if got := read.Member(name); !reflect.DeepEqual(got, want) {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
}

func TestDeletedPostIsNotFound(t *testing.T) {
	c := ann(start(t))
	path := create(c, nil)
	c.Delete(path).Want(204)
	c.Get(path).Want(404)
	c.Put(path, with(c, nil)).Want(404)
	c.Patch(path, with(c, nil)).Want(404)
	c.Delete(path).Want(404)
	if paths := listed(c, ""); len(paths) != 0 {
		t.Errorf("listed %v", paths)
	}
}

func TestWhatWasReadCanBeSentBack(t *testing.T) {
	c := ann(start(t))
	path := create(c, nil)
	read := c.Get(path).Want(200)
	c.Put(path, string(read.Body)).Want(200)
	c.Patch(path, map[string]any{"id": 0, "user_id": 0, "created_at": nil}).Want(200)
	after := c.Get(path).Want(200)
	for _, name := range []string{"id", "user_id", "created_at"} {
		if got, want := after.Member(name), read.Member(name); got != want {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
}

func TestListIsReadPageByPage(t *testing.T) {
	app := start(t)
	c := ann(app)
	var made []string
	for i, hour := range []int{3, 2, 2, 2, 1} {
		made = append(made, create(c, nil))
		app.Set("posts", apitest.ID(made[i]), "created_at", time.Date(2026, 1, 1, hour, 0, 0, 0, time.UTC))
	}
	byAge := []string{made[4], made[1], made[2], made[3], made[0]}
	for sort, want := range map[string][]string{"id": made, "created_at": byAge, "-id": backward(made), "-created_at": backward(byAge)} {
		var got []string
		query := collection(c) + "?limit=2&total=true&sort=" + sort
		for page, cursor := 0, ""; page < 3; page++ {
			read := c.Get(query + cursor).Want(200)
			got = append(got, paths(c, read)...)
			next, more := read.Member("next_cursor").(string)
			if total := read.Member("total"); total != 5.0 || more != (page < 2) {
				t.Errorf("by %s, page %d: %v rows in all, the next cursor is %q", sort, page, total, next)
			}
			cursor = "&cursor=" + next
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("by %s: listed %v, want %v", sort, got, want)
		}
	}
	if got := listed(c, "offset=4"); !reflect.DeepEqual(got, made[4:]) {
		t.Errorf("behind four rows: listed %v, want %v", got, made[4:])
	}
	next, _ := c.Get(collection(c) + "?limit=2&sort=created_at").Want(200).Member("next_cursor").(string)
	for _, query := range []string{"sort=-created_at", "sort=id", "limit=2", "sort=created_at&offset=2"} {
		c.Get(collection(c) + "?" + query + "&cursor=" + next).WantField("cursor")
	}
}

func backward(paths []string) []string {
	paths = slices.Clone(paths)
	slices.Reverse(paths)
	return paths
}

func TestListHasTwentyRowsAndNoTotalUnlessAsked(t *testing.T) {
	c := ann(start(t))
	page := c.Get(collection(c)).Want(200).Object()
	if want := map[string]any{"items": []any{}, "limit": 20.0, "next_cursor": nil}; !reflect.DeepEqual(page, want) {
		t.Errorf("the page is %v, want %v", page, want)
	}
	if offset := c.Get(collection(c) + "?offset=7").Want(200).Member("offset"); offset != 7.0 {
		t.Errorf("the offset is %v", offset)
	}
}

func TestInvalidListParameterIsRefused(t *testing.T) {
	c := ann(start(t))
	for query, parameter := range map[string]string{
		"limit=0": "limit", "limit=101": "limit", "limit=-1": "limit", "limit=abc": "limit", "limit=5&limit=7": "limit",
		"cursor=abc": "cursor", "offset=10001": "offset", "sort=updated_at": "sort", "sort=id;drop": "sort",
		"sort=(select+1)": "sort", "unknown.parameter=2": "unknown.parameter", "id.in=1": "id.in", "updated_at.in=2026-01-01T00:00:00Z": "updated_at.in",
		"sort=title":              "sort",
		"title.in=a":              "title.in",
		"sort=body":               "sort",
		"body.in=a":               "body.in",
		"sort=published":          "sort",
		"published.in=no%20value": "published.in",
	} {
		c.Get(collection(c) + "?" + query).WantField(parameter)
	}
}

func TestInvalidFieldIsRefused(t *testing.T) {
	c := ann(start(t))
	path := create(c, nil)
	before := c.Get(path).Want(200)
	for _, invalid := range []struct {
		field string
		value any
	}{
		{"title", nil},
		{"title", 1},
		{"title", ""},
		{"title", strings.Repeat("a", 201)},
		{"body", nil},
		{"body", 1},
		{"body", ""},
		{"published", nil},
		{"published", "true"},
		{"published", 1},
		{"not a field", 1},
		{"Title", "first title"},
	} {
		body, whole := map[string]any{invalid.field: invalid.value}, before.Object()
		c.Post(collection(c), with(c, body)).WantField(invalid.field)
		c.Patch(path, body).WantField(invalid.field)
		maps.Copy(whole, body)
		c.Put(path, whole).WantField(invalid.field)
	}
	if after := c.Get(path).Want(200); string(after.Body) != string(before.Body) {
		t.Errorf("what was refused changed the row to %s", after.Body)
	}
}

func TestBoundaryValueIsKept(t *testing.T) {
	c := ann(start(t))
	for _, valid := range []struct {
		field string
		value any
	}{
		{"title", "a"},
		{"title", strings.Repeat("é", 200)},
		{"body", "a"},
		{"published", true},
		{"published", false},
	} {
		path := create(c, map[string]any{valid.field: valid.value})
		if got := c.Get(path).Want(200).Member(valid.field); !reflect.DeepEqual(got, valid.value) {
			t.Errorf("%s is %v, want %v", valid.field, got, valid.value)
		}
		c.Delete(path).Want(204)
	}
}

func TestMalformedRequestIsRefused(t *testing.T) {
	c := ann(start(t))
	for _, id := range []string{"0", "-1", "abc", "9223372036854775808", "1%20OR%201=1"} {
		for _, method := range []string{"GET", "PUT", "PATCH", "DELETE"} {
			c.Do(method, collection(c)+"/"+id, with(c, nil)).Want(422)
		}
	}
	for _, body := range []string{"", "{", "null", "[]", "{} {}"} {
		if status := c.Post(collection(c), body).Status; status != 400 && status != 422 {
			t.Errorf("the body %q was answered with %d", body, status)
		}
	}
	c.Post(collection(c), strings.Repeat(" ", 2<<20)).Want(413)
	c.With("Content-Type", "text/plain").Post(collection(c), with(c, nil)).Want(415)
}

func TestPutReplacesEveryField(t *testing.T) {
	c := ann(start(t))
	path := create(c, nil)
	body := map[string]any{
		"title": "second title",
		"body":  "second body",
	}
	c.Put(path, body).Want(200)
	after := c.Get(path).Want(200)
	want := map[string]any{
		"published": false,
	}
	maps.Copy(want, body)
	for name, want := range want {
		if got := after.Member(name); !reflect.DeepEqual(got, want) {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
}

func TestPatchChangesOnlyWhatItNames(t *testing.T) {
	c := ann(start(t))
	path := create(c, nil)
	changed := map[string]any{
		"title":     "second title",
		"body":      "second body",
		"published": false,
	}
	for name, value := range changed {
		before := c.Get(path).Want(200)
		time.Sleep(2 * time.Millisecond) // times are kept in milliseconds
		c.Patch(path, map[string]any{name: value}).Want(200)
		after := c.Get(path).Want(200)
		if before.Member("updated_at") == after.Member("updated_at") || before.Member("created_at") != after.Member("created_at") {
			t.Errorf("after a patch of %s the times are %s", name, after.Body)
		}
		for other := range changed {
			want := before.Member(other)
			if other == name {
				want = value
			}
			if got := after.Member(other); !reflect.DeepEqual(got, want) {
				t.Errorf("after a patch of %s: %s is %v, want %v", name, other, got, want)
			}
		}
	}
}

func TestStaleWriteIsRefused(t *testing.T) {
	c := ann(start(t))
	path := create(c, nil)
	old := c.Get(path).Want(200).Header.Get("ETag")
	changed := c.With("If-Match", old).Patch(path, map[string]any{"title": "second title"}).Want(200)
	stale := c.With("If-Match", old)
	stale.Patch(path, map[string]any{"title": "first title"}).Want(412)
	stale.Put(path, with(c, nil)).Want(412)
	stale.Delete(path).Want(412)
	if read := c.Get(path).Want(200); string(read.Body) != string(changed.Body) {
		t.Errorf("a stale write changed the row to %s", read.Body)
	}
	c.With("If-Match", changed.Header.Get("ETag")).Delete(path).Want(204)
}

func TestParallelChangesLoseNothing(t *testing.T) {
	app := start(t)
	c := ann(app)
	app.Slow(5 * time.Millisecond) // so that both have read the row before one writes it, if they can
	first := map[string]any{"title": "second title"}
	second := map[string]any{"body": "second body"}
	for range 3 {
		path := create(c, nil)
		var both sync.WaitGroup
		for _, patch := range []map[string]any{first, second} {
			both.Go(func() {
				if answer := c.Patch(path, patch); answer.Status != 200 {
					t.Errorf("status %d: %s", answer.Status, answer.Body)
				}
			})
		}
		both.Wait()
		read := c.Get(path).Want(200)
		for name, want := range map[string]any{"title": first["title"], "body": second["body"]} {
			if got := read.Member(name); !reflect.DeepEqual(got, want) {
				t.Errorf("%s is %v, want %v", name, got, want)
			}
		}
		c.Delete(path).Want(204)
	}
}

func TestRequiredFieldIsMissed(t *testing.T) {
	c := ann(start(t))
	path := create(c, nil)
	for _, required := range []string{
		"title",
		"body",
	} {
		body := with(c, nil)
		delete(body, required)
		c.Post(collection(c), body).WantField(required)
		c.Put(path, body).WantField(required)
	}
}

func TestFieldsThatAreLeftOutHaveTheirDefaults(t *testing.T) {
	c := ann(start(t))
	body := with(c, nil)
	want := map[string]any{
		"published": false,
	}
	for name := range want {
		delete(body, name)
	}
	created := c.Post(collection(c), body).Want(201)
	for name, want := range want {
		if got := created.Member(name); !reflect.DeepEqual(got, want) {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
}

func TestARequestNeedsAToken(t *testing.T) {
	app := start(t)
	c := ann(app)
	path, body := create(c, nil), with(c, nil)
	all, anybody := collection(c), app.Anonymous()
	for _, at := range []string{path, all + "/999999"} {
		for _, method := range []string{"GET", "PUT", "PATCH", "DELETE"} {
			anybody.Do(method, at, body).Want(401)
			anybody.Do(method, at, nil).Want(401)
		}
	}
	anybody.Post(all, body).Want(401)
	anybody.Post(all, "{").Want(401)
	anybody.Get(all).Want(401)
}

func TestRoutesSayWhoMayCall(t *testing.T) {
	const all = "/api/posts"
	for _, route := range start(t).Server.Routes() {
		want := "owner"
		if slices.Contains([]string{all, all + "/{id}", all + "/{id}/restore"}, route.Path) && route.Who != want {
			t.Errorf("%s %s is for %s, want %s", route.Method, route.Path, route.Who, want)
		}
	}
}

func TestPostOfAnotherUserIsNotFound(t *testing.T) {
	app := start(t)
	ann, bob := ann(app), app.User("bob")
	path := create(ann, nil)
	before := ann.Get(path).Want(200)
	bob.Get(path).Want(404)
	bob.Put(path, with(ann, nil)).Want(404)
	bob.Patch(path, with(ann, nil)).Want(404)
	bob.Delete(path).Want(404)
	if after := ann.Get(path).Want(200); string(after.Body) != string(before.Body) {
		t.Errorf("another user changed the row to %s", after.Body)
	}
}

func TestOwnerIsNeverTakenFromTheBody(t *testing.T) {
	app := start(t)
	ann, bob := ann(app), app.User("bob")
	path := create(ann, map[string]any{"user_id": bob.UserID})
	ann.Patch(path, map[string]any{"user_id": bob.UserID}).Want(200)
	body := ann.Get(path).Want(200).Object()
	body["user_id"] = bob.UserID
	ann.Put(path, body).Want(200)
	if owner := ann.Get(path).Want(200).Member("user_id"); owner != ann.UserID {
		t.Errorf("the row was given to %v", owner)
	}
}

// The rows would be safe if only one statement looked at the owner. That each
// does keeps them safe when one of them is changed.
func TestEveryStatementNamesTheOwner(t *testing.T) {
	app := start(t)
	c := ann(app)
	path := create(c, nil)
	body := c.Get(path).Want(200).Object()
	for _, statement := range app.Statements("posts", func() {
		c.Get(path).Want(200)
		c.Get(collection(c) + "?total=true").Want(200)
		c.Put(path, body).Want(200)
		c.Patch(path, map[string]any{}).Want(200)
		c.Delete(path).Want(204)
	}) {
		if _, condition, _ := strings.Cut(statement, " WHERE "); !strings.Contains(condition, "user_id") {
			t.Errorf("no owner in %s", statement)
		}
	}
}

func TestListShowsOnlyTheUsersOwnRows(t *testing.T) {
	app := start(t)
	ann, bob := ann(app), app.User("bob")
	path := create(ann, nil)
	create(bob, nil)
	for _, query := range []string{"", "total=true", "sort=-created_at", "offset=0"} {
		if got := listed(ann, query); !reflect.DeepEqual(got, []string{path}) {
			t.Errorf("%s: listed %v, want only %s", query, got, path)
		}
	}
	if total := ann.Get(collection(ann) + "?total=true").Want(200).Member("total"); total != 1.0 {
		t.Errorf("%v rows in all, want 1", total)
	}
}

func TestListIsFiltered(t *testing.T) {
	c := ann(start(t))
	for _, filter := range []struct {
		field         string
		sample, other any
		alike, unlike map[string]any // what finds only the row with the sample, and only the other one
	}{
		{"published", true, false, map[string]any{"published": true}, nil},
	} {
		rows := map[string]map[string]any{
			create(c, map[string]any{filter.field: filter.sample}): filter.alike,
			create(c, map[string]any{filter.field: filter.other}):  filter.unlike,
		}
		for path, parameters := range rows {
			for name, value := range parameters {
				query := name + "=" + url.QueryEscape(apitest.Text(value))
				page := c.Get(collection(c) + "?total=true&" + query).Want(200)
				if got := paths(c, page); !reflect.DeepEqual(got, []string{path}) || page.Member("total") != 1.0 {
					t.Errorf("%s: listed %v of %v, want only %s", query, got, page.Member("total"), path)
				}
			}
		}
		if both := listed(c, filter.field+".in="+url.QueryEscape(apitest.Text(filter.sample)+","+apitest.Text(filter.other))); len(both) != 2 {
			t.Errorf("%s.in: listed %v", filter.field, both)
		}
		for path := range rows {
			c.Delete(path).Want(204)
		}
	}
}

// stored returns a row as the table keeps it, but for the columns given.
func stored(c *apitest.Client, columns map[string]any) map[string]any {
	row := map[string]any{
		"user_id": c.UserID,
		"title":   "first title",
		"body":    "first body",
	}
	maps.Copy(row, columns)
	return row
}

// The API is not the only one to write rows: there are commands, too, and
// whoever is logged in to the database.
func TestTableKeepsTheRules(t *testing.T) {
	app := start(t)
	c := ann(app)
	path := fmt.Sprintf("%s/%v", collection(c), c.Insert("posts", stored(c, nil)))
	read := c.Get(path).Want(200)
	for name, want := range map[string]any{
		"published": false,
	} {
		if got := read.Member(name); !reflect.DeepEqual(got, want) {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
	for _, wrong := range []struct {
		column string
		value  any
	}{
		{"user_id", nil},
		{"user_id", 999999},
		{"title", nil},
		{"title", ""},
		{"title", strings.Repeat("a", 201)},
		{"body", nil},
		{"body", ""},
		{"published", nil},
		{"created_at", nil},
		{"updated_at", nil},
	} {
		if _, err := c.TryInsert("posts", stored(c, map[string]any{wrong.column: wrong.value})); err == nil {
			t.Errorf("the table takes %v as %s", wrong.value, wrong.column)
		}
	}
	for _, columns := range []string{"user_id", "user_id,created_at"} {
		if indexes := app.Indexes("posts"); !slices.Contains(indexes, columns) {
			t.Errorf("no index on %s, only on %q", columns, indexes)
		}
	}
}

func TestWhatARowRefersToIsKeptOrTakesItAlong(t *testing.T) {
	app := start(t)
	c := ann(app)
	for _, key := range []struct {
		column, table string
		id            float64
		takesAlong    bool
	}{
		{"user_id", "users", app.User("bob").UserID, true},
	} {
		id := c.Insert("posts", stored(c, map[string]any{key.column: key.id}))
		err := app.Remove(key.table, key.id)
		if (err == nil) != key.takesAlong || app.Has("posts", id) == key.takesAlong {
			t.Errorf("%s, which %s refers to, was deleted: %v", key.table, key.column, err)
		}
	}
}
