package contract

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// attempt is a request that must be rejected with this status and change nothing. If
// it has a field, the error must name it.
type attempt struct {
	what         string // in words, where path and body do not tell
	who          string // ann, where it says nothing
	method, path string
	header       http.Header
	body         string
	status       int
	field        string
}

// TestHostileInputIsRejectedAndChangesNothing sends malformed requests to resources
// of each kind.
func TestHostileInputIsRejectedAndChangesNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles an application")
	}
	blog := write(t,
		"Category name:string:40:unique:sort -p --soft-delete",
		"Post title:string:max=200:sort:filter:search body:text:search status:enum:draft,published:default=draft published:bool "+
			"views:int:filter:optional hits:bigint:optional price:money:filter:optional ratio:float:optional at:datetime:filter:sort:optional day:date:optional "+
			"category:ref=Category:optional code:string:optional:readonly secret:string:optional:hidden kind:string:immutable:default=plain -p --soft-delete",
		"Comment body:text --parent Post -p",
		"Page title:string:search:filter:sort meta:json:optional --public-read",
		"Topic name:string:40:unique:sort --shared",
		"Event name:string",
	)
	blog.onEachDatabase(t, func(t *testing.T, s *service) {
		w := s.prepare(t)
		t.Run("ids", w.refuse(w.hostileIDs()))
		t.Run("lists", w.refuse(w.hostileLists()))
		t.Run("cursors", w.refuse(w.hostileCursors(t)))
		t.Run("bodies", w.refuse(w.hostileBodies()))
		t.Run("values", w.refuse(w.hostileValues()))
		t.Run("content types", w.refuse(w.hostileTypes()))
		t.Run("headers", w.refuse(w.hostileHeaders()))
		t.Run("rows of others", w.refuse(w.rowsOfOthers()))
		t.Run("unusual values", w.keepUnusualValues)
		t.Run("literal", w.readLiterally)
		t.Run("cursor of another", w.useCursorOfAnother)
		t.Run("ignored members", w.sendIgnoredMembers)
		t.Run("ignored headers", w.sendIgnoredHeaders)
		t.Run("parallel", w.writeInParallel)
	})
}

// world is a service with rows, and the IDs of some of them.
type world struct {
	*service
	category, hidden, bobsCategory int64 // hidden is one of ann's that she has deleted
	post, deleted, bobsPost        int64 // deleted is another of hers
	comment, bobsComment           int64
	page, topic, event             int64
}

// titles are the titles of ann's posts. Each contains text that has a special
// meaning in LIKE or SQL.
var titles = []string{"100%", "100 percent", "a_b", "axb", `back\slash`, "O'Brien", `" OR ""="`, "plain"}

// prepare creates rows of ann and bob.
func (s *service) prepare(t *testing.T) *world {
	t.Helper()
	w := &world{service: s}
	w.category = w.make(t, "ann", "/categories", `{"name":"kept"}`)
	w.hidden = w.make(t, "ann", "/categories", `{"name":"hidden"}`)
	w.bobsCategory = w.make(t, "bob", "/categories", `{"name":"bob's"}`)
	for i, title := range titles {
		encoded, err := json.Marshal(title)
		must(t, err)
		w.post = w.make(t, "ann", "/posts", fmt.Sprintf(`{"title":%s,"body":"text %d","views":%d,"at":"2026-01-0%dT00:00:00Z","category_id":%d}`, encoded, i, i, i+1, w.category))
	}
	w.deleted = w.make(t, "ann", "/posts", `{"title":"deleted","body":"b"}`)
	w.bobsPost = w.make(t, "bob", "/posts", `{"title":"plain","body":"bob's secret"}`)
	w.comment = w.make(t, "ann", fmt.Sprintf("/posts/%d/comments", w.post), `{"body":"c"}`)
	w.bobsComment = w.make(t, "bob", fmt.Sprintf("/posts/%d/comments", w.bobsPost), `{"body":"bob's secret"}`)
	w.page = w.make(t, "bob", "/pages", `{"title":"page","meta":{"a":[1,null]}}`)
	w.topic = w.make(t, "ann", "/topics", `{"name":"topic"}`)
	w.event = w.make(t, "nobody", "/events", `{"name":"event"}`)
	s.callers["ann"].json(t, "DELETE", fmt.Sprintf("/categories/%d", w.hidden), "").want(t, 204)
	s.callers["ann"].json(t, "DELETE", fmt.Sprintf("/posts/%d", w.deleted), "").want(t, 204)
	return w
}

// make creates a row and returns its ID.
func (s *service) make(t *testing.T, who, path, body string) int64 {
	t.Helper()
	var row struct{ ID int64 }
	must(t, json.Unmarshal(s.callers[who].json(t, "POST", path, body).want(t, 201).body, &row))
	return row.ID
}

// refuse sends attempts and checks that the rows are unchanged after each.
func (w *world) refuse(attempts []attempt) func(*testing.T) {
	return func(t *testing.T) {
		before := w.dump(t)
		for _, a := range attempts {
			a.send(t, w.service)
			if after := w.dump(t); after != before {
				t.Fatalf("%s has changed rows:\n%s", a, difference(before, after))
			}
		}
		t.Logf("%d attempts", len(attempts))
		w.callers["ann"].json(t, "GET", fmt.Sprintf("/posts/%d", w.post), "").want(t, 200)
	}
}

func (a attempt) send(t *testing.T, s *service) {
	t.Helper()
	if a.who == "" {
		a.who = "ann"
	}
	if a.header == nil {
		a.header = http.Header{"Content-Type": {"application/json"}}
	}
	r := s.callers[a.who].send(t, a.method, a.path, a.header, a.body)
	if r.status != a.status {
		t.Errorf("%s: status %d, want %d: %.300s", a, r.status, a.status, r.body)
	} else if a.field != "" && !strings.Contains(string(r.body), `{"field":"`+a.field+`",`) {
		t.Errorf("%s: no error names %s: %.300s", a, a.field, r.body)
	}
}

func (a attempt) String() string {
	return fmt.Sprintf("%s %s %.150s %.150s", a.what, a.method, a.path, a.body)
}

// dump returns the content of all tables.
func (s *service) dump(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	for _, table := range []string{"users", "categories", "posts", "comments", "pages", "topics", "events"} {
		var rows []map[string]any
		must(t, s.db.Table(table).Order("id").Find(&rows).Error)
		for _, row := range rows {
			encoded, err := json.Marshal(row)
			must(t, err)
			fmt.Fprintf(&all, "%s %s\n", table, encoded)
		}
	}
	return all.String()
}

// difference returns the lines that are in only one of two texts.
func difference(before, after string) string {
	var all strings.Builder
	for line := range strings.Lines(before) {
		if !strings.Contains(after, line) {
			all.WriteString("- " + line)
		}
	}
	for line := range strings.Lines(after) {
		if !strings.Contains(before, line) {
			all.WriteString("+ " + line)
		}
	}
	return all.String()
}
