package contract

import (
	"fmt"
	"net/http"
	"strings"
)

// eachWrite returns an attempt with a body for each method that accepts one.
func (w *world) eachWrite(all []attempt, a attempt) []attempt {
	post := fmt.Sprintf("/posts/%d", w.post)
	for method, path := range map[string]string{"POST": "/posts", "PUT": post, "PATCH": post} {
		a.method, a.path = method, path
		all = append(all, a)
	}
	return all
}

// hostileBodies are not JSON, or not an object of fields.
func (w *world) hostileBodies() []attempt {
	const good = `{"title":"ok","body":"b"}`
	var all []attempt
	for body, status := range map[string]int{
		`{"title":"` + strings.Repeat("a", 10<<20) + `"}`: 413, strings.Repeat(" ", 10<<20) + good: 413,
		strings.Repeat("[", 10000) + strings.Repeat("]", 10000): 400, strings.Repeat(`{"a":`, 10000) + "1" + strings.Repeat("}", 10000): 400,
		`{"title":` + strings.Repeat("[", 10000) + strings.Repeat("]", 10000) + `}`: 400, strings.Repeat("[", 500000): 400,
		good + "\x00": 400, "\x00" + good: 400, "{\"title\":\"o\x00k\",\"body\":\"b\"}": 400, `{"title":"o\u0000k","body":"b"}`: 400, `{"title\u0000":"ok","body":"b"}`: 400,
		"{\"title\":\"\xff\",\"body\":\"b\"}": 400, "{\"title\":\"\xc0\xaf\",\"body\":\"b\"}": 400, "{\"title\":\"\xed\xa0\x80\",\"body\":\"b\"}": 400, "{\"t\xff\":1}": 400,
		`{"title":"\ud800","body":"b"}`: 400, `{"title":"\udc00\ud800","body":"b"}`: 400, `{"title":"\ud800x","body":"b"}`: 400, `{"\ud800":1}`: 400,
		`{"title":"ok","body":"b","title":""}`: 400, `{"title":"ok","body":"b","\u0074itle":""}`: 400, `{"x":{"a":1,"a":2}}`: 400,
		`{"title":"ok","TITLE":""}`: 422, `{"title":"ok","body":"b","TITLE":""}`: 422, `{"Title":"ok","Body":"b"}`: 422, `{"title ":"ok"}`: 422, `{"tıtle":"ok"}`: 422,
		`{"title":"ok","body":"b","colour":"red"}`: 422, `{"":1}`: 422, `{"title.x":1}`: 422, `{"__proto__":{"title":"x"}}`: 422, `{"$set":{"title":"x"}}`: 422, `{"posts":[{"title":"x"}]}`: 422,
		`[]`: 422, `[` + good + `]`: 422, `"ok"`: 422, `7`: 422, `true`: 422, `null`: 422, ` null `: 422, `false`: 422, `-1e5`: 422,
		good + good: 400, good + " x": 400, good + `,`: 400, `//` + "\n" + good: 400, `/**/` + good: 400, good + "\n# end": 400, "\ufeff" + good: 400, "\xff\xfe{\x00}\x00": 400,
		`{"title":"ok","body":"b",}`: 400, `{'title':'ok','body':'b'}`: 400, `{title:"ok",body:"b"}`: 400, `{"title":"ok"`: 400, `{`: 400, ` `: 400, `title=ok&body=b`: 400, `<post/>`: 400,
		"{\"title\":\"o\nk\",\"body\":\"b\"}": 400, `{"title":"o\qk","body":"b"}`: 400, `{"views":NaN}`: 400, `{"views":Infinity}`: 400, `{"views":0x1}`: 400, `{"views":01}`: 400, `{"views":+1}`: 400,
		`{"views":1.}`: 400, `{"views":.5}`: 400, `{"views":--1}`: 400, `{"published":True}`: 400, `{"title":undefined}`: 400,
	} {
		all = w.eachWrite(all, attempt{body: body, status: status})
	}
	return all
}

// hostileTypes are wrong or unsupported content types.
func (w *world) hostileTypes() []attempt {
	const good, json = `{"title":"ok","body":"b"}`, "application/json"
	var all []attempt
	for _, header := range []http.Header{
		{}, {"Content-Type": {""}}, {"Content-Type": {"text/plain"}}, {"Content-Type": {"application/x-www-form-urlencoded"}}, {"Content-Type": {"multipart/form-data; boundary=x"}},
		{"Content-Type": {"application/xml"}}, {"Content-Type": {"application/jsonp"}}, {"Content-Type": {"text/json"}}, {"Content-Type": {"json"}}, {"Content-Type": {"*/*"}}, {"Content-Type": {"application/*"}},
		{"Content-Type": {json, json}}, {"Content-Type": {json, "text/plain"}}, {"Content-Type": {json + ", text/plain"}}, {"Content-Type": {json + "; charset=utf-16"}}, {"Content-Type": {json + "; charset=latin1"}},
		{"Content-Type": {json + "; charset=utf-8; charset=utf-16"}}, {"Content-Type": {"application/vnd.api+json"}}, {"Content-Type": {strings.Repeat("a", 5000)}},
		{"Content-Type": {json}, "Content-Encoding": {"gzip"}}, {"Content-Type": {json}, "Content-Encoding": {"identity"}}, {"Content-Type": {json}, "Content-Encoding": {"deflate, gzip"}},
	} {
		all = w.eachWrite(all, attempt{what: fmt.Sprint(header), header: header, body: good, status: 415})
	}
	patch := http.Header{"Content-Type": {"application/merge-patch+json"}}
	return append(all,
		attempt{what: "a patch", method: "POST", path: "/posts", header: patch, body: good, status: 415},
		attempt{what: "a patch", method: "PUT", path: fmt.Sprintf("/posts/%d", w.post), header: patch, body: good, status: 415},
		attempt{what: "a JSON patch", method: "PATCH", path: fmt.Sprintf("/posts/%d", w.post), header: http.Header{"Content-Type": {"application/json-patch+json"}}, body: `[{"op":"replace","path":"/title","value":"x"}]`, status: 415},
	)
}
