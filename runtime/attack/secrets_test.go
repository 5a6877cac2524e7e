package attack

import (
	"fmt"
	"index/suffixarray"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// secrets are all tokens and passwords seen during a run.
type secrets struct {
	mu   sync.Mutex
	seen map[string]bool
}

func newSecrets() *secrets { return &secrets{seen: map[string]bool{}} }

// add records secrets. It leaves out weak passwords, which may occur by chance, and
// tokens that are found by their format.
func (s *secrets) add(all ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, secret := range all {
		if len(secret) >= 12 && !strings.ContainsAny(secret, "@\x00") && !anyJWT.MatchString(secret) {
			s.seen[secret] = true
		}
	}
}

var anyJWT = regexp.MustCompile(`eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}`)

// search checks that a text contains none of the secrets and no JWT.
func (s *secrets) search(t testing.TB, where string, text []byte) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	index := suffixarray.New(text)
	for secret := range s.seen {
		for _, at := range index.Lookup([]byte(secret), 1) {
			t.Errorf("%s holds the secret %q: …%s", where, secret, text[max(0, at-200):min(len(text), at+len(secret)+100)])
		}
	}
	if found := anyJWT.Find(text); found != nil {
		t.Errorf("%s holds a token: %s", where, found)
	}
}

// searchSecrets looks for secrets in the logs and in the database.
func (w *target) searchSecrets(t *testing.T) {
	t.Helper()
	for _, m := range w.mail.Messages() {
		for _, found := range mailedToken.FindAllStringSubmatch(m.Text, -1) {
			w.secrets.add(found[1])
		}
	}
	if n := len(w.secrets.seen); n < 2 {
		t.Errorf("only %d secrets were seen, so that their absence proves nothing", n)
	}
	for _, p := range w.processes {
		w.secrets.search(t, "the log of a process", p.output(t))
	}
	dump := w.dump(t)
	for _, known := range []string{"$argon2id$", "users", "sessions"} {
		if !strings.Contains(dump, known) {
			t.Errorf("the dump lacks %s, so that it proves nothing", known)
		}
	}
	w.secrets.search(t, "the database", []byte(dump))
	if file, ok := strings.CutPrefix(w.settings["DATABASE_URL"], "sqlite:"); ok {
		files, err := filepath.Glob(file + "*") // the write-ahead log too
		must(t, err)
		for _, name := range files {
			raw, err := os.ReadFile(name)
			must(t, err)
			w.secrets.search(t, filepath.Base(name), raw)
		}
	}
}

// dump returns every row of every table as text.
func (w *target) dump(t *testing.T) string {
	t.Helper()
	tables, err := w.db.Migrator().GetTables()
	must(t, err)
	var out strings.Builder
	for _, table := range tables {
		var rows []map[string]any
		must(t, w.db.Table(table).Find(&rows).Error)
		for _, row := range rows {
			fmt.Fprintln(&out, table, row)
		}
	}
	return out.String()
}
