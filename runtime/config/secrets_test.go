package config

import (
	"encoding/base64"
	"encoding/hex"
	"math/rand/v2"
	"strings"
	"testing"
)

func TestWeakKeyIsRejectedAndNotShown(t *testing.T) {
	for name, weak := range map[string]string{
		"short":             key[:31],
		"placeholder":       "changeme-changeme-CHANGEME-7fQ2x9",
		"placeholder, long": "your-secret-key-change-in-production",
		"secret first":      "secret9Kd7Hq2Zx4Vb8Nm1Lp5Rt3Wy6Jc",
		"of a tutorial":     "09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7",
		"one letter":        strings.Repeat("x", 64),
		"seven letters":     "gmcaiekgacmieagkcimgkaeicmakgeimcgiakemc",
		"words":             "put-your-own-long-random-string-here",
		"words of a habit":  "my_super_long_jwt_signing_key_for_dev_only",
		"a row of keys":     "qwertyuiopasdfghjklzxcvbnm1234567890",
		"mostly one letter": strings.Repeat("x", 32) + "1234567",
		"pairs":             "aaaaaaaabbbbbbbbccccccccddddddddeeeeeeeeffffffffgggggggghhhhhhhh",
		"repeated block":    strings.Repeat("aX7qL2mZ", 4),
		"digits in order":   "1234567890123456789012345678901234",
		"alphabet":          "abcdefghijklmnopqrstuvwxyz0123456789",
		"second of a list":  key + ",short",
		"empty in a list":   key + ",",
		"space in a list":   key + ", " + oldKey,
	} {
		_, err := Parse(with("AUTH_SECRET_KEY", weak))
		if err == nil || !strings.Contains(err.Error(), "AUTH_SECRET_KEY") {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for part := range strings.SplitSeq(weak, ",") {
			if len(part) > 4 && strings.Contains(err.Error(), strings.TrimSpace(part)[:5]) && part != "short" {
				t.Errorf("%s: the key is shown: %v", name, err)
			}
		}
	}
}

func TestLongerDigestNeedsALongerKey(t *testing.T) {
	long := key + oldKey
	for algorithm, least := range map[string]int{"HS256": 32, "HS384": 48, "HS512": 64} {
		if _, err := Parse(with("AUTH_ALGORITHM", algorithm, "AUTH_SECRET_KEY", long[:least])); err != nil {
			t.Errorf("%s with %d bytes: %v", algorithm, least, err)
		}
		if _, err := Parse(with("AUTH_ALGORITHM", algorithm, "AUTH_SECRET_KEY", long[:least-1])); err == nil {
			t.Errorf("%s with %d bytes is accepted", algorithm, least-1)
		}
	}
}

func TestRandomKeysAreAccepted(t *testing.T) {
	source := rand.NewChaCha8([32]byte{1})
	for range 20_000 {
		raw := make([]byte, 32)
		_, _ = source.Read(raw)
		for _, encoded := range []string{hex.EncodeToString(raw[:16]), hex.EncodeToString(raw), base64.RawURLEncoding.EncodeToString(raw)} {
			if isPlaceholder(encoded) || isGuessable(encoded) {
				t.Fatalf("%s is rejected", encoded)
			}
		}
	}
}

func TestNoPasswordIsShown(t *testing.T) {
	for _, address := range []string{
		"mysql://u:hunter2@host/db", "hunter2", "host=localhost password=hunter2", "postgres:hunter2", "postgres://u:hunter2%zz@host/db",
		"postgres://u:a/hunter2@host:x/db", "Postgres://u:hunter2@host/db ", "u:hunter2://",
	} {
		_, err := Parse(with("DATABASE_URL", address))
		if err == nil {
			continue
		}
		if !strings.Contains(err.Error(), "DATABASE_URL") || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v", address, err)
		}
	}
	_, err := Parse(with("APP_URL", "https://u:hunter2@host", "SMTP_PASSWORD", "hunter2", "CORS_ORIGINS", "https://u:hunter2@host"))
	if err == nil || !strings.Contains(err.Error(), "APP_URL") || strings.Contains(err.Error(), "hunter2") {
		t.Error(err)
	}
}
