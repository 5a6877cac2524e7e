package attack

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

func startAttacks() []attack {
	return []attack{
		{"two processes that start at once migrate once", startTogether},
		{"production refuses to start with pending migrations", startUnready},
		{"a stopping process finishes what is under way", stopInFlight},
	}
}

func startTogether(t *testing.T, w *target) {
	migrated := 0
	for _, p := range w.processes {
		migrated += strings.Count(string(p.output(t)), "msg=migrated")
	}
	var rows int
	must(t, w.db.Raw("SELECT count(*) FROM schema_migrations").Scan(&rows).Error)
	if rows == 0 || migrated != rows {
		t.Errorf("%d migrations were applied, the logs tell of %d", rows, migrated)
	}
}

func startUnready(t *testing.T, w *target) {
	empty := newTarget(t, w.variant)
	empty.settings = production(t, empty)
	refuse(t, w.variant, empty.settings, "pending migrations")
	if out := empty.run(t, "migrate"); !strings.Contains(out, "migrated") {
		t.Errorf("migrate says %s", out)
	}
	p := launch(t, w.variant.binary, empty.settings)
	p.ready(t)
	if res, err := http.Get("http://" + p.address + "/docs"); err != nil || res.StatusCode != http.StatusNotFound {
		t.Errorf("production shows its documentation: %v %v", res, err)
	}
	p.stop(t)
}

func production(t *testing.T, w *target) settings {
	return w.settings.with(settings{"APP_ENV": "production", "HTTP_ADDR": freeAddress(t)})
}

// refuse checks that the application does not start, says why, and shows no secret.
func refuse(t *testing.T, v variant, s settings, says string, hides ...string) {
	t.Helper()
	cmd := command(t, v.binary, s)
	timer := time.AfterFunc(20*time.Second, func() { cmd.Process.Kill() })
	out, err := cmd.CombinedOutput()
	if timer.Stop(); err == nil || cmd.ProcessState.ExitCode() != 1 {
		t.Errorf("%s: the process ended with %v", says, err)
	}
	if !strings.Contains(string(out), says) {
		t.Errorf("it does not say %q: %s", says, out)
	}
	for _, secret := range append(hides, signKey) {
		if strings.Contains(string(out), secret) {
			t.Errorf("it shows %s: %s", secret, out)
		}
	}
}

func startUnsafe(t *testing.T, v variant) {
	safe := production(t, newTarget(t, v))
	const short, placeholder, plain = "5h0rtK3y5h0rtK3y", "change-me-please-0123456789-qwertz", "ababababababababababababababababab"
	for _, try := range []struct {
		settings settings
		says     string
		hides    string
	}{
		{settings{"MAIL_DRIVER": "log"}, "MAIL_DRIVER", short},
		{settings{"AUTH_SECRET_KEY": short}, "AUTH_SECRET_KEY", short},
		{settings{"AUTH_SECRET_KEY": placeholder}, "AUTH_SECRET_KEY", placeholder},
		{settings{"AUTH_SECRET_KEY": signKey + "," + plain}, "AUTH_SECRET_KEY", plain},
		{settings{"AUTH_SECRET_KEY": ""}, "AUTH_SECRET_KEY", short},
		{settings{"AUTH_SECRET_KEY": short, "AUTH_ALGORITHM": "none"}, "AUTH_ALGORITHM", short},
		{settings{"AUTH_ALGORITHM": "HS512"}, "AUTH_SECRET_KEY", signKey},
		{settings{"CORS_ORIGINS": "*"}, "CORS_ORIGINS", short},
		{settings{"DATABASE_URL": "mysql://root:hunter2hunter2@db/x"}, "DATABASE_URL", "hunter2"},
		{settings{"DATABASE_URL": "postgres://root:hunter2hunter2@127.0.0.1:1/x"}, "connect", "hunter2"},
	} {
		refuse(t, v, safe.with(try.settings), try.says, try.hides)
	}
}

// stopInFlight blocks a request in the database while its process is terminated.
func stopInFlight(t *testing.T, w *target) {
	a, own := w.member(t)
	p := launch(t, w.variant.binary, w.settings)
	p.ready(t)
	leaving := &target{variant: w.variant, processes: []*process{p}, client: w.client, secrets: w.secrets}
	release := w.hold(t, a.id)
	var sent sync.WaitGroup
	sent.Add(2)
	all := make(chan []*answer)
	go func() {
		all <- together(t, 2, func(i int) *call {
			c := leaving.refreshCall(own.refresh)
			if i == 1 {
				c = leaving.patch("/auth/me", object{"name": "Zoe"}).bearer(own.access)
			}
			c.sent = sent.Done
			return c
		})
	}()
	sent.Wait()
	time.Sleep(300 * time.Millisecond)
	p.terminate()
	time.Sleep(300 * time.Millisecond)
	if _, err := http.Get("http://" + p.address + "/healthz"); err == nil {
		t.Error("the process still takes requests")
	}
	release()
	for _, answer := range <-all {
		answer.want(t, http.StatusOK)
	}
	p.stop(t)
}
