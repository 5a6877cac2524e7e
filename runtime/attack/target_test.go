package attack

import (
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"gorm.io/gorm"

	"fastgo/runtime/database"
	"fastgo/runtime/mailtest"
)

const (
	appURL  = "https://blog.example.org"
	appName = "blog"
	signKey = "0f9d2a7c41b8e36570d1c2f4a5b69788e3"
)

// target is the application under attack: two processes on one database, behind a
// trusted proxy.
type target struct {
	variant   variant
	settings  settings
	processes []*process
	db        *gorm.DB // the attacker's own look at the database
	mail      *mailtest.Server
	client    *http.Client
	secrets   *secrets
	password  string // of every account that has not registered
	hash      string // of that password, cheap, so that it is replaced at the first login

	turn, hosts atomic.Int64
}

// open starts both processes simultaneously on an empty database.
func open(t *testing.T, v variant) *target {
	t.Helper()
	w := newTarget(t, v)
	w.processes = []*process{launch(t, v.binary, w.settings), launch(t, v.binary, w.settings)}
	for _, p := range w.processes {
		p.ready(t)
	}
	return w
}

// newTarget prepares a database and a mail server.
func newTarget(t testing.TB, v variant) *target {
	t.Helper()
	w := &target{variant: v, mail: mailtest.Start(t), secrets: newSecrets()}
	url := v.database(t)
	w.settings = settings{
		"APP_ENV": "test", "APP_NAME": appName, "APP_URL": appURL, "AUTH_SECRET_KEY": signKey,
		"DATABASE_URL": url, "LOG_LEVEL": "debug", "TRUSTED_PROXIES": "127.0.0.1",
		"MAIL_DRIVER": "smtp", "MAIL_FROM": "Blog <no-reply@blog.example.org>",
		"SMTP_HOST": w.mail.Host, "SMTP_PORT": strconv.Itoa(w.mail.Port), "SMTP_TLS": "none",
	}
	w.secrets.add(signKey)
	transport := &http.Transport{MaxIdleConnsPerHost: 100, DisableCompression: true}
	t.Cleanup(transport.CloseIdleConnections)
	w.client = &http.Client{
		Transport:     transport,
		Timeout:       30 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	w.password = newPassword()
	w.hash = cheapHash(w.password)
	var err error
	w.db, err = database.Open(url, slog.New(slog.DiscardHandler))
	must(t, err)
	pool, err := w.db.DB()
	must(t, err)
	t.Cleanup(func() { pool.Close() })
	return w
}

// also starts a process with other settings on the same database, and returns a
// target with only that process.
func (w *target) also(t *testing.T, other settings) *target {
	t.Helper()
	s := w.settings.with(other)
	p := launch(t, w.variant.binary, s)
	p.ready(t)
	t.Cleanup(func() {
		p.stop(t)
		w.secrets.search(t, "the log of a process", p.output(t))
	})
	return &target{variant: w.variant, settings: s, processes: []*process{p}, db: w.db, mail: w.mail, client: w.client, secrets: w.secrets}
}

// close stops the processes and searches their output for secrets.
func (w *target) close(t *testing.T) {
	t.Helper()
	for _, p := range w.processes {
		p.stop(t)
	}
	w.searchSecrets(t)
}

// run executes a command of the application, such as user:update.
func (w *target) run(t *testing.T, args ...string) string {
	t.Helper()
	out, err := command(t, w.variant.binary, w.settings, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %v\n%s", args, err, out)
	}
	return string(out)
}

// host returns a unique client IP.
func (w *target) host() string {
	n := w.hosts.Add(1)
	return fmt.Sprintf("10.%d.%d.%d", n>>16&255, n>>8&255, n&255)
}

// exec changes the database directly.
func (w *target) exec(t *testing.T, statement string, values ...any) {
	t.Helper()
	changed := w.db.Exec(statement, values...)
	must(t, changed.Error)
	if changed.RowsAffected == 0 {
		t.Fatalf("%s: no row was changed", statement)
	}
}

// hold locks the user's row and sessions until release is called.
func (w *target) hold(t *testing.T, userID int64) (release func()) {
	t.Helper()
	tx := w.db.Begin() // on SQLite it is the only writer from now on
	must(t, tx.Error)
	if w.postgres() {
		must(t, tx.Exec("SELECT id FROM users WHERE id = ? FOR UPDATE", userID).Error)
		must(t, tx.Exec("SELECT id FROM sessions WHERE user_id = ? FOR UPDATE", userID).Error)
	}
	return func() { tx.Rollback() }
}

func (w *target) postgres() bool { return w.db.Name() == "postgres" }

// waiting returns once that many requests wait for the lock. PostgreSQL reports
// them; for SQLite it waits for a moment.
func (w *target) waiting(t *testing.T, requests int) {
	t.Helper()
	time.Sleep(300 * time.Millisecond)
	for deadline := time.Now().Add(10 * time.Second); w.postgres(); time.Sleep(20 * time.Millisecond) {
		var blocked int
		must(t, w.db.Raw(`SELECT count(DISTINCT a.pid) FROM pg_stat_activity a JOIN pg_locks l ON l.pid = a.pid
			WHERE a.wait_event_type = 'Lock' AND l.relation = 'sessions'::regclass`).Scan(&blocked).Error)
		if blocked >= requests {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d of %d requests wait", blocked, requests)
		}
	}
}
