package mail

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/mail"
	"os"
	"path/filepath"
	"time"
)

// fileSender writes each mail to a file of its own, whose names sort by time.
type fileSender struct {
	from *mail.Address
	dir  string
}

func newFileSender(from *mail.Address, dir string) (*fileSender, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("MAIL_DIR: %w", err)
	}
	return &fileSender{from: from, dir: dir}, nil
}

func (s *fileSender) Send(ctx context.Context, m Message) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	msg, err := compose(s.from, m)
	if err != nil {
		return err
	}
	unfinished, err := os.CreateTemp(s.dir, ".*.tmp") // mode 0600
	if err != nil {
		return fmt.Errorf("write mail: %w", err)
	}
	defer os.Remove(unfinished.Name())
	_, err = msg.WriteTo(unfinished)
	if err := errors.Join(err, unfinished.Close()); err != nil {
		return fmt.Errorf("write mail: %w", err)
	}
	name := time.Now().UTC().Format("20060102T150405.000000000Z") + "-" + rand.Text()[:8] + ".eml"
	return os.Rename(unfinished.Name(), filepath.Join(s.dir, name))
}
