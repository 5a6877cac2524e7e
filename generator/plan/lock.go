package plan

import (
	"errors"
	"fmt"
	"time"
)

// lockTime is how long a command waits for another one in the same directory,
// which takes milliseconds.
const lockTime = 10 * time.Second

// Lock waits until no other fastgo command runs in the directory. The lock ends
// with the process.
func Lock(dir string) (unlock func(), err error) {
	for deadline := time.Now().Add(lockTime); ; time.Sleep(5 * time.Millisecond) {
		unlock, err := tryLock(dir)
		if !errors.Is(err, errLocked) {
			return unlock, err
		}
		if time.Now().After(deadline) {
			return nil, fmt.Errorf("another fastgo command is running in %s: try again when it has finished", dir)
		}
	}
}
