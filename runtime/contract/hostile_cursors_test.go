package contract

import (
	"encoding/base64"
	"fmt"
	"net/url"
	"strings"
	"testing"
)

// hostileCursors are forged cursors, or cursors of another list or sort order.
func (w *world) hostileCursors(t *testing.T) []attempt {
	var all []attempt
	refuse := func(path string, cursors ...string) {
		for _, cursor := range cursors {
			all = append(all, attempt{method: "GET", path: path + "cursor=" + url.QueryEscape(cursor), status: 422, field: "cursor"})
		}
	}
	byID, byTitle := w.list(t, "ann", "/posts?limit=1").Next, w.list(t, "ann", "/posts?limit=1&sort=title").Next
	byTime := w.list(t, "ann", "/posts?limit=1&sort=-created_at").Next
	for path, own := range map[string]string{"/posts?": byID, "/posts?sort=title&": byTitle, "/posts?sort=-created_at&": byTime} {
		refuse(path, "", "abc", "null", "0", "[]", "{}", "' OR 1=1 --", own+"=", own+"A", "A"+own, own[:len(own)-1], own[:len(own)/2], own[1:], own+own, own+" ", strings.ToLower(own),
			strings.Repeat("A", 4001), strings.Repeat("é", 2000), forged("null"), forged("[]"), forged("1"), forged(`"id"`), forged(strings.Repeat("[", 1500)))
		for other, theirs := range map[string]string{"/posts?": byID, "/posts?sort=title&": byTitle, "/posts?sort=-created_at&": byTime} {
			if other != path {
				refuse(path, theirs)
			}
		}
	}
	refuse("/posts?sort=-title&", byTitle)
	refuse("/posts?sort=created_at&", byTime)
	refuse("/posts?sort=at&", byTitle, byTime, forged(`{"sort":"at,id","key":"2026-01-01T00:00:00.000Z","id":1}`)) // which can be null
	refuse("/posts?sort=title,created_at&", byTitle)
	refuse("/pages?", byTitle)
	refuse("/topics?sort=name&", byTitle, forged(`{"sort":"title,id","key":"a","id":1}`))
	plain, err := base64.RawURLEncoding.DecodeString(byTitle)
	must(t, err)
	for old, changed := range map[string]string{
		`"id":`: `"id":-`, `"sort":"title`: `"sort":"user_id`, `{"sort"`: `{"SORT"`, `{"sort":`: `{"more":1,"sort":`, `,"id"`: `, "id"`, `}`: `} `, `"key":`: `"key":"a","key":`,
		`"key":"`: `"key":["`, `"id"`: `"ID"`, `"sort":"title,id"`: `"sort":"title"`,
	} {
		if !strings.Contains(string(plain), old) {
			t.Fatalf("the cursor %s has no %s", plain, old)
		}
		refuse("/posts?sort=title&", forged(strings.Replace(string(plain), old, changed, 1)))
	}
	for _, key := range []string{"", "abc", "2026", "2026-01-01", "1 OR 1=1", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00.000+00:00", "now()"} {
		refuse("/posts?sort=-created_at&", forged(fmt.Sprintf(`{"sort":"-created_at,-id","key":%q,"id":1}`, key)))
	}
	for _, id := range []string{"0", "-1", "9223372036854775808", "1.0", "1e0", `"1"`, "null", "01", "true"} {
		refuse("/posts?", forged(`{"sort":"id","id":`+id+`}`))
		refuse("/posts?sort=title&", forged(`{"sort":"title,id","key":"a","id":`+id+`}`))
	}
	return all
}

// forged returns a handmade cursor.
func forged(plain string) string { return base64.RawURLEncoding.EncodeToString([]byte(plain)) }

// useCursorOfAnother lists rows from cursors of other users: only the caller's own
// rows may appear.
func (w *world) useCursorOfAnother(t *testing.T) {
	bobs := w.list(t, "bob", "/posts?limit=100").Items
	anns := w.list(t, "ann", "/posts?limit=1&sort=title").Next
	for path, most := range map[string]int{
		"/posts?sort=title&cursor=" + anns:                                                           len(bobs),
		"/posts?cursor=" + w.list(t, "ann", "/posts?limit=1").Next:                                   len(bobs),
		"/posts?sort=title&cursor=" + forged(`{"sort":"title,id","id":1}`):                           len(bobs),
		"/posts?sort=title&cursor=" + forged(`{"sort":"title,id","key":"' OR 1=1 --","id":1}`):       len(bobs),
		"/posts?sort=title&cursor=" + forged(`{"sort":"title,id","key":"x') OR (1=1","id":1}`):       len(bobs),
		"/posts?cursor=" + forged(`{"sort":"id","id":9223372036854775807}`):                          0,
		fmt.Sprintf("/posts/%d/comments?cursor=%s", w.bobsPost, forged(`{"sort":"id","id":1}`)):      1,
		"/posts?sort=-created_at&cursor=" + w.list(t, "ann", "/posts?limit=1&sort=-created_at").Next: len(bobs),
		"/posts?sort=-title&q=plain&cursor=" + forged(`{"sort":"-title,-id","key":"zz","id":1}`):     1,
	} {
		items := w.list(t, "bob", path).Items
		if len(items) > most {
			t.Errorf("%s: %d rows", path, len(items))
		}
		for _, item := range items {
			if item.Owner != 2 {
				t.Errorf("%s shows a row of another: %v", path, item)
			}
		}
	}
}
