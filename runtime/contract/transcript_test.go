package contract

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// transcript is a file of commands, requests and the answers to them:
//
//	$ make:resource Post title:string -p
//	ann POST /posts {"title":"a"}
//	201 [Location: /api/posts/$i] [ETag: $e] {"id":$i,"user_id":1,"title":"a","created_at":$t,"updated_at":$t}
//	bob GET /posts/$i
//	404 NOT_FOUND Not found
//	ann PATCH /posts/$i [If-Match: "x"] {"title":""}
//	422 title: expected length >= 1
//
// An answer is compared as a whole: its status, Location, ETag, Allow and every
// byte of the body. Only a name such as $t stands for some value, which is the
// same wherever the name stands in the file. Its first letter says what it is:
// a time, an ETag, a cursor, or an id.
type transcript struct {
	name      string
	resources []string
	exchanges []exchange
}

type exchange struct {
	line          int
	request, want string
}

// readTranscripts reads the files in a directory, sorted by name.
func readTranscripts(t *testing.T, dir string) []transcript {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	must(t, err)
	if len(files) == 0 {
		t.Fatalf("%s has no transcript", dir)
	}
	var all []transcript
	for _, file := range files {
		text, err := os.ReadFile(file)
		must(t, err)
		read := transcript{name: strings.TrimSuffix(filepath.Base(file), ".txt")}
		request := ""
		for i, line := range strings.Split(string(text), "\n") {
			command, isCommand := strings.CutPrefix(line, "$ make:resource ")
			switch {
			case line == "" || line[0] == '#':
			case isCommand:
				read.resources = append(read.resources, command)
			case request == "":
				request = line
			default:
				read.exchanges = append(read.exchanges, exchange{i + 1, request, line})
				request = ""
			}
		}
		if request != "" {
			t.Fatalf("%s: %s has no answer", file, request)
		}
		all = append(all, read)
	}
	return all
}

// values are the values of the placeholders in a transcript.
type values map[string]string

// replay sends the requests of a transcript and compares the responses.
func (s *service) replay(t *testing.T, script transcript) {
	known := values{}
	for _, e := range script.exchanges {
		words := append(strings.SplitN(e.request, " ", 4), "", "")
		path := strings.ReplaceAll(known.in(words[2]), `"`, "")
		header, body := headersOf(known.in(words[3]))
		caller := s.callers[words[0]]
		if caller == nil {
			t.Fatalf("%s:%d: who is %s?", script.name, e.line-1, words[0])
		}
		if header.Get("Content-Type") == "" {
			header.Set("Content-Type", "application/json")
		}
		got := caller.send(t, words[1], path, header, body).transcribed()
		if !known.learn(e.want, got) {
			t.Fatalf("%s.txt:%d: %s\n got %s\nwant %s", script.name, e.line, e.request, got, known.in(e.want))
		}
	}
}

var inBrackets = regexp.MustCompile(`^\[([A-Za-z-]+): ([^]]*)\] ?`)

// headersOf parses the headers in brackets before a body.
func headersOf(text string) (http.Header, string) {
	header := http.Header{}
	for found := inBrackets.FindStringSubmatch(text); found != nil; found = inBrackets.FindStringSubmatch(text) {
		header.Add(found[1], found[2])
		text = text[len(found[0]):]
	}
	return header, text
}

// transcribed returns the response in transcript format.
func (r *reply) transcribed() string {
	words := []string{fmt.Sprint(r.status)}
	for _, name := range []string{"Location", "ETag", "Allow"} {
		if value := r.header.Get(name); value != "" {
			words = append(words, "["+name+": "+value+"]")
		}
	}
	var e failure
	body := strings.TrimSuffix(string(r.body), "\n")
	if r.status >= 400 && json.Unmarshal(r.body, &e) == nil {
		body = e.Error.Code + " " + e.Error.Message
		if e.Error.Fields != nil && body == "VALIDATION_ERROR Validation failed" {
			body = ""
			for i, field := range e.Error.Fields {
				body += strings.Repeat(" | ", min(i, 1)) + field.Field + ": " + field.Message
			}
		}
	}
	if body != "" {
		words = append(words, body)
	}
	return strings.Join(words, " ")
}

var name = regexp.MustCompile(`\$[a-z][a-z0-9]*`)

// kinds are the value patterns by the first letter of a placeholder.
var kinds = map[byte]string{
	't': `"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z"`,
	'e': `"[A-Za-z0-9_-]{22}"`,
	'c': `"[A-Za-z0-9_-]+"`,
	'i': `[1-9]\d*`,
}

// in replaces placeholders by their values.
func (v values) in(text string) string {
	return name.ReplaceAllStringFunc(text, func(name string) string {
		if value, ok := v[name]; ok {
			return value
		}
		return name
	})
}

// learn compares a response with the expected one and records the values of new
// placeholders. It returns false if they differ.
func (v values) learn(want, got string) bool {
	var pattern strings.Builder
	var names []string
	at := 0
	for _, place := range name.FindAllStringIndex(want, -1) {
		found := want[place[0]:place[1]]
		pattern.WriteString(regexp.QuoteMeta(want[at:place[0]]) + "(" + kinds[found[1]] + ")")
		names, at = append(names, found), place[1]
	}
	match := regexp.MustCompile("^(?s:" + pattern.String() + regexp.QuoteMeta(want[at:]) + ")$").FindStringSubmatch(got)
	if match == nil {
		return false
	}
	for i, name := range names {
		if known, ok := v[name]; ok && known != match[i+1] {
			return false
		}
		v[name] = match[i+1]
	}
	return true
}

// resourcesOf returns the commands of all transcripts.
func resourcesOf(scripts []transcript) []string {
	var all []string
	for _, script := range scripts {
		all = append(all, script.resources...)
	}
	return all
}
