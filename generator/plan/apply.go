package plan

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
)

// A Disk applies changes atomically. The journal contains the whole plan before
// the first file is changed; a command that finds a journal completes it.
type Disk struct {
	Root    string
	step    func()   // called between two writes; tests kill the process here
	renamed []string // directories with renames that are not yet synced
}

// Apply writes the changes. On error nothing is changed.
func (d *Disk) Apply(changes []Change) error {
	var entries []entry
	for _, c := range changes {
		if c.writes() {
			entries = append(entries, entry{c.Path, c.Old, c.New, c.Mode})
		}
	}
	if len(entries) == 0 {
		return nil
	}
	if err := d.begin(entries); err != nil {
		return fmt.Errorf("nothing was written: %w", err)
	}
	for i, e := range entries {
		d.pause()
		if err := d.put(e.Path, e.New, e.Mode); err != nil {
			return errors.Join(fmt.Errorf("nothing was changed: %w", err), d.undo(entries[:i+1]))
		}
	}
	d.pause()
	return d.end()
}

// undo restores the old content of the entries.
func (d *Disk) undo(entries []entry) error {
	for _, e := range entries {
		if e.Old == nil {
			d.remove(e.Path)
		}
		current, err := d.read(e.Path)
		if err == nil && !same(current, e.Old) {
			err = d.put(e.Path, e.Old, e.Mode)
			if err != nil {
				return fmt.Errorf("interrupted, the next fastgo command will complete the changes: %w", err)
			}
		}
	}
	return d.end()
}

// Recover completes the journal, if there is one, and returns what it did. Files
// that changed since are left unchanged.
func (d *Disk) Recover() ([]string, error) {
	entries, err := d.pending()
	if err != nil || entries == nil {
		return nil, err
	}
	actions := []string{"completed an interrupted command"}
	for _, e := range entries {
		os.Remove(d.temporary(e.Path))
		current, err := d.read(e.Path)
		switch {
		case err != nil:
			return nil, fmt.Errorf("cannot complete an interrupted command: %w", err)
		case same(current, e.New):
		case same(current, e.Old):
			if err := d.put(e.Path, e.New, e.Mode); err != nil {
				return nil, fmt.Errorf("cannot complete an interrupted command: %w", err)
			}
		default:
			actions = append(actions, e.Path+" changed since; left unchanged: please review")
		}
		d.pause()
	}
	return actions, d.end()
}

// put replaces the content of a file atomically; nil removes it.
func (d *Disk) put(file string, data []byte, mode fs.FileMode) error {
	if data == nil {
		return d.remove(file)
	}
	target := filepath.Join(d.Root, filepath.FromSlash(file))
	if err := os.MkdirAll(filepath.Dir(target), 0o777); err != nil {
		return err
	}
	if info, err := os.Stat(target); err == nil {
		mode = info.Mode().Perm() // keep the developer's mode
	}
	temp := d.temporary(file)
	if err := writeSynced(temp, data, mode); err != nil {
		os.Remove(temp)
		return err
	}
	d.pause()
	if err := os.Rename(temp, target); err != nil {
		os.Remove(temp)
		return err
	}
	if dir := filepath.Dir(target); !slices.Contains(d.renamed, dir) {
		d.renamed = append(d.renamed, dir)
	}
	return nil
}

// sync makes the renames durable, where the system supports it.
func (d *Disk) sync() error {
	var errs []error
	for _, dir := range d.renamed {
		if err := syncDir(dir); !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	d.renamed = nil
	return errors.Join(errs...)
}

// remove deletes a file and the directories that become empty.
func (d *Disk) remove(file string) error {
	err := os.Remove(filepath.Join(d.Root, filepath.FromSlash(file)))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for dir := path.Dir(file); dir != "."; dir = path.Dir(dir) {
		if os.Remove(filepath.Join(d.Root, filepath.FromSlash(dir))) != nil {
			break
		}
	}
	return nil
}

// read returns the content of a file, or nil if it does not exist.
func (d *Disk) read(file string) ([]byte, error) {
	data, err := os.ReadFile(filepath.Join(d.Root, filepath.FromSlash(file)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return data, err
}

// temporary returns the name under which a file is written before it is renamed.
func (d *Disk) temporary(file string) string {
	return filepath.Join(d.Root, filepath.FromSlash(path.Dir(file)), "."+path.Base(file)+".fastgo")
}

func (d *Disk) pause() {
	if d.step != nil {
		d.step()
	}
}

// same reports whether contents are equal; a missing file differs from an empty one.
func same(a, b []byte) bool { return (a == nil) == (b == nil) && bytes.Equal(a, b) }

func writeSynced(name string, data []byte, mode fs.FileMode) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, mode)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Sync(), f.Close())
}

func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
