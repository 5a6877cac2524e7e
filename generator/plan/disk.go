package plan

import (
	"bytes"
	"errors"
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
