package column_test

import (
	"math"
	"testing"
	"time"

	"fastgo/runtime/column"
)

func TestDateIsACalendarDay(t *testing.T) {
	for _, text := range []string{"2026-01-31", "2024-02-29", "0001-01-01", "9999-12-31", "1969-12-31", "1970-01-01", "1582-10-10"} {
		d, err := column.ParseDate(text)
		if err != nil || d.String() != text || d != column.DateOf(d.Time()) {
			t.Errorf("%s: %s, %v", text, d, err)
		}
	}
	for _, text := range []string{
		"", "2026-02-29", "2026-13-01", "2026-00-01", "2026-01-00", "2026-1-1", "26-01-01", "0000-01-01", "10000-01-01", "-0001-01-01",
		"2026-01-01T00:00:00Z", "2026-01-01 ", " 2026-01-01", "2026/01/01", "20260101", "today", "٢٠٢٦-01-01",
	} {
		if d, err := column.ParseDate(text); err == nil {
			t.Errorf("%q was read as %s", text, d)
		}
	}
}

func TestDatesRoundTrip(t *testing.T) {
	last := column.NewDate(9999, 12, 31)
	for d := (column.Date{}); d.Before(last); d = d.AddDays(997) {
		if got, err := column.ParseDate(d.String()); err != nil || got != d || column.DateOf(d.Time()) != d {
			t.Errorf("%s became %s, %v", d, got, err)
		}
	}
}

func TestDateOfATimeIsInItsZone(t *testing.T) {
	late := time.Date(2026, 1, 31, 23, 30, 0, 0, time.FixedZone("", -5*3600))
	if d := column.DateOf(late); d.String() != "2026-01-31" || column.DateOf(late.UTC()).String() != "2026-02-01" {
		t.Errorf("%s", d)
	}
	if d := column.NewDate(2026, 1, 31); d.Time() != time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC) {
		t.Errorf("%s", d.Time())
	}
}

func TestDatesAreOrdered(t *testing.T) {
	d := column.NewDate(2026, 2, 28)
	next := d.AddDays(1)
	if next.String() != "2026-03-01" || next.AddDays(-1) != d || d.AddDays(0) != d {
		t.Errorf("%s", next)
	}
	if !d.Before(next) || d.After(next) || !next.After(d) || next.Before(d) || d.Before(d) || d.After(d) {
		t.Error("the order is wrong")
	}
	if d.Compare(next) != -1 || next.Compare(d) != 1 || d.Compare(d) != 0 {
		t.Error("the comparison is wrong")
	}
}

func TestDateIsClampedToItsRange(t *testing.T) {
	for got, want := range map[column.Date]string{
		{}: "0001-01-01", column.NewDate(0, 1, 1): "0001-01-01", column.NewDate(-5000, 1, 1): "0001-01-01",
		column.NewDate(10000, 1, 1): "9999-12-31", column.NewDate(math.MaxInt32, 1, 1): "9999-12-31",
		column.NewDate(9999, 12, 31).AddDays(1): "9999-12-31", column.NewDate(2026, 14, 35): "2027-03-07",
	} {
		if got.String() != want {
			t.Errorf("%s, not %s", got, want)
		}
	}
	if !(column.Date{}).IsZero() || column.NewDate(1, 1, 2).IsZero() {
		t.Error("which date is zero is wrong")
	}
}

func TestDateIsScannedFromDriverValues(t *testing.T) {
	for _, value := range []any{"2026-01-31", []byte("2026-01-31"), time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC)} {
		var d column.Date
		if err := d.Scan(value); err != nil || d.String() != "2026-01-31" {
			t.Errorf("%v: %s, %v", value, d, err)
		}
	}
	for _, value := range []any{nil, 7, "31.1.2026", time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), time.Time{}.AddDate(-1, 0, 0)} {
		var d column.Date
		if err := d.Scan(value); err == nil {
			t.Errorf("%v was scanned as %s", value, d)
		}
	}
}
