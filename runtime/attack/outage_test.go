package attack

import (
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"fastgo/runtime/mailtest"
)

// sendAfterOutage requests mail while the mail server is down, stops the process,
// and checks that the next process sends it once the server is up.
func sendAfterOutage(t *testing.T, v variant) {
	address := freeAddress(t)
	_, port, err := net.SplitHostPort(address)
	must(t, err)
	fallen := newTarget(t, v)
	s := fallen.settings.with(settings{"SMTP_PORT": port})
	first := launch(t, v.binary, s)
	first.ready(t)
	fallen.processes = []*process{first}
	a := fallen.registered(t)
	fallen.post("/auth/forgot-password", object{"email": a.email}).want(t, http.StatusOK)
	for deadline := time.Now().Add(20 * time.Second); strings.Count(string(first.output(t)), "cannot send a mail") < 2; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("no mail was attempted:\n%s", first.output(t))
		}
	}
	first.stop(t)

	fallen.mail = mailtest.Start(t, mailtest.Listen(address))
	second := launch(t, v.binary, s)
	second.ready(t)
	fallen.processes = []*process{second}
	_, token := fallen.mailed(t, a.email, resetSubject, 1)
	fallen.mailed(t, a.email, verifySubject, 1)
	fallen.post("/auth/forgot-password/validate", object{"token": token}).want(t, http.StatusOK)
	second.stop(t)
	for _, p := range []*process{first, second} {
		fallen.secrets.search(t, "the log of a process", p.output(t))
	}
}
