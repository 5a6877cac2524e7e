package contract

import (
	"bytes"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fastgo/cmd"
)

// written is a generated application and its binary.
type written struct {
	dir, program string
}

// writeBlog generates and builds an application with a resource of each kind.
func writeBlog(t *testing.T) written {
	t.Helper()
	return write(t,
		"Category name:string:unique:sort --role admin",
		"Post title:string:max=200:sort:filter:search body:text subtitle:string:optional status:enum:draft,published:default=draft published:bool price:money:optional -p --soft-delete",
		"Comment body:text --parent Post -p",
		"Topic name:string:unique --shared",
		"Page title:string posted:date size:decimal:4.2:optional meta:json:optional at:datetime:filter --public-read",
		"Event name:string site:url:optional mail:email color:color:optional slug:slug:unique ip:ip:optional phone:phone:optional key:uuid time:time stars:int:min=1:max=5 weight:float",
	)
}

// write generates and builds an application with resources, each given as arguments
// of make:resource.
func write(t *testing.T, resources ...string) written {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "blog")
	fastgo(t, "new", dir, "--no-git")
	for _, resource := range resources {
		fastgo(t, append([]string{"-C", dir, "make:resource"}, strings.Fields(resource)...)...)
	}
	program := filepath.Join(t.TempDir(), "app")
	output(t, dir, "go", "build", "-trimpath", "-o", program, ".")
	return written{dir, program}
}

// fastgo runs a command as a user does and ends the test unless it succeeds.
func fastgo(t *testing.T, args ...string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if code := cmd.Run(args, strings.NewReader(""), &stdout, &stderr); code != 0 {
		t.Fatalf("fastgo %s: exit code %d\n%s%s", strings.Join(args, " "), code, &stdout, &stderr)
	}
}

// output runs a program and returns its stdout; it ends the test on failure.
func output(t *testing.T, dir, name string, args ...string) []byte {
	t.Helper()
	return begin(t, dir, name, args...)()
}

// begin starts a program. The returned function waits for it, like output.
func begin(t *testing.T, dir, name string, args ...string) (end func() []byte) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	program := exec.Command(name, args...)
	program.Dir, program.Stdout, program.Stderr = dir, &stdout, &stderr
	program.Env = append(os.Environ(), "GOWORK=off", "REDOCLY_TELEMETRY=off", "REDOCLY_SUPPRESS_UPDATE_NOTICE=true", "NO_COLOR=1")
	must(t, program.Start())
	t.Cleanup(func() { _ = program.Process.Kill() }) // where the test ends before it
	return func() []byte {
		t.Helper()
		if err := program.Wait(); err != nil {
			t.Fatalf("%s %s: %v\n%s%s", name, strings.Join(args, " "), err, &stdout, &stderr)
		}
		return stdout.Bytes()
	}
}

// run executes a command of the application. Settings have the form NAME=value and
// override its .env.
func (w written) run(t *testing.T, settings []string, args ...string) {
	t.Helper()
	program := exec.Command(w.program, args...)
	program.Dir, program.Env = w.dir, append(os.Environ(), settings...)
	if out, err := program.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// serve migrates the database, starts the application and returns its address. It
// fails the test if the log contains errors at the end.
func (w written) serve(t *testing.T, settings ...string) string {
	t.Helper()
	w.run(t, settings, "migrate")
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	address := listener.Addr().String()
	must(t, listener.Close())
	var log bytes.Buffer
	program := exec.Command(w.program, "serve")
	program.Dir, program.Env = w.dir, append(append(os.Environ(), settings...), "HTTP_ADDR="+address)
	program.Stdout, program.Stderr = &log, &log
	must(t, program.Start())
	t.Cleanup(func() {
		_ = program.Process.Kill()
		_ = program.Wait()
		if bytes.Contains(log.Bytes(), []byte("level=ERROR")) || bytes.Contains(log.Bytes(), []byte("panic")) {
			t.Error("the log holds an error")
		}
		if t.Failed() {
			t.Logf("the application says:\n%s", &log)
		}
	})
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if answer, err := http.Get("http://" + address + "/readyz"); err == nil {
			answer.Body.Close()
			return "http://" + address
		}
	}
	t.Fatal("the application does not respond")
	return ""
}
