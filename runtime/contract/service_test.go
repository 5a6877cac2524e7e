package contract

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"fastgo/runtime/database"
	"fastgo/runtime/database/dbtest"
)

// service is a generated application running on its own database.
type service struct {
	address string
	client  *http.Client
	db      *gorm.DB           // the test's own look at the database
	callers map[string]*caller // nobody, ann, bob, and ada, who is an admin
}

// onEachDatabase runs a test on an empty database of each kind.
func (w written) onEachDatabase(t *testing.T, test func(t *testing.T, s *service)) {
	for _, database := range []struct {
		name    string
		address func(testing.TB) string
	}{{"SQLite", dbtest.SQLite}, {"PostgreSQL", dbtest.Postgres}} {
		t.Run(database.name, func(t *testing.T) {
			t.Parallel()
			test(t, w.open(t, database.address(t)))
		})
	}
}

// open starts the application on a database, with three users.
func (w written) open(t *testing.T, url string) *service {
	t.Helper()
	s := &service{address: w.serve(t, "APP_ENV=test", "DATABASE_URL="+url, "LOG_LEVEL=error"), callers: map[string]*caller{}}
	transport := &http.Transport{MaxIdleConnsPerHost: 200}
	t.Cleanup(transport.CloseIdleConnections)
	s.client = &http.Client{
		Transport:     transport,
		Timeout:       60 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	var err error
	s.db, err = database.Open(url, slog.New(slog.DiscardHandler))
	must(t, err)
	pool, err := s.db.DB()
	must(t, err)
	t.Cleanup(func() { pool.Close() })
	nobody := &caller{s: s}
	s.callers["nobody"] = nobody
	for _, name := range []string{"ann", "bob", "ada"} {
		login := fmt.Sprintf(`{"name":"%s","email":"%[1]s@example.com","password":"wide green river"}`, name)
		nobody.json(t, "POST", "/auth/register", login).want(t, 201)
		var tokens struct {
			AccessToken string `json:"access_token"`
		}
		must(t, json.Unmarshal(nobody.json(t, "POST", "/auth/login", login).want(t, 200).body, &tokens))
		s.callers[name] = &caller{s, tokens.AccessToken}
	}
	must(t, s.db.Exec("UPDATE users SET role = 'admin' WHERE email = 'ada@example.com'").Error)
	return s
}

// caller sends requests as a user, or without a token.
type caller struct {
	s     *service
	token string
}

// json sends a request, with a JSON body unless it is empty.
func (c *caller) json(t *testing.T, method, path, body string) *reply {
	t.Helper()
	return c.send(t, method, path, http.Header{"Content-Type": {"application/json"}}, body)
}

// send sends a request below /api and checks the invariants of every response.
func (c *caller) send(t *testing.T, method, path string, header http.Header, body string) *reply {
	t.Helper()
	r := &reply{request: fmt.Sprintf("%s %.200s %.200s", method, path, body)}
	var content io.Reader
	if body != "" {
		content = strings.NewReader(body)
	}
	request, err := http.NewRequest(method, c.s.address+"/api"+path, content)
	if err != nil {
		t.Fatalf("%s: %v", r.request, err)
	}
	for name, values := range header {
		if body != "" || !strings.HasPrefix(name, "Content-") {
			request.Header[name] = values
		}
	}
	if c.token != "" {
		request.Header.Set("Authorization", "Bearer "+c.token)
	}
	answer, err := c.s.client.Do(request)
	if err != nil && len(body) > 1<<20 { // the server has hung up before all was sent, which is its right
		request.Body, _ = request.GetBody()
		answer, err = c.s.client.Do(request)
	}
	if err != nil {
		t.Fatalf("%s: %v", r.request, err)
	}
	defer answer.Body.Close()
	r.status, r.header = answer.StatusCode, answer.Header
	r.body, err = io.ReadAll(answer.Body)
	if err != nil {
		t.Fatalf("%s: %v", r.request, err)
	}
	r.check(t, method)
	return r
}

// reply is a response.
type reply struct {
	request string
	status  int
	header  http.Header
	body    []byte
}

// check checks that there is a request ID, no redirect, no database detail, and the
// usual error body.
func (r *reply) check(t *testing.T, method string) {
	t.Helper()
	id := r.header.Get("X-Request-Id")
	if id == "" && r.status != http.StatusRequestHeaderFieldsTooLarge || r.status >= 500 || r.status >= 300 && r.status < 400 {
		t.Errorf("%s: status %d, X-Request-Id %q: %s", r.request, r.status, id, r.body)
	}
	if r.status < 400 || method == http.MethodHead || id == "" {
		return
	}
	var e failure
	decoder := json.NewDecoder(strings.NewReader(string(r.body)))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&e); err != nil || e.Success == nil || *e.Success || e.Error.Message == "" || e.Error.Code == "" || e.Error.RequestID != id {
		t.Errorf("%s: status %d, not a valid error body (%v): %s", r.request, r.status, err, r.body)
	}
	if media := r.header.Get("Content-Type"); media != "application/json" {
		t.Errorf("%s: an error of the type %q", r.request, media)
	}
	text := strings.ToLower(string(r.body))
	for _, leak := range []string{"sql", "select ", "insert ", "constraint", "gorm", "violat", "goroutine", ".go:"} {
		if strings.Contains(text, leak) {
			t.Errorf("%s: the error says %q: %s", r.request, leak, r.body)
		}
	}
}

// failure is the error body.
type failure struct {
	Success *bool `json:"success"`
	Error   struct {
		Message   string `json:"message"`
		Code      string `json:"code"`
		RequestID string `json:"request_id"`
		Fields    []struct {
			Field   string `json:"field"`
			Message string `json:"message"`
		} `json:"fields"`
	} `json:"error"`
}

// want ends the test unless the response has this status.
func (r *reply) want(t *testing.T, status int) *reply {
	t.Helper()
	if r.status != status {
		t.Fatalf("%s: status %d, want %d: %.500s", r.request, r.status, status, r.body)
	}
	return r
}

// anonymous returns the body without the request ID.
func (r *reply) anonymous() string {
	return strings.ReplaceAll(string(r.body), r.header.Get("X-Request-Id"), "")
}

// member returns a member of the response.
func (r *reply) member(name string) any {
	var object map[string]any
	_ = json.Unmarshal(r.body, &object)
	return object[name]
}

// without returns the response without some members.
func (r *reply) without(names ...string) string {
	var object map[string]any
	_ = json.Unmarshal(r.body, &object)
	for _, name := range names {
		delete(object, name)
	}
	encoded, _ := json.Marshal(object)
	return string(encoded)
}
