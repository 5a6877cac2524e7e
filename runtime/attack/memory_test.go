package attack

import (
	"net/http"
	"testing"

	"fastgo/runtime/database/dbtest"
)

const (
	manyLogins = 64
	memoryMost = 150 // MiB
)

func TestConcurrentLoginsStayWithinTheMemoryLimit(t *testing.T) {
	skipIfShort(t)
	w, a := oneProcess(t)
	for range 3 {
		w.loginTogether(t, a)
	}
	if peak := w.processes[0].peakMemory(t); peak > memoryMost {
		t.Errorf("the process took %.0f MiB, want at most %d", peak, memoryMost)
	}
}

func BenchmarkLogin(b *testing.B) {
	w, a := oneProcess(b)
	for b.Loop() {
		w.loginTogether(b, a)
	}
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N*manyLogins), "ms/login")
	b.ReportMetric(w.processes[0].peakMemory(b), "peak-MiB")
}

// oneProcess starts the application as in production: without the race detector,
// which uses memory itself.
func oneProcess(t testing.TB) (*target, account) {
	t.Helper()
	w := newTarget(t, variant{"SQLite without cgo", build(t, "CGO_ENABLED=0"), dbtest.SQLite})
	p := launch(t, w.variant.binary, w.settings)
	p.ready(t)
	w.processes = []*process{p}
	return w, w.account(t)
}

func (w *target) loginTogether(t testing.TB, a account) {
	t.Helper()
	answers := together(t, manyLogins, func(int) *call { return w.loginCall(a.email, a.password).from(w.host()) })
	got := statuses(answers)
	if got[http.StatusOK]+got[http.StatusServiceUnavailable] != manyLogins || got[http.StatusOK] < manyLogins/4 {
		t.Fatalf("the logins answer %v", got)
	}
}
