package attack

import (
	"bytes"
	"errors"
	"maps"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"syscall"
	"testing"
	"time"
)

// settings are the environment of a process.
type settings map[string]string

func (s settings) with(other settings) settings {
	merged := maps.Clone(s)
	maps.Copy(merged, other)
	return merged
}

// process is the application, running or ended.
type process struct {
	address string // host:port
	log     string // the file of its output

	cmd   *exec.Cmd
	ended chan struct{}
	err   error // once it has ended
}

// command prepares the application with these settings, in an empty directory
// without a .env.
func command(t testing.TB, binary string, s settings, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(binary, args...)
	cmd.Dir = t.TempDir()
	cmd.Env = []string{"GORACE=exitcode=66"}
	for name, value := range s {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	return cmd
}

// launch starts a process without waiting until it is ready.
func launch(t testing.TB, binary string, s settings) *process {
	t.Helper()
	p := &process{address: freeAddress(t), log: filepath.Join(t.TempDir(), "log"), ended: make(chan struct{})}
	p.cmd = command(t, binary, s.with(settings{"HTTP_ADDR": p.address}))
	log, err := os.Create(p.log)
	must(t, err)
	defer log.Close()
	p.cmd.Stdout, p.cmd.Stderr = log, log
	must(t, p.cmd.Start())
	go func() {
		p.err = p.cmd.Wait()
		close(p.ended)
	}()
	t.Cleanup(func() {
		p.cmd.Process.Kill()
		<-p.ended
	})
	return p
}

func freeAddress(t testing.TB) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer listener.Close()
	return listener.Addr().String()
}

// ready waits until the process reports readiness.
func (p *process) ready(t testing.TB) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if res, err := http.Get("http://" + p.address + "/readyz"); err == nil {
			res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return
			}
		}
		select {
		case <-p.ended:
			t.Fatalf("the process has ended: %v\n%s", p.err, p.output(t))
		default:
		}
	}
	t.Fatalf("the process does not respond:\n%s", p.output(t))
}

// stop terminates the process as an operator does, and checks its exit.
func (p *process) stop(t testing.TB) {
	t.Helper()
	p.terminate()
	select {
	case <-p.ended:
	case <-time.After(30 * time.Second):
		t.Fatalf("the process has not ended within 30 s:\n%s", p.output(t))
	}
	if p.err != nil {
		t.Errorf("the process ended badly: %v\n%s", p.err, p.output(t))
	}
	p.healthy(t)
}

func (p *process) terminate() {
	p.cmd.Process.Signal(syscall.SIGTERM)
}

// healthy checks that the log has no races, panics and unexpected errors.
func (p *process) healthy(t testing.TB) {
	t.Helper()
	out := p.output(t)
	for _, sign := range []string{"DATA RACE", "panic", "fatal error", "level=ERROR"} {
		if at := bytes.Index(out, []byte(sign)); at >= 0 {
			t.Errorf("the log holds %q: …%s", sign, out[max(0, at-300):min(len(out), at+6000)])
		}
	}
}

func (p *process) output(t testing.TB) []byte {
	t.Helper()
	out, err := os.ReadFile(p.log)
	must(t, err)
	return out
}

var highWater = regexp.MustCompile(`VmHWM:\s+(\d+) kB`)

// peakMemory returns the peak memory of the process in MiB.
func (p *process) peakMemory(t testing.TB) float64 {
	t.Helper()
	status, err := os.ReadFile("/proc/" + strconv.Itoa(p.cmd.Process.Pid) + "/status")
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("the peak memory of a process is only available on Linux")
	}
	must(t, err)
	found := highWater.FindSubmatch(status)
	if found == nil {
		t.Fatalf("no VmHWM in %s", status)
	}
	kib, err := strconv.Atoi(string(found[1]))
	must(t, err)
	return float64(kib) / 1024
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
