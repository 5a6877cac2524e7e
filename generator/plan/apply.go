package plan

import (
	"errors"
	"fmt"
	"os"
)

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
