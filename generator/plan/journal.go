package plan

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// journalFile contains the plan being applied; git ignores it. It is one line of
// JSON, an array of records, followed by the old and new contents in turn.
const journalFile = ".fastgo/journal"

// An entry is one file, before and after.
type entry struct {
	Path string
	Old  []byte // nil: the file did not exist
	New  []byte // nil: the file is removed
	Mode fs.FileMode
}

// A record is an entry with the sizes of its contents, -1 for nil.
type record struct {
	Path     string
	Old, New int
	Mode     fs.FileMode
}

// begin writes the journal. Once it is renamed, the plan will be completed.
func (d *Disk) begin(entries []entry) error {
	var records []record
	contents := [][]byte{nil}
	for _, e := range entries {
		records = append(records, record{e.Path, size(e.Old), size(e.New), e.Mode})
		contents = append(contents, e.Old, e.New)
	}
	head, err := json.Marshal(records)
	if err != nil {
		return err
	}
	contents[0] = append(head, '\n')
	return errors.Join(d.put(journalFile, bytes.Join(contents, nil), 0o600), d.sync())
}

// pending returns the journal of an interrupted command, or nil.
func (d *Disk) pending() ([]entry, error) {
	os.Remove(d.temporary(journalFile))
	data, err := d.read(journalFile)
	if err != nil || data == nil {
		return nil, err
	}
	entries, err := decode(data)
	if err != nil {
		return nil, fmt.Errorf("cannot read %s (%w): review uncommitted changes, then remove it", journalFile, err)
	}
	return entries, nil
}

func decode(journal []byte) ([]entry, error) {
	head, contents, _ := bytes.Cut(journal, []byte("\n"))
	var records []record
	if err := json.Unmarshal(head, &records); err != nil {
		return nil, err
	}
	var entries []entry
	for _, r := range records {
		if max(r.Old, 0)+max(r.New, 0) > len(contents) {
			return nil, errors.New("the file is truncated")
		}
		e := entry{Path: r.Path, Mode: r.Mode}
		e.Old, contents = take(contents, r.Old)
		e.New, contents = take(contents, r.New)
		entries = append(entries, e)
	}
	return entries, nil
}

func take(contents []byte, size int) (taken, rest []byte) {
	if size < 0 {
		return nil, contents
	}
	return contents[:size:size], contents[size:]
}

func size(content []byte) int {
	if content == nil {
		return -1
	}
	return len(content)
}

// end syncs the changes and removes the journal.
func (d *Disk) end() error {
	if err := d.sync(); err != nil {
		return err
	}
	err := os.Remove(filepath.Join(d.Root, filepath.FromSlash(journalFile)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
