package contract

import (
	"fmt"
	"net/http"
	"strings"
)

// rowsOfOthers are attempts by ann on bob's rows, and on rows that she deleted.
func (w *world) rowsOfOthers() []attempt {
	var all []attempt
	refuse := func(who string, status int, path string, id int64, methods ...string) {
		for _, method := range methods {
			method, more, _ := strings.Cut(method, " ")
			path := fmt.Sprintf(path, id) + more
			for _, match := range []string{"", "*", `"x"`} {
				header := http.Header{"Content-Type": {"application/json"}, "If-Match": {match}}
				all = append(all, attempt{what: who, who: who, method: method, path: path, header: header, body: bodyFor(method, path), status: status})
			}
		}
	}
	refuse("ann", 404, "/posts/%d", w.bobsPost, "GET", "PUT", "PATCH", "DELETE", "POST /restore")
	refuse("ann", 404, "/posts/%d", w.deleted, "GET", "PUT", "PATCH", "DELETE")
	refuse("bob", 404, "/posts/%d", w.deleted, "GET", "PUT", "PATCH", "DELETE", "POST /restore")
	refuse("ann", 404, "/categories/%d", w.bobsCategory, "GET", "PUT", "PATCH", "DELETE", "POST /restore")
	refuse("ann", 404, "/posts/%d/comments", w.bobsPost, "GET", "POST")
	refuse("ann", 404, "/posts/%d/comments", w.deleted, "GET", "POST")
	refuse("ann", 404, fmt.Sprintf("/posts/%d/comments/%%d", w.bobsPost), w.bobsComment, "GET", "PUT", "PATCH", "DELETE")
	refuse("ann", 404, fmt.Sprintf("/posts/%d/comments/%%d", w.post), w.bobsComment, "GET", "PUT", "PATCH", "DELETE")
	refuse("ann", 404, fmt.Sprintf("/posts/%d/comments/%%d", w.bobsPost), w.comment, "GET", "PUT", "PATCH", "DELETE")
	refuse("bob", 404, fmt.Sprintf("/posts/%d/comments/%%d", w.post), w.comment, "GET", "PUT", "PATCH", "DELETE")
	refuse("ann", 404, "/pages/%d", w.page, "PUT", "PATCH", "DELETE")
	refuse("nobody", 401, "/pages/%d", w.page, "PUT", "PATCH", "DELETE")
	refuse("nobody", 401, "/posts/%d", w.post, "GET", "PUT", "PATCH", "DELETE", "POST /restore")
	refuse("nobody", 401, "/topics/%d", w.topic, "GET", "PUT", "PATCH", "DELETE")
	refuse("ada", 404, "/posts/%d", w.post, "GET", "PUT", "PATCH", "DELETE", "POST /restore")
	return all
}
