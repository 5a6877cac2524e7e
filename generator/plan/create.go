package plan

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// unfinished is the prefix of the temporary directory of a new application, next
// to its target.
const unfinished = ".fastgo-new-"

// CheckTarget returns an error if a new application cannot be created at target.
func CheckTarget(target string) error {
	entries, err := os.ReadDir(target)
	switch info, _ := os.Lstat(target); {
	case errors.Is(err, fs.ErrNotExist) && info == nil:
		return nil
	case info != nil && !info.IsDir():
		return fmt.Errorf("%s already exists and is not a directory: use another name", target)
	case err != nil:
		return fmt.Errorf("cannot create an application in %s: %w", target, err)
	case len(entries) > 0:
		return fmt.Errorf("%s already exists and is not empty: use another name", target)
	}
	return nil
}

// WriteNew writes a new application to a temporary directory, calls finish there,
// and renames it, so that the target is either complete or missing.
func WriteNew(target string, p Plan, finish func(dir string) error) error {
	if err := CheckTarget(target); err != nil {
		return err
	}
	parent := filepath.Dir(target)
	if err := os.MkdirAll(parent, 0o777); err != nil {
		return fmt.Errorf("cannot write in %s: %w", parent, err)
	}
	if unlock, err := Lock(parent); err == nil {
		defer unlock()
		sweep(parent)
	}
	if err := CheckTarget(target); err != nil { // another command may have created it meanwhile
		return err
	}
	temp := filepath.Join(parent, unfinished+strconv.Itoa(os.Getpid()))
	if err := os.Mkdir(temp, 0o777); err != nil {
		return fmt.Errorf("cannot write in %s: %w", parent, err)
	}
	err := writeAll(temp, p.Changes)
	if err == nil {
		err = finish(temp)
	}
	if err == nil {
		os.Remove(target) // fails unless it is empty
		err = os.Rename(temp, target)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("cannot write %s: %w", target, err), os.RemoveAll(temp))
	}
	return nil
}

// sweep removes temporary directories of killed commands, whose locks are free.
func sweep(parent string) {
	entries, err := os.ReadDir(parent)
	if err != nil {
		return
	}
	for _, e := range entries {
		if e.IsDir() && strings.HasPrefix(e.Name(), unfinished) {
			os.RemoveAll(filepath.Join(parent, e.Name()))
		}
	}
}

// writeAll writes new files without syncing: after a power failure the command can
// be repeated.
func writeAll(dir string, changes []Change) error {
	made := map[string]bool{}
	for _, c := range changes {
		name := filepath.Join(dir, filepath.FromSlash(c.Path))
		if parent := filepath.Dir(name); !made[parent] {
			if err := os.MkdirAll(parent, 0o777); err != nil {
				return err
			}
			made[parent] = true
		}
		if err := os.WriteFile(name, c.New, c.Mode); err != nil {
			return err
		}
	}
	return nil
}
