package generator

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// journalFile holds the plan that is being applied; git ignores it.
const journalFile = ".fastgo/journal"

// An entry of the journal is one file before and after.
type entry struct {
	Path string
	Old  []byte // null: the file did not exist
	New  []byte // null: the file is removed
	Mode fs.FileMode
}

// begin writes the journal. From its rename on the plan will be completed.
func (d *disk) begin(entries []entry) error {
	data, err := json.Marshal(entries)
	if err != nil {
		return err
	}
	return d.put(journalFile, data, 0o600)
}

// pending returns what an interrupted command had begun; nil if nothing.
func (d *disk) pending() ([]entry, error) {
	os.Remove(d.temporary(journalFile))
	data, err := d.read(journalFile)
	if err != nil || data == nil {
		return nil, err
	}
	var entries []entry
	if err := json.Unmarshal(data, &entries); err != nil {
		return nil, fmt.Errorf("%s cannot be read (%w): look through what is not committed, then remove it", journalFile, err)
	}
	return entries, nil
}

// end forgets the plan, which is on disk now.
func (d *disk) end() error {
	err := os.Remove(filepath.Join(d.root, filepath.FromSlash(journalFile)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
