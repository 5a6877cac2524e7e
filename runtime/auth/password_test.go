package auth

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/crypto/bcrypt"
)

// Test vectors of the reference implementations, argon2 and crypt_blowfish.
const (
	argon2OfPassword = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
	bcryptOfU        = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW" // "U*U"
)

func TestHashedPasswordIsVerified(t *testing.T) {
	hash, err := HashPassword("correct horse")
	if err != nil {
		t.Fatal(err)
	}
	if want := "$argon2id$v=19$m=19456,t=2,p=1$"; !strings.HasPrefix(hash, want) {
		t.Errorf("hash %s does not begin with %s", hash, want)
	}
	if !VerifyPassword("correct horse", hash) {
		t.Error("the password is refused")
	}
	if VerifyPassword("correct horsf", hash) {
		t.Error("another password is accepted")
	}
	if again, _ := HashPassword("correct horse"); again == hash {
		t.Error("two hashes of one password are the same: the salt is not random")
	}
}

func TestPasswordsAreUnicodeNormalized(t *testing.T) {
	hash, err := HashPassword("caf\u00e9 au lait")
	if err != nil {
		t.Fatal(err)
	}
	if !VerifyPassword("cafe\u0301 au lait", hash) {
		t.Error("the decomposed spelling is refused")
	}
}

func TestInvalidUTF8PasswordIsRejected(t *testing.T) {
	if _, err := HashPassword("\xff\xfe bytes"); err == nil {
		t.Error("invalid UTF-8 was hashed")
	}
	if VerifyPassword("\xff\xfe bytes", dummyHash()) {
		t.Error("invalid UTF-8 was verified")
	}
}

func TestForeignHashIsAcceptedAndFlaggedForRehash(t *testing.T) {
	long := strings.Repeat("x", 72)
	ofLong, err := bcrypt.GenerateFromPassword([]byte(long), bcrypt.MinCost)
	if err != nil {
		t.Fatal(err)
	}
	current, err := HashPassword("password")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name, plain, hash string
		ok, outdated      bool
	}{
		{"current", "password", current, true, false},
		{"other costs", "password", argon2OfPassword, true, true},
		{"other costs, wrong", "passwore", argon2OfPassword, false, false},
		{"$2a$", "U*U", bcryptOfU, true, true},
		{"$2b$", "U*U", strings.Replace(bcryptOfU, "2a", "2b", 1), true, true},
		{"$2y$", "U*U", strings.Replace(bcryptOfU, "2a", "2y", 1), true, true},
		{"bcrypt, wrong", "U*V", bcryptOfU, false, false},
		{"72 bytes", long, string(ofLong), true, true},
		{"73 bytes", long + "y", string(ofLong), false, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			ok, outdated, err := verifyPassword(t.Context(), test.plain, test.hash)
			if ok != test.ok || outdated != test.outdated || err != nil {
				t.Errorf("got %v, %v, %v; want %v, %v", ok, outdated, err, test.ok, test.outdated)
			}
		})
	}
}

func TestMalformedHashIsRejected(t *testing.T) {
	const salt, key = "c29tZXNhbHQ", "CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
	for _, stored := range []string{
		"", "password", "$", "$$$$$",
		"$argon2i$v=19$m=65536,t=2,p=1$" + salt + "$" + key,
		"$argon2id$v=16$m=65536,t=2,p=1$" + salt + "$" + key,
		"$argon2id$m=65536,t=2,p=1$" + salt + "$" + key,
		"$argon2id$v=19$m=4194304,t=2,p=1$" + salt + "$" + key, // 4 GiB
		"$argon2id$v=19$m=65537,t=2,p=1$" + salt + "$" + key,
		"$argon2id$v=19$m=65536,t=4294967295,p=1$" + salt + "$" + key, // years
		"$argon2id$v=19$m=65536,t=0,p=1$" + salt + "$" + key,
		"$argon2id$v=19$m=65536,t=2,p=0$" + salt + "$" + key,
		"$argon2id$v=19$m=65536,t=2,p=255$" + salt + "$" + key,
		"$argon2id$v=19$m=0,t=2,p=1$" + salt + "$" + key,
		"$argon2id$v=19$m=-65536,t=2,p=1$" + salt + "$" + key,
		"$argon2id$v=19$m=065536,t=2,p=1$" + salt + "$" + key,
		"$argon2id$v=19$m=65536,t=2,p=1,data=x$" + salt + "$" + key,
		"$argon2id$v=19$t=2,m=65536,p=1$" + salt + "$" + key,
		"$argon2id$v=19$m=65536,t=2,p=1$" + salt + "=$" + key,
		"$argon2id$v=19$m=65536,t=2,p=1$" + salt + "$" + key + "\n",
		"$argon2id$v=19$m=65536,t=2,p=1$" + salt + "$",
		"$argon2id$v=19$m=65536,t=2,p=1$" + salt + "$" + key[:8],
		"$argon2id$v=19$m=65536,t=2,p=1$" + salt + "$" + strings.Repeat("A", 4096),
		"$argon2id$v=19$m=65536,t=2,p=1$$" + key,
		"$2a$31$" + bcryptOfU[7:],
		"$2x$05$" + bcryptOfU[7:],
		"$2$05$" + bcryptOfU[7:],
		bcryptOfU + "x",
	} {
		if _, ok := parseHash(stored); ok {
			t.Errorf("accepted: %s", stored)
		}
	}
}

