package column

import (
	"cmp"
	"database/sql/driver"
	"fmt"
	"time"

	"github.com/danielgtaylor/huma/v2"
)

// A Date is a day of the calendar, without a time and a zone, from 0001-01-01 to 9999-12-31. It is written as a full-date
// of RFC 3339, such as 2026-01-31. Dates compare with == too. The zero Date is the first, and IsZero.
type Date struct{ days int32 } // since the first

const (
	secondsADay = 24 * 60 * 60
	firstDay    = -719162 // 0001-01-01, in days since 1970-01-01
	lastDay     = 2932896 // 9999-12-31
)

// NewDate returns a date; a day or a month beyond its range is one of the next month or year, as in time.Date. A date
// beyond the range of the type becomes its first or its last.
func NewDate(year int, month time.Month, day int) Date {
	seconds := time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix()
	return Date{int32(min(max(seconds, firstDay*secondsADay), lastDay*secondsADay)/secondsADay - firstDay)}
}

// DateOf returns the date that t has in its own zone.
func DateOf(t time.Time) Date { return NewDate(t.Date()) }

// ParseDate reads a date such as 2026-01-31.
func ParseDate(text string) (Date, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil || t.Year() == 0 {
		return Date{}, fmt.Errorf("%q is not a date such as 2026-01-31", text)
	}
	return DateOf(t), nil
}

// Time returns the beginning of the date in UTC.
func (d Date) Time() time.Time { return time.Unix((int64(d.days)+firstDay)*secondsADay, 0).UTC() }

// String returns the date as text, such as 2026-01-31.
func (d Date) String() string { return d.Time().Format(time.DateOnly) }

// IsZero reports whether the date is 0001-01-01.
func (d Date) IsZero() bool { return d == Date{} }

// Compare returns -1 when d is before other, 1 when it is after, and 0 when both are the same.
func (d Date) Compare(other Date) int { return cmp.Compare(d.days, other.days) }

// Before reports whether d is before other.
func (d Date) Before(other Date) bool { return d.days < other.days }

// After reports whether d is after other.
func (d Date) After(other Date) bool { return d.days > other.days }

// AddDays returns the date so many days later, or earlier where n is negative.
func (d Date) AddDays(n int) Date { return DateOf(d.Time().AddDate(0, 0, n)) }

// MarshalText implements encoding.TextMarshaler.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (d *Date) UnmarshalText(text []byte) (err error) {
	*d, err = ParseDate(string(text))
	return err
}

// Value implements driver.Valuer. The text is a date of PostgreSQL, and in SQLite it sorts and compares as dates do.
func (d Date) Value() (driver.Value, error) { return d.String(), nil }

// Scan implements sql.Scanner. Drivers read a column of type date as a time, and any other as text.
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
