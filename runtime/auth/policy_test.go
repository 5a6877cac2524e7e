package auth

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestPasswordPolicy(t *testing.T) {
	const email = "john.smith@example.com"
	for _, test := range []struct {
		name, password string
		minLength      int
		refusal        string // "" when accepted
	}{
		{"eight characters", "kx7wq9zt", 0, ""},
		{"seven characters", "kx7wq9z", 0, "at least 8"},
		{"a lower floor does not count", "kx7wq9z", 4, "at least 8"},
		{"a higher floor counts", "kx7wq9zt", 12, "at least 12"},
		{"256 characters", strings.Repeat("ab", 128), 0, ""},
		{"257 characters", strings.Repeat("ab", 128) + "c", 0, "at most 256"},
		{"256 characters of four bytes", strings.Repeat("🐎🔋", 128), 0, ""},
		{"eight code points", "正确的马电池订书", 0, ""},
		{"eight only before composition", "e\u0301a\u0301i\u0301o\u0301", 0, "at least 8"},
		{"spaces, no digit, no capital", "correct horse battery", 0, ""},
		{"common", "password", 0, "common"},
		{"common in capitals", "PassWord1", 0, "common"},
		{"common name", "Jennifer", 0, "common"},
		{"common with something added", "password and a horse", 0, ""},
		{"the address", "John.Smith@Example.com", 0, "email"},
		{"its local part", "JOHN.smith", 0, "email"},
		{"one character", "aaaaaaaaaaaa", 0, "repeated"},
		{"one composed character", strings.Repeat("e\u0301", 10), 0, "repeated"},
		{"NUL", "kx7wq\x009zt", 0, "NUL"},
		{"not text", "kx7wq\xff9zt", 0, "UTF-8"},
	} {
		t.Run(test.name, func(t *testing.T) {
			err := checkPassword(test.password, email, test.minLength)
			switch {
			case test.refusal == "" && err != nil:
				t.Errorf("refused: %v", err)
			case test.refusal != "" && err == nil:
				t.Error("accepted")
			case test.refusal != "" && !strings.Contains(err.Error(), test.refusal):
				t.Errorf("refused with %q, want %q", err, test.refusal)
			}
		})
	}
}

func TestErrorDoesNotContainThePassword(t *testing.T) {
	for _, password := range []string{"short", "Sunshine1", "zzzzzzzzz", "john.smith"} {
		if err := checkPassword(password, "john.smith@example.com", 8); err == nil || strings.Contains(err.Error(), password) {
			t.Errorf("%s: %v", password, err)
		}
	}
}

func TestCommonPasswordsMatchTheirHeader(t *testing.T) {
	var list []string
	for line := range strings.Lines(commonPasswords) {
		if !strings.HasPrefix(line, "#") {
			list = append(list, strings.TrimSuffix(line, "\n"))
		}
	}
	if len(list) < 3000 || !slices.IsSorted(list) {
		t.Errorf("%d passwords, sorted: %v", len(list), slices.IsSorted(list))
	}
	for _, password := range list {
		if utf8.RuneCountInString(password) < passwordMinLength || password != strings.ToLower(password) {
			t.Errorf("%q can never be compared", password)
		}
	}
	if !isCommon(list[0]) || !isCommon(list[len(list)-1]) {
		t.Error("the first or the last of the list is not found")
	}
}