func TestUnknownUserCostsTheSameHash(t *testing.T) {
	for _, try := range []struct{ name, stored, plain string }{
		{"known", argon2OfPassword, "wrong password"},
		{"imported", bcryptOfU, "wrong password"}, {"imported", bcryptOfU, ""}, {"imported", bcryptOfU, "\x00"}, {"imported", bcryptOfU, strings.Repeat("x", 100)},
		{"unknown", "", "wrong password"}, {"unknown", "", ""}, {"unknown", "", strings.Repeat("x", 100)},
		{"damaged", "$argon2id$", "wrong password"},
		{"dummy", dummyHash(), "wrong password"},
	} {
		before := passwords.count.Load()
		if ok, _, err := verifyPassword(t.Context(), try.plain, try.stored); ok || err != nil {
			t.Errorf("%s, %q: %v, %v", try.name, try.plain, ok, err)
		}
		if did := passwords.count.Load() - before; did != 1 {
			t.Errorf("%s, %q: %d hashes computed, want 1", try.name, try.plain, did)
		}
	}
	if dummy, ok := parseHash(dummyHash()); !ok || dummy.outdated() {
		t.Error("the hash for unknown users has other costs")
	}
}

func TestHashingFailsWithoutAFreeSlot(t *testing.T) {
	h := newHasher(1, 20*time.Millisecond)
	release, err := h.acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.hash(t.Context(), "password"); !errors.Is(err, errBusy) {
		t.Errorf("hash: %v", err)
	}
	if _, _, err := h.verify(t.Context(), "password", ""); !errors.Is(err, errBusy) {
		t.Errorf("verify: %v", err)
	}
	release()
	if _, err := h.hash(t.Context(), "password"); err != nil {
		t.Errorf("after the slot was given back: %v", err)
	}
}

func TestHashingStopsWaitingWhenTheRequestEnds(t *testing.T) {
	h := newHasher(1, time.Minute)
	if _, err := h.acquire(t.Context()); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := h.hash(ctx, "password"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}

func TestConcurrentHashingIsLimitedToTheSlots(t *testing.T) {
	const slots = 2
	h := newHasher(slots, time.Minute)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if _, err := h.hash(context.Background(), "password"); err != nil {
				t.Error(err)
			}
			if busy := len(h.slots); busy > slots {
				t.Errorf("%d at once", busy)
			}
		})
	}
	group.Wait()
	if h.count.Load() != 8 || len(h.slots) != 0 {
		t.Errorf("%d hashes, %d slots still held", h.count.Load(), len(h.slots))
	}
}

// BenchmarkHashPassword64 reports the memory that 64 simultaneous logins add.
func BenchmarkHashPassword64(b *testing.B) {
	h := newHasher(runtime.GOMAXPROCS(0), time.Minute)
	for b.Loop() {
		var group sync.WaitGroup
		for i := range 64 {
			group.Go(func() {
				if _, err := h.hash(context.Background(), fmt.Sprint("password ", i)); err != nil {
					b.Error(err)
				}
			})
		}
		group.Wait()
	}
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	b.ReportMetric(float64(memory.Sys)/(1<<20), "MiB-from-OS")
}
