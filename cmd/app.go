package cmd

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"syscall"

	"fastgo/generator"
)

// An appExit is the exit code of the application, which has said why itself.
type appExit struct{ code int }

func (e *appExit) Error() string { return fmt.Sprintf("the application ended with %d", e.code) }

// runApp builds the application and runs one of its own commands, with the
// streams and signals of this process, and with the settings of env, if any. A deployed application has the same
// commands, without fastgo.
func (s *shell) runApp(env func(root string) []string, args ...string) error {
	app, err := generator.Open(s.dir)
	if err != nil {
		return err
	}
	for _, did := range app.Recovered {
		fmt.Fprintln(s.err, "warning:", did)
	}
	app.Close()
	binary, err := s.build(app.Root)
	if err != nil {
		return err
	}
	run := exec.Command(binary, args...)
	run.Dir = app.Root
	if env != nil {
		run.Env = append(os.Environ(), env(app.Root)...)
	}
	run.Stdin, run.Stdout, run.Stderr = s.in, s.out, s.err
	return s.wait(run)
}

// build compiles the application into its .fastgo folder, where the next
// command finds it up to date.
func (s *shell) build(root string) (string, error) {
	compiler, err := exec.LookPath("go")
	if err != nil {
		return "", errors.New("this command compiles the application, and Go is not installed or not in PATH: get it from https://go.dev/dl")
	}
	if isTerminal(s.err) {
		fmt.Fprint(s.err, "building…\r")
		defer fmt.Fprint(s.err, "\x1b[K")
	}
	binary := filepath.Join(root, ".fastgo", "bin", "app")
	if runtime.GOOS == "windows" {
		binary += ".exe"
	}
	build := exec.Command(compiler, "build", "-o", binary, ".")
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("the application does not build:\n%s", bytes.TrimSpace(out))
	}
	return binary, nil
}

// wait runs a command to its end. A signal to this process is passed on; on a
// terminal Ctrl-C reaches the application twice, which does not mind.
func (s *shell) wait(run *exec.Cmd) error {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer signal.Stop(signals)
	if err := run.Start(); err != nil {
		return fmt.Errorf("cannot run the application: %w", err)
	}
	ended := make(chan error, 1)
	go func() { ended <- run.Wait() }()
	for {
		select {
		case sig := <-signals:
			run.Process.Signal(sig)
		case err := <-ended:
			if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
				return &appExit{max(exit.ExitCode(), exitError)}
			}
			return err
		}
	}
}
