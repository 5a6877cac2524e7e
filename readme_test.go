package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"fastgo/runtime/mailtest"
)

// TestReadmeTranscript runs every command of the walkthrough in one shell and
// compares the output.
func TestReadmeTranscript(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles the application")
	}
	mailbox := mailtest.Start(t)
	page := readPage(t, "README.md")
	if len(page.steps) < 30 {
		t.Fatalf("README.md has only %d commands", len(page.steps))
	}
	page.replay(t, t.TempDir(), nil, func(command string) string {
		if strings.HasPrefix(command, "read -r code") {
			return "code=" + mailedCode(t, mailbox)
		}
		return strings.NewReplacer(
			"SMTP_PORT=1025", "SMTP_PORT="+strconv.Itoa(mailbox.Port),
			"SMTP_HOST=localhost", "SMTP_HOST="+mailbox.Host,
		).Replace(command)
	})
}

// A page is a document with commands and their output.
type page struct {
	file  string
	lines []string
	steps []*step
}

type step struct {
	command, output string
	line, end       int // where the output starts and ends in the page
}

// readPage finds the commands of a page: lines that start with $ in its console
// blocks.
func readPage(t *testing.T, file string) page {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	p := page{file: file, lines: strings.SplitAfter(string(text), "\n")}
	inside := false
	for i, line := range p.lines {
		switch {
		case strings.HasPrefix(line, "```"):
			inside = line == "```console\n"
		case !inside:
		case strings.HasPrefix(line, "$ "):
			p.steps = append(p.steps, &step{command: strings.TrimSpace(line[2:]), line: i + 1, end: i + 1})
		default:
			last := p.steps[len(p.steps)-1]
			last.output += line
			last.end = i + 1
		}
	}
	return p
}

// replay runs the commands in one shell and compares their output. With -update
// it rewrites the output in the page.
func (p page) replay(t *testing.T, folder string, env []string, change func(command string) string) {
	t.Helper()
	bin, port := t.TempDir(), freePort(t)
	run(t, ".", nil, "go", "build", "-o", filepath.Join(bin, "fastgo"), ".")
	shell := startShell(t, folder, append([]string{
		"PATH=" + bin + string(os.PathListSeparator) + os.Getenv("PATH"),
		"SOURCE_DATE_EPOCH=1767225600",
		fmt.Sprintf("HTTP_ADDR=127.0.0.1:%d", port),
		fmt.Sprintf("APP_URL=http://localhost:%d", port),
	}, env...)...)
	for _, step := range p.steps {
		command := strings.ReplaceAll(change(step.command), "localhost:8000", fmt.Sprintf("127.0.0.1:%d", port))
		got := plain(shell.run(t, command))
		switch {
		case matches(got, plain(step.output)):
		case *update:
			step.output = got + "\n"
		default:
			t.Fatalf("$ %s\n%s\nwant, according to %s:\n%s", step.command, got, p.file, step.output)
		}
	}
	if *update {
		p.write(t)
	}
}

// write saves the page with the output of its steps.
func (p page) write(t *testing.T) {
	t.Helper()
	var text strings.Builder
	at := 0
	for _, step := range p.steps {
		text.WriteString(strings.Join(p.lines[at:step.line], ""))
		text.WriteString(strings.TrimPrefix(step.output, "\n"))
		at = step.end
	}
	text.WriteString(strings.Join(p.lines[at:], ""))
	if err := os.WriteFile(p.file, []byte(text.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// plain replaces everything that differs between runs.
func plain(s string) string {
	for pattern, replacement := range map[string]string{
		`eyJ[\w.-]+`:                      "eyJ…",
		`\d{4}-\d\d-\d\dT[\d:.]+Z`:        "2026-11-22T09:30:00.000Z",
		`"request_id":"[0-9a-f]{16}"`:     `"request_id":"0123456789abcdef"`,
		`(?m)^\[\d+\][ +-]*(\d+|Term.*)$`: "",
	} {
		s = regexp.MustCompile(pattern).ReplaceAllString(s, replacement)
	}
	return strings.Trim(strings.TrimRight(s, " \t\n"), "\n")
}

// matches reports whether the output is as expected; a line "…" in want stands
// for any lines.
func matches(got, want string) bool {
	before, after, skips := strings.Cut(want, "\n…\n")
	if !skips {
		return got == want
	}
	return strings.HasPrefix(got, before+"\n") && strings.HasSuffix(got, "\n"+after)
}

// mailedCode waits for the password reset mail and returns its code.
func mailedCode(t *testing.T, mailbox *mailtest.Server) string {
	t.Helper()
	code := regexp.MustCompile(`(?m)^[\w-]{43}\r?$`)
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		for _, m := range mailbox.Messages() {
			if strings.Contains(m.Subject, "password") && code.MatchString(m.Text) {
				return strings.TrimSpace(code.FindString(m.Text))
			}
		}
	}
	t.Fatal("no password reset mail arrived")
	return ""
}

// A shell is a running bash.
type shell struct {
	in  io.Writer
	out *bufio.Reader
}

func startShell(t *testing.T, dir string, env ...string) *shell {
	t.Helper()
	bash := exec.Command("bash")
	bash.Dir = dir
	bash.Env = append(os.Environ(), env...)
	bash.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	in, err := bash.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := bash.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	bash.Stderr = bash.Stdout
	if err := bash.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		syscall.Kill(-bash.Process.Pid, syscall.SIGKILL) // bash and the server it started
		bash.Wait()
	})
	return &shell{in, bufio.NewReader(out)}
}

// run executes a command and returns its output.
func (s *shell) run(t *testing.T, command string) string {
	t.Helper()
	const end = "-- end of the command --"
	fmt.Fprintf(s.in, "%s\necho; echo '%s'\n", command, end)
	var printed strings.Builder
	for {
		line, err := s.out.ReadString('\n')
		if strings.TrimSpace(line) == end {
			return printed.String()
		}
		if err != nil {
			t.Fatalf("$ %s\n%s: %v", command, printed.String(), err)
		}
		printed.WriteString(line)
	}
}

func freePort(t testing.TB) int {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port
}
