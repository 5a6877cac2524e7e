package plan

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func TestTruncatedJournalIsRejected(t *testing.T) {
	d := &Disk{Root: t.TempDir()}
	want := []entry{
		{"new.go", nil, []byte("package a\n\n"), 0o666},
		{"gone.go", []byte("\x00\n[]\n"), nil, 0o600},
		{"empty.go", []byte{}, []byte("[1]"), 0o755},
		{"emptied.go", []byte("x"), []byte{}, 0o644},
	}
	if err := d.begin(want); err != nil {
		t.Fatal(err)
	}
	if got, err := d.pending(); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, %v", got, err)
	}
	name := filepath.Join(d.Root, filepath.FromSlash(journalFile))
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for size := 1; size < len(data); size++ {
		if err := os.WriteFile(name, data[:size], 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := d.pending(); err == nil || !strings.Contains(err.Error(), "cannot read") {
			t.Fatalf("of %d bytes: got %v, %v", size, got, err)
		}
	}
}
