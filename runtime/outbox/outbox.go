// Package outbox stores mail in the caller's transaction and sends it after the commit: mail is sent if and only if the
// transaction commits. Delivery is at least once, survives restarts, and works with any number of replicas.
//
//	err := outbox.Enqueue(tx, "welcome", user.Email, map[string]any{"Name": user.Name})
//
// A template is a pair of files, here mail/templates/welcome.txt and welcome.html.
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

	"fastgo/runtime/mail"
)

// A Row is an email in the outbox. Times are Unix milliseconds.
type Row struct {
	ID       int64
	Template string `gorm:"column:purpose"`
	Address  string
	Payload  string // JSON, or empty
	Attempts int64
	NextAt   int64 // when it is due; 0 means immediately
	SentAt   *int64
}

// TableName implements gorm's Tabler.
func (Row) TableName() string { return "outbox" }

// Decode decodes the payload into v. Without a payload it leaves v unchanged.
func (r Row) Decode(v any) error {
	if r.Payload == "" {
		return nil
	}
	d := json.NewDecoder(bytes.NewReader([]byte(r.Payload)))
	d.UseNumber() // a float64 would print as 1e+06
	return d.Decode(v)
}

// Enqueue stores an email to one address, to be sent after the transaction commits. The payload may be nil; it is stored
// as JSON, so never put a secret into it. An unknown template is an error.
func Enqueue(tx *gorm.DB, template, address string, payload any) error {
	if err := mail.CheckTemplate(template); err != nil {
		return err
	}
	row := Row{Template: template, Address: address}
	if payload != nil {
		encoded, err := json.Marshal(payload)
		if err != nil {
			return fmt.Errorf("payload of mail %s: %w", template, err)
		}
		row.Payload = string(encoded)
	}
	return tx.Create(&row).Error
}

// ErrUnwanted is returned by a Composer to drop the email silently.
var ErrUnwanted = errors.New("the mail is unwanted")

// A Composer returns the email for a row when it is about to be sent. It runs in a transaction and may write, for example to
// store a token that only the email contains. The outbox sets the recipient.
type Composer func(tx *gorm.DB, row Row) (mail.Message, error)

// An Outbox sends the email of a database. It must not be copied.
type Outbox struct {
	app       string
	db        *gorm.DB
	sender    mail.Sender
	log       *slog.Logger
	composers map[string]Composer
	limits    []limit
	now       func() time.Time
}

// limit is how many mails of some templates, taken together, one address gets in an hour.
type limit struct {
	perHour   int64
	templates []string
}

// New returns an outbox. The name of the application is the App of every template.
func New(app string, db *gorm.DB, sender mail.Sender, log *slog.Logger) *Outbox {
	return &Outbox{app: app, db: db, sender: sender, log: log, composers: map[string]Composer{}, now: time.Now}
}

// Compose sets the composer of a template. By default a template is rendered with the members of the payload.
func (o *Outbox) Compose(template string, c Composer) { o.composers[template] = c }

// Limit sets how many emails of these templates in total an address gets per hour; more are dropped silently. Use it for
// emails that anyone can trigger for other people. Other templates are unlimited.
func (o *Outbox) Limit(perHour int64, templates ...string) {
	o.limits = append(o.limits, limit{perHour, templates})
}

// compose returns the email for a row, or ErrUnwanted. It checks the limits first, because a dropped email must not
// invalidate the token of an earlier one.
func (o *Outbox) compose(db *gorm.DB, row Row) (m mail.Message, err error) {
	err = db.Transaction(func(tx *gorm.DB) error {
		full, err := o.isFull(tx, row)
		if err != nil {
			return err
		}
		if full {
			return ErrUnwanted
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
		return mail.Message{}, fmt.Errorf("payload of mail %s: %w", row.Template, err)
	}
	data["App"] = o.app
	return mail.Render(row.Template, data)
}

// isFull reports whether the address has reached a limit. Older unsent emails count, so that replicas sending different
// rows do not exceed the limit together.
func (o *Outbox) isFull(tx *gorm.DB, row Row) (bool, error) {
	for _, l := range o.limits {
		if !slices.Contains(l.templates, row.Template) {
			continue
		}
		var others int64
		err := tx.Model(&Row{}).Where("address = ? AND purpose IN ? AND id <> ?", row.Address, l.templates, row.ID).
			Where("sent_at > ? OR sent_at IS NULL AND id < ?", o.now().Add(-time.Hour).UnixMilli(), row.ID).Count(&others).Error
		if err != nil || others >= l.perHour {
			return err == nil, err
		}
	}
	return false, nil
}
