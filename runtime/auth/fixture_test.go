package auth

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"fastgo/runtime/database"
	"fastgo/runtime/database/dbtest"
	"fastgo/runtime/mail"
	"fastgo/runtime/outbox"
	"fastgo/runtime/web"
	"fastgo/templates/app/migrations"
)

const (
	goodPassword = "correct horse battery"
	nextPassword = "a new staple for it"
)

// fixture is the auth module on a database of its own, with a clock to set and
// an inbox to read.
type fixture struct {
	*Users
	box     *outbox.Outbox
	inbox   *inbox
	clock   *clock
	log     *bytes.Buffer // safe to read when no worker runs
	handler http.Handler
}

// settings are those of the packages under test.
type settings struct {
	web  web.Options
	auth Options
}

func start(t *testing.T, change ...func(*settings)) *fixture {
	t.Helper()
	return startOn(t, dbtest.URL(t), change...)
}

// startOn makes one of several replicas on a database.
func startOn(t *testing.T, url string, change ...func(*settings)) *fixture {
	t.Helper()
	s := settings{
		web: web.Options{Name: "blog", URL: "http://localhost:8000", Prefix: "/api", Docs: true},
		auth: Options{
			Name: "blog", URL: "http://localhost:8000", Keys: [][]byte{[]byte("0f9d2a7c41b8e36570d1c2f4a5b69788e3")}, Algorithm: "HS256",
			AccessTTL: 30 * time.Minute, RefreshTTL: 7 * 24 * time.Hour, SessionTTL: 90 * 24 * time.Hour, PasswordMinLength: 8,
			ResetURL: "https://blog.example.com/password/reset", VerifyURL: "https://blog.example.com/verify-email",
		},
	}
	for _, f := range change {
		f(&s)
	}
	f := &fixture{inbox: &inbox{}, clock: &clock{now: time.Now().UTC().Truncate(time.Millisecond)}, log: &bytes.Buffer{}}
	log := slog.New(slog.NewTextHandler(f.log, nil))
	db, err := database.Open(url, log)
	must(t, err)
	pool, err := db.DB()
	must(t, err)
	t.Cleanup(func() { pool.Close() })
	_, err = database.Migrate(context.Background(), db, migrations.All())
	must(t, err)
	server := web.New(s.web, db, log)
	f.box = outbox.New("blog", db, f.inbox, log)
	f.Users = New(server, s.auth, db, f.box, log)
	f.now = f.clock.Now
	f.tokens = newTokens(s.auth, f.now)
	f.Routes()
	f.handler = server.Handler()
	return f
}

// goodHash is computed once, since to do it for each account would take most
// of the time of a test.
var goodHash = sync.OnceValue(func() string { return newArgon2Hash(goodPassword).String() })

// account makes an account, verified.
func (f *fixture) account(t *testing.T, email string) *User {
	t.Helper()
	now := f.now()
	user := &User{Profile: Profile{Name: "Ann"}, Email: email, Role: "user", IsActive: true, PasswordHash: goodHash(), EmailVerifiedAt: &now}
	must(t, f.db.Create(user).Error)
	return user
}

// post sends JSON from an address of the client's network.
func (f *fixture) post(ip, path, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest("POST", "/api/auth"+path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.RemoteAddr = ip
	w := httptest.NewRecorder()
	f.handler.ServeHTTP(w, r)
	return w
}

func (f *fixture) login(ip, email, password string) *httptest.ResponseRecorder {
	return f.post(ip, "/login", `{"email":"`+email+`","password":"`+password+`"}`)
}

// attempts counts so many more towards every limit that has been begun.
func (f *fixture) attempts(t *testing.T, more int) {
	t.Helper()
	must(t, f.db.Exec("UPDATE throttles SET count = count + ?", more).Error)
}

// mailed asks for a mail, sends it, and returns the token in it.
func (f *fixture) mailed(t *testing.T, purpose, email string) string {
	t.Helper()
	before := len(f.inbox.all())
	must(t, outbox.Enqueue(f.db, purpose, email, nil))
	must(t, f.box.SendDue(context.Background()))
	messages := f.inbox.all()
	if len(messages) != before+1 {
		t.Fatalf("%d mails were sent, want 1", len(messages)-before)
	}
	return tokenOf(t, messages[before])
}

var fragment = regexp.MustCompile(`#token=([A-Za-z0-9_-]{43})\s`)

func tokenOf(t *testing.T, m mail.Message) string {
	t.Helper()
	found := fragment.FindStringSubmatch(m.Text)
	if found == nil {
		t.Fatalf("no link in %s", m.Text)
	}
	return found[1]
}

func (f *fixture) rows(t *testing.T, table string) (count int64) {
	t.Helper()
	must(t, f.db.Table(table).Count(&count).Error)
	return count
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantStatus(t *testing.T, w *httptest.ResponseRecorder, status int, contains string) {
	t.Helper()
	if w.Code != status || !strings.Contains(w.Body.String(), contains) {
		t.Fatalf("status %d, want %d with %s: %s", w.Code, status, contains, w.Body)
	}
}
