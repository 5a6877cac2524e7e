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

// An appExit is the exit code of the application, which printed its own error.
type appExit struct{ code int }

func (e *appExit) Error() string { return fmt.Sprintf("the application exited with code %d", e.code) }

// runApp builds the application and runs one of its own commands with the
// streams and signals of this process, and with additional settings from env, if
// not nil. A deployed application has the same commands, without fastgo.
func (s *shell) runApp(env func(root string) []string, args ...string) error {
	app, err := generator.Open(s.dir)
	if err != nil {
		return err
	}
	for _, warning := range app.Recovered {
		fmt.Fprintln(s.err, "warning:", warning)
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

// build compiles the application into its .fastgo directory.
func (s *shell) build(root string) (string, error) {
	compiler, err := exec.LookPath("go")
	if err != nil {
		return "", errors.New("cannot build the application: go is not in PATH; install it from https://go.dev/dl")
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

// wait starts a command, forwards signals to it and waits until it exits. On a
// terminal the application receives Ctrl-C twice, which it tolerates.
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
