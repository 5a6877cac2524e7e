package contract

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestEveryEndpointFollowsTheContract replays the transcripts in each directory
// against an application with their resources.
func TestEveryEndpointFollowsTheContract(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles applications")
	}
	const dir = "testdata/answers"
	folders, err := os.ReadDir(dir)
	must(t, err)
	for _, folder := range folders {
		t.Run(folder.Name(), func(t *testing.T) {
			scripts := readTranscripts(t, filepath.Join(dir, folder.Name()))
			write(t, resourcesOf(scripts)...).onEachDatabase(t, func(t *testing.T, s *service) {
				for _, script := range scripts {
					t.Run(script.name, func(t *testing.T) { s.replay(t, script) })
				}
				t.Run("without a token", s.tryWithoutToken)
				t.Run("as another user", s.tryAsAnotherUser)
			})
		})
	}
}

// tryWithoutToken checks that every guarded operation returns the same 401, whatever
// else is wrong with the request, and whether or not the row exists.
func (s *service) tryWithoutToken(t *testing.T) {
	want := s.callers["nobody"].json(t, "GET", "/auth/me", "").want(t, 401).anonymous()
	forger := &caller{s, "a.b.c"}
	guarded := s.guarded(t)
	if len(guarded) < 6 {
		t.Fatalf("only %d operations are guarded", len(guarded))
	}
	for _, operation := range guarded {
		method, path, _ := strings.Cut(operation, " ")
		for _, id := range []string{"1", "2", "999999", "0", "abc", "9223372036854775808", "1%20OR%201=1"} {
			path := strings.NewReplacer("{id}", id, "{note_id}", id).Replace(path)
			for _, body := range []string{"", "{}", "{", `{"name":"Mine","title":"Mine"}`, strings.Repeat("[", 9999)} {
				for _, c := range []*caller{s.callers["nobody"], forger} {
					header := http.Header{"Content-Type": {"text/plain"}, "If-Match": {`"x"`}}
					if r := c.send(t, method, path+"?limit=abc", header, body).want(t, 401); r.anonymous() != want {
						t.Errorf("%s: %s", r.request, r.body)
					}
				}
			}
		}
	}
}

// guarded returns the resource operations that need a token according to the API
// document.
func (s *service) guarded(t *testing.T) []string {
	t.Helper()
	answer, err := s.client.Get(s.address + "/openapi.json")
	must(t, err)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	must(t, err)
	var document struct {
		Paths map[string]map[string]struct{ Security []any }
	}
	must(t, json.Unmarshal(text, &document))
	var all []string
	for path, operations := range document.Paths {
		for method, operation := range operations {
			below, _ := strings.CutPrefix(path, "/api")
			if len(operation.Security) > 0 && !strings.HasPrefix(below, "/auth/") && below != "/me" {
				all = append(all, strings.ToUpper(method)+" "+below)
			}
		}
	}
	slices.Sort(all)
	return all
}

// tryAsAnotherUser checks that responses about another user's row equal those about
// a row that does not exist, byte for byte.
func (s *service) tryAsAnotherUser(t *testing.T) {
	ann, bob := s.callers["ann"], s.callers["bob"]
	compared := 0
	for _, operation := range s.guarded(t) {
		method, path, _ := strings.Cut(operation, " ")
		collection, verb, item := strings.Cut(path, "/{id}")
		if !item || strings.Contains(collection, "{") {
			continue
		}
		id := ann.owns(t, collection)
		if id == 0 {
			continue
		}
		row := ann.json(t, "GET", fmt.Sprintf("%s/%d", collection, id), "").want(t, 200)
		for _, body := range []string{string(row.body), "{}", "{", `{"colour":1}`, `{"title":"","kind":"rare","shelf_id":999}`} {
			for _, match := range []string{"*", `"x"`, row.header.Get("ETag")} {
				header := http.Header{"Content-Type": {"application/json"}, "If-Match": {match}}
				theirs := bob.send(t, method, fmt.Sprintf("%s/%d%s", collection, id, verb), header, body)
				nobodys := bob.send(t, method, fmt.Sprintf("%s/999999%s", collection, verb), header, body)
				if theirs.seen() != nobodys.seen() || theirs.status < 400 {
					t.Errorf("%s\n is answered with %s\nand %s\n with %s", theirs.request, theirs.seen(), nobodys.request, nobodys.seen())
				}
				compared++
			}
		}
	}
	if compared < 60 {
		t.Errorf("only %d requests were compared", compared)
	}
}

// owns returns the ID of one of the caller's rows, or 0 if rows have no owner or the
// caller may not read them.
func (c *caller) owns(t *testing.T, collection string) int64 {
	t.Helper()
	list := c.json(t, "GET", collection, "")
	if list.status == http.StatusForbidden {
		return 0
	}
	var rows struct {
		Items []struct {
			ID    int64
			Owner int64 `json:"user_id"`
		}
	}
	must(t, json.Unmarshal(list.want(t, 200).body, &rows))
	for _, row := range rows.Items {
		if row.Owner == 0 || row.Owner == 1 {
			return row.ID * row.Owner
		}
	}
	t.Fatalf("%s has no row of this user", collection)
	return 0
}

// seen returns everything that a client sees of a response, except the request ID
// and the time.
func (r *reply) seen() string {
	header := r.header.Clone()
	header.Del("X-Request-Id")
	header.Del("Date")
	return fmt.Sprint(r.status, header, r.anonymous())
}
