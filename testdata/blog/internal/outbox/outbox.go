// Package outbox sends mail that was stored in the transaction that caused it: a mail leaves if, and only if, that
// transaction was committed. Delivery is at least once, survives restarts, and is shared by any number of replicas.
//
//	err := outbox.Enqueue(tx, "welcome", user.Email, map[string]any{"Name": user.Name})
//
// The template is a pair of files, mail/templates/welcome.txt and welcome.html.
package outbox

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"gorm.io/gorm"

	"example.com/blog/internal/mail"
)

// A Row is a mail that waits to be sent. Times are in Unix milliseconds.
type Row struct {
	ID       int64
	Template string `gorm:"column:purpose"`
	Address  string
	Payload  string // JSON; empty where there is none
	Attempts int64
	NextAt   int64 // when it is due; 0 is at once
	SentAt   *int64
}

// TableName implements gorm's Tabler.
func (Row) TableName() string { return "outbox" }

// Decode reads the payload into what v points to. Without a payload v keeps its value.
func (r Row) Decode(v any) error {
	if r.Payload == "" {
		return nil
	}
	d := json.NewDecoder(bytes.NewReader([]byte(r.Payload)))
	d.UseNumber() // a float64 would print as 1e+06
	return d.Decode(v)
}

// Enqueue stores a mail to one address, which is sent once the transaction is committed. The payload, which may be nil, is
// stored as JSON: never put a secret into it. An unknown template is an error.
func Enqueue(tx *gorm.DB, template, address string, payload any) error {
	if err := mail.CheckTemplate(template); err != nil {
		return err
	}
	row := Row{Template: template, Address: address}
	if payload != nil {
		encoded, err := json.Marshal(payload)
		if err != nil {
			return fmt.Errorf("payload of the mail %s: %w", template, err)
		}
		row.Payload = string(encoded)
	}
	return tx.Create(&row).Error
}

// ErrUnwanted is returned by a Composer to drop the mail silently.
var ErrUnwanted = errors.New("the mail is not wanted")

// A Composer writes the mail of a row when it is about to be sent, within a transaction that it may write in, such as to
// store a token that only the mail contains. The recipient is set by the outbox.
type Composer func(tx *gorm.DB, row Row) (mail.Message, error)

// An Outbox sends the mails of a database. It must not be copied.
type Outbox struct {
	app       string
	db        *gorm.DB
	sender    mail.Sender
	log       *slog.Logger
	composers map[string]Composer
	limited   []string // templates that limit counts
	limit     int
	now       func() time.Time
}

// New returns an outbox. The name of the application is the App of every template.
func New(app string, db *gorm.DB, sender mail.Sender, log *slog.Logger) *Outbox {
	return &Outbox{app: app, db: db, sender: sender, log: log, composers: map[string]Composer{}, now: time.Now}
}

// Compose sets the composer of a template. Without one, the template is rendered with the members of the payload.
func (o *Outbox) Compose(template string, c Composer) { o.composers[template] = c }

// Limit bounds how many mails of these templates, taken together, one address gets in an hour: further ones are dropped
// silently. It is for mail that anybody may cause to be sent to somebody else. Other templates have no limit.
func (o *Outbox) Limit(perHour int, templates ...string) { o.limit, o.limited = perHour, templates }

// compose returns the mail of a row; ErrUnwanted when it is to be dropped. The limit is looked at first: a mail that is not
// sent must not invalidate the token of an earlier one.
func (o *Outbox) compose(db *gorm.DB, row Row) (m mail.Message, err error) {
	err = db.Transaction(func(tx *gorm.DB) error {
		if full, err := o.isFull(tx, row); err != nil || full {
			return errors.Join(err, ErrUnwanted)
		}
		c, ok := o.composers[row.Template]
		if !ok {
			c = o.render
		}
		m, err = c(tx, row)
		return err
	})
	m.To = row.Address
	return m, err
}

func (o *Outbox) render(_ *gorm.DB, row Row) (mail.Message, error) {
	data := map[string]any{}
	if err := row.Decode(&data); err != nil {
		return mail.Message{}, fmt.Errorf("payload of the mail %s: %w", row.Template, err)
	}
	data["App"] = o.app
	return mail.Render(row.Template, data)
}

// isFull reports whether the address has had its share. Mails that wait count if they are older than the row, so that of
// several replicas, each with another row in hand, none exceeds the limit.
func (o *Outbox) isFull(tx *gorm.DB, row Row) (bool, error) {
	if !slices.Contains(o.limited, row.Template) {
		return false, nil
	}
	var others int64
	err := tx.Model(&Row{}).Where("address = ? AND purpose IN ? AND id <> ?", row.Address, o.limited, row.ID).
		Where("sent_at > ? OR sent_at IS NULL AND id < ?", o.now().Add(-time.Hour).UnixMilli(), row.ID).Count(&others).Error
	return others >= int64(o.limit), err
}
