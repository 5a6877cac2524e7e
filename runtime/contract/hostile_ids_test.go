package contract

import (
	"fmt"
	"net/url"
	"strings"
)

// hostileIDs are invalid IDs.
func (w *world) hostileIDs() []attempt {
	ids := map[string]int{
		"0": 422, "-1": 422, "-0": 422, "abc": 422, "1.0": 422, "1e0": 422, "0x1": 422, "1_000": 422, "null": 422, "true": 422,
		"9223372036854775807": 404, "9223372036854775808": 422, "18446744073709551616": 422, "-9223372036854775809": 422,
		"1 OR 1=1": 422, "1;DROP TABLE posts": 422, "1'--": 422, `"1"`: 422, "[1]": 422, "(SELECT 1)": 422, " 1": 422, "1 ": 422, "$1": 422, "?": 422,
		"١": 422, "１": 422, "1\u200b": 422, "../1": 404, "1/../1": 404, "1/..": 404, strings.Repeat("1", 5000): 422,
		"1\x00": 400, "\x00": 400, "\xff": 400, "1\xc0\xaf": 400,
	}
	var all []attempt
	for id, status := range ids {
		for path, methods := range map[string][]string{
			"/posts/%s": {"GET", "PUT", "PATCH", "DELETE"}, "/posts/%s/restore": {"POST"}, "/topics/%s": {"GET", "PATCH"}, "/events/%s": {"GET", "DELETE"},
			"/posts/%s/comments": {"GET", "POST"}, "/posts/%s/comments/1": {"GET", "DELETE"}, fmt.Sprintf("/posts/%d/comments/%%s", w.post): {"GET", "PATCH"},
		} {
			for _, method := range methods {
				path := fmt.Sprintf(path, url.PathEscape(id))
				all = append(all, attempt{method: method, path: path, body: bodyFor(method, path), status: status})
			}
		}
	}
	return all
}

// bodyFor returns a valid body for the row of a path.
func bodyFor(method, path string) string {
	switch {
	case method == "GET" || method == "DELETE" || strings.HasSuffix(path, "/restore"):
		return ""
	case strings.Contains(path, "/comments"):
		return `{"body":"mine"}`
	case strings.HasPrefix(path, "/posts"):
		return `{"title":"mine","body":"mine"}`
	case strings.HasPrefix(path, "/pages"):
		return `{"title":"mine"}`
	}
	return `{"name":"mine"}`
}
