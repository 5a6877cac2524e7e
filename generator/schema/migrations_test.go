package schema

import "testing"

func TestMigrationIDComesFromTheFileName(t *testing.T) {
	files := map[string]string{}
	for _, id := range []string{
		"20260101000000_create_posts", "20260101000000_table", "20260101000000_create_table", "20260101000000_create_price_table",
		"20260101000000_create_windows", "20260101000000_create_windows_table", "20260101000000_create_windows_table_table",
		"20260101000000_linux", "20260101000000_linux_table", "20260101000000_add_x_to_arm_table_table",
	} {
		file := GoFile(id)
		if got := MigrationID(file); got != id {
			t.Errorf("file %s gives migration %s, want %s", file, got, id)
		}
		if files[file] != "" || isSystem(file[len(file)-len("windows"):]) {
			t.Errorf("%s has the file %s, as %s", id, file, files[file])
		}
		files[file] = id
	}
}
