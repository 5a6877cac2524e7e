//go:build unix

package plan

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"fastgo/generator/fail"
)

// The test binary runs itself to be killed during an apply.
const (
	killRoot = "FASTGO_TEST_ROOT"
	killStep = "FASTGO_TEST_STEP"
	survived = "survived"
)

func TestMain(m *testing.M) {
	if root := os.Getenv(killRoot); root != "" {
		applyUntilKilled(root)
		return
	}
	os.Exit(m.Run())
}

// applyUntilKilled kills the process at the step in the environment.
func applyUntilKilled(root string) {
	last, _ := strconv.Atoi(os.Getenv(killStep))
	step := 0
	d := &Disk{Root: root, step: func() {
		if step++; step == last {
			syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {}
		}
	}}
	if _, err := d.Recover(); err != nil {
		fmt.Println(err)
		return
	}
	if err := d.Apply(killedPlan()); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(survived)
}

func killedPlan() []Change {
	return []Change{
		{Path: "app/post/post.go", New: []byte("package post\n"), Mode: 0o666},
		{Path: "app/post/handlers.go", New: []byte("package post // handlers\n"), Mode: 0o666},
		{Path: "routes.go", Old: []byte("old routes\n"), New: []byte("new routes\n"), Mode: 0o666},
		{Path: "gone/old.go", Old: []byte("package gone\n"), Mode: 0o666},
		{Path: "same.go", Old: []byte("same\n"), New: []byte("same\n"), Mode: 0o666},
	}
}

func before() map[string]string {
	return map[string]string{"routes.go": "old routes\n", "gone/old.go": "package gone\n", "same.go": "same\n", ".fastgo/project.json": "{}"}
}

func after() map[string]string {
	return map[string]string{
		"app/post/post.go": "package post\n", "app/post/handlers.go": "package post // handlers\n",
		"routes.go": "new routes\n", "same.go": "same\n", ".fastgo/project.json": "{}",
	}
}

func TestKilledApplyIsCompletedOrHasNoEffect(t *testing.T) {
	if testing.Short() {
		t.Skip("starts many processes")
	}
	completed, never := 0, 0
	for step := 1; ; step++ {
		root := tree(t, before())
		if killed := runUntil(t, root, step); !killed {
			if completed == 0 || never == 0 {
				t.Errorf("of %d kills, %d were completed and %d had no effect", step-1, completed, never)
			}
			return
		}
		if _, err := (&Disk{Root: root}).Recover(); err != nil {
			t.Fatalf("step %d: %v", step, err)
		}
		switch got := read(t, root); {
		case maps.Equal(got, before()):
			never++
		case maps.Equal(got, after()):
			completed++
		default:
			t.Fatalf("killed at step %d, the next command leaves %v", step, got)
		}
	}
}

func TestKilledRecoveryIsCompleted(t *testing.T) {
	if testing.Short() {
		t.Skip("starts many processes")
	}
	for step := 1; ; step++ {
		root := tree(t, before())
		runUntil(t, root, 3) // after the journal is written
		if killed := runUntil(t, root, step); !killed {
			return
		}
		if _, err := (&Disk{Root: root}).Recover(); err != nil {
			t.Fatalf("step %d: %v", step, err)
		}
		if got := read(t, root); !maps.Equal(got, after()) {
			t.Fatalf("killed at step %d of the recovery, the next command leaves %v", step, got)
		}
	}
}

// runUntil applies the plan in a process that is killed at a step.
func runUntil(t *testing.T, root string, step int) (killed bool) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), killRoot+"="+root, killStep+"="+strconv.Itoa(step))
	out, err := child.CombinedOutput()
	if strings.Contains(string(out), survived) {
		return false
	}
	if err == nil || !strings.Contains(err.Error(), "killed") {
		t.Fatalf("step %d: %v: %s", step, err, out)
	}
	return true
}

func TestRecoveryKeepsFilesChangedSince(t *testing.T) {
	root := tree(t, before())
	d := &Disk{Root: root}
	var entries []entry
	for _, c := range killedPlan()[:3] {
		entries = append(entries, entry{c.Path, c.Old, c.New, c.Mode})
	}
	if err := d.begin(entries); err != nil {
		t.Fatal(err)
	}
	write(t, root, "routes.go", "my routes\n")
	did, err := d.Recover()
	if err != nil || !strings.Contains(strings.Join(did, "\n"), "routes.go changed since") {
		t.Errorf("got %q, %v", did, err)
	}
	got := read(t, root)
	if got["routes.go"] != "my routes\n" || got["app/post/post.go"] != "package post\n" {
		t.Errorf("got %v", got)
	}
}

func TestFailedApplyChangesNothing(t *testing.T) {
	root := tree(t, before())
	write(t, root, "blocked", "a file where a folder should be")
	want := read(t, root)
	changes := append(killedPlan(), Change{Path: "blocked/file.go", New: []byte("x"), Mode: 0o666})
	if err := (&Disk{Root: root}).Apply(changes); err == nil || !strings.Contains(err.Error(), "nothing was changed") {
		t.Errorf("got %v", err)
	}
	if got := read(t, root); !maps.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}

func TestApplyKeepsTheModeOfAFile(t *testing.T) {
	root := tree(t, map[string]string{"run.sh": "old"})
	if err := os.Chmod(filepath.Join(root, "run.sh"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := (&Disk{Root: root}).Apply([]Change{{Path: "run.sh", Old: []byte("old"), New: []byte("new"), Mode: 0o666}}); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(root, "run.sh"))
	if err != nil || info.Mode().Perm() != 0o755 {
		t.Errorf("got %v, %v", info.Mode(), err)
	}
}

func TestCheckReportsAllConflictsAtOnce(t *testing.T) {
	root := tree(t, map[string]string{"there.go": "mine", "changed.go": "newer", "folder/x": ""})
	plan := Plan{Changes: []Change{
		{Path: "there.go", New: []byte("x")},
		{Path: "changed.go", Old: []byte("older"), New: []byte("x")},
		{Path: "lost.go", Old: []byte("older"), New: []byte("x")},
		{Path: "folder", New: []byte("x")},
		{Path: "there.go/below", New: []byte("x")},
		{Path: "fine.go", New: []byte("x")},
	}}
	err := plan.Check(os.DirFS(root))
	problem, ok := err.(*fail.Error)
	if !ok || problem.Kind != fail.KindConflict || len(problem.Problems) != 5 {
		t.Fatalf("got %v", err)
	}
	for i, c := range plan.Changes {
		if want := i < 5; (c.Action() == InTheWay) != want {
			t.Errorf("%s is %s", c.Path, c.Action())
		}
	}
}

func TestLockIsExclusiveAndEndsWithItsProcess(t *testing.T) {
	dir := t.TempDir()
	unlock, err := tryLock(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tryLock(dir); err != errLocked {
		t.Errorf("a second lock: got %v", err)
	}
	unlock()
	again, err := tryLock(dir)
	if err != nil {
		t.Fatalf("after unlock: %v", err)
	}
	again()
	if files := read(t, dir); len(files) > 0 {
		t.Errorf("left over: %v", files)
	}
}

func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, text := range files {
		write(t, root, name, text)
	}
	return root
}

func write(t *testing.T, root, name, text string) {
	t.Helper()
	file := filepath.Join(root, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// read returns all files and empty directories in a directory.
func read(t *testing.T, root string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if entries, err := os.ReadDir(filepath.Join(root, name)); err == nil && len(entries) == 0 && name != "." {
				files[name+"/"] = ""
			}
			return nil
		}
		data, err := os.ReadFile(filepath.Join(root, name))
		files[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
