package column

import (
	"cmp"
	"database/sql/driver"
	"fmt"
	"time"

	"github.com/danielgtaylor/huma/v2"
)

// A Date is a calendar day without time or zone, from 0001-01-01 to 9999-12-31, formatted as an RFC 3339 full-date such as
// 2026-01-31. Dates can be compared with ==. The zero Date is 0001-01-01.
type Date struct{ days int32 } // since 0001-01-01

const (
	secondsADay = 24 * 60 * 60
	firstDay    = -719162 // 0001-01-01, in days since 1970-01-01
	lastDay     = 2932896 // 9999-12-31
)

// NewDate returns a date. Months and days outside their usual ranges are normalized as in time.Date. A date outside the
// range of the type is clamped to its first or last.
func NewDate(year int, month time.Month, day int) Date {
	seconds := time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix()
	return Date{int32(min(max(seconds, firstDay*secondsADay), lastDay*secondsADay)/secondsADay - firstDay)}
}

// DateOf returns the date of t in its own zone.
func DateOf(t time.Time) Date { return NewDate(t.Date()) }

// ParseDate parses a date such as 2026-01-31.
func ParseDate(text string) (Date, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil || t.Year() == 0 {
		return Date{}, fmt.Errorf("%q is not a date such as 2026-01-31", text)
	}
	return DateOf(t), nil
}

// Time returns midnight UTC at the start of the date.
func (d Date) Time() time.Time { return time.Unix((int64(d.days)+firstDay)*secondsADay, 0).UTC() }

// String returns the date as text, such as 2026-01-31.
func (d Date) String() string { return d.Time().Format(time.DateOnly) }

// IsZero reports whether the date is 0001-01-01.
func (d Date) IsZero() bool { return d == Date{} }

// Compare returns -1 if d is before other, 1 if it is after, and 0 if they are equal.
func (d Date) Compare(other Date) int { return cmp.Compare(d.days, other.days) }

// Before reports whether d is before other.
func (d Date) Before(other Date) bool { return d.days < other.days }

// After reports whether d is after other.
func (d Date) After(other Date) bool { return d.days > other.days }

// AddDays returns the date n days later, or earlier if n is negative.
func (d Date) AddDays(n int) Date { return DateOf(d.Time().AddDate(0, 0, n)) }

// MarshalText implements encoding.TextMarshaler.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (d *Date) UnmarshalText(text []byte) (err error) {
	*d, err = ParseDate(string(text))
	return err
}

// Value implements driver.Valuer. PostgreSQL reads the text as a date; in SQLite the text sorts and compares like dates.
func (d Date) Value() (driver.Value, error) { return d.String(), nil }

// Scan implements sql.Scanner. Drivers return a date column as a time, any other as text.
func (d *Date) Scan(value any) (err error) {
	switch v := value.(type) {
	case time.Time:
		*d, err = ParseDate(v.Format(time.DateOnly))
	case string:
		*d, err = ParseDate(v)
	case []byte:
		*d, err = ParseDate(string(v))
	default:
		return fmt.Errorf("%T is not a date", value)
	}
	return err
}

// GormDataType is the type of the column.
func (Date) GormDataType() string { return "date" }

// TransformSchema describes the date.
func (Date) TransformSchema(_ huma.Registry, s *huma.Schema) *huma.Schema {
	s.Type, s.Format, s.Examples = huma.TypeString, "date", []any{"2026-01-31"}
	return s
}
