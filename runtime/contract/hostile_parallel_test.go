package contract

import (
	"fmt"
	"net/http"
	"sync"
	"testing"
)

// writeInParallel checks that concurrent writes are serializable.
func (w *world) writeInParallel(t *testing.T) {
	ann, path := w.callers["ann"], fmt.Sprintf("/posts/%d", w.post)
	t.Run("200 patches of two fields lose neither", func(t *testing.T) {
		for round := range 100 {
			statuses := together(t, 2, func(i int) *reply {
				return ann.json(t, "PATCH", path, fmt.Sprintf(`{"%s":"round %d"}`, []string{"title", "body"}[i], round))
			})
			want := fmt.Sprintf("round %d", round)
			if r := ann.json(t, "GET", path, ""); r.member("title") != want || r.member("body") != want || statuses[200] != 2 {
				t.Fatalf("round %d: %v, %s", round, statuses, r.body)
			}
		}
		statuses := together(t, 200, func(i int) *reply {
			return ann.json(t, "PATCH", path, fmt.Sprintf(`{"%s":"at once"}`, []string{"title", "body"}[i%2]))
		})
		if r := ann.json(t, "GET", path, ""); r.member("title") != "at once" || r.member("body") != "at once" || statuses[200] != 200 {
			t.Errorf("at once: %v, %s", statuses, r.body)
		}
	})
	t.Run("one of 50 with the same ETag wins", func(t *testing.T) {
		header := http.Header{"Content-Type": {"application/json"}, "If-Match": {ann.json(t, "GET", path, "").header.Get("ETag")}}
		statuses := together(t, 50, func(i int) *reply {
			return ann.send(t, "PATCH", path, header, fmt.Sprintf(`{"title":"writer %d"}`, i))
		})
		if statuses[200] != 1 || statuses[412] != 49 {
			t.Errorf("%v", statuses)
		}
	})
	t.Run("one of 50 takes a name", func(t *testing.T) {
		statuses := together(t, 50, func(int) *reply { return ann.json(t, "POST", "/categories", `{"name":"taken"}`) })
		if statuses[201] != 1 || statuses[409] != 49 {
			t.Errorf("%v", statuses)
		}
	})
	t.Run("one of 50 deletes", func(t *testing.T) {
		gone := fmt.Sprintf("/posts/%d", w.make(t, "ann", "/posts", `{"title":"gone","body":"b"}`))
		statuses := together(t, 50, func(int) *reply { return ann.json(t, "DELETE", gone, "") })
		if statuses[204] != 1 || statuses[404] != 49 {
			t.Errorf("%v", statuses)
		}
	})
	t.Run("nothing refers to what is being deleted", w.deleteWhatIsReferredTo)
}

// deleteWhatIsReferredTo creates a post in a category that is being deleted: one of
// the two must fail.
func (w *world) deleteWhatIsReferredTo(t *testing.T) {
	ann := w.callers["ann"]
	for round := range 20 {
		category := w.make(t, "ann", "/categories", fmt.Sprintf(`{"name":"brief %d"}`, round))
		statuses := together(t, 2, func(i int) *reply {
			if i == 0 {
				return ann.json(t, "DELETE", fmt.Sprintf("/categories/%d", category), "")
			}
			return ann.json(t, "POST", "/posts", fmt.Sprintf(`{"title":"a","body":"b","category_id":%d}`, category))
		})
		if statuses[204]+statuses[201] != 1 || statuses[409]+statuses[422] != 1 {
			t.Fatalf("round %d: %v", round, statuses)
		}
	}
}

// together sends n concurrent requests and counts the responses by status.
func together(t *testing.T, n int, send func(i int) *reply) map[int]int {
	t.Helper()
	replies := make([]*reply, n)
	var all sync.WaitGroup
	for i := range replies {
		all.Go(func() { replies[i] = send(i) })
	}
	all.Wait()
	statuses := map[int]int{}
	for _, r := range replies {
		if r != nil {
			statuses[r.status]++
		}
	}
	return statuses
}
