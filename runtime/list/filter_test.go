package list_test

import (
	"strings"
	"testing"
	"time"

	"fastgo/runtime/column"
)

func TestFiltersSelectMatchingRows(t *testing.T) {
	c := start(t)
	date := func(day int) column.Date { return column.NewDate(2026, 1, day) }
	c.create(
		Fields{Title: "a", Status: "draft", Rank: -5, Size: 1, Weight: 0.5, Price: 150, Day: date(1), Score: pointer(1.5), Discount: pointer(column.Decimal[column.Scale2](10)), Order: 1, Total: 10},
		Fields{Title: "b", Status: "done", Published: true, Rank: 0, Size: 2, Weight: 1.5, Price: 1000, Day: date(2), Order: 2, Total: 20},
		Fields{Title: "c", Status: "draft", Published: true, Rank: 5, Size: 65535, Weight: 2.5, Price: -150, Day: date(3), Score: pointer(-1e300), Order: 3, Total: 30},
	)
	for query, want := range map[string]string{
		"id=2":                         "b",
		"id.in=3,1,9":                  "a c",
		"title=b":                      "b",
		"title=B":                      "",
		"title=":                       "",
		"title.in=c,a":                 "a c",
		"title.contains=B":             "b",
		"title.contains=":              "a b c",
		"status=draft":                 "a c",
		"status.in=draft,done":         "a b c",
		"published=true":               "b c",
		"published=false":              "a",
		"published.in=false,true":      "a b c",
		"rank=-5":                      "a",
		"rank.gte=0":                   "b c",
		"rank.gt=0":                    "c",
		"rank.lte=0":                   "a b",
		"rank.lt=0":                    "a",
		"rank.gte=-2147483648":         "a b c",
		"rank.gte=-5&rank.lt=5":        "a b",
		"rank.gt=5&rank.lt=-5":         "",
		"size=65535":                   "c",
		"weight.gt=0.5":                "b c",
		"weight=1.5":                   "b",
		"price=1.5":                    "a",
		"price=1.50":                   "a",
		"price.gt=1.49":                "a b",
		"price.lt=0":                   "c",
		"price.in=10.00,-1.50":         "b c",
		"day=2026-01-02":               "b",
		"day.gt=2026-01-02":            "c",
		"day.lte=2026-01-02":           "a b",
		"score=1.5":                    "a",
		"score.lt=0":                   "c",
		"score.gte=-1e300":             "a c",
		"discount.lte=0.10":            "a",
		"order.gte=2":                  "b c",
		"total.in=10,30":               "a c",
		"total.gt=10":                  "b c",
		"total=true":                   "a b c",
		"status=draft&published=true":  "c",
		"id.in=1,2&title.contains=b&q": "b",
	} {
		if got := c.titles(query); got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
}

func TestTimesAreComparedToTheMillisecond(t *testing.T) {
	c := start(t)
	at := time.Date(2026, 1, 31, 12, 0, 0, 7e6, time.UTC)
	must(t, c.db.Create(&Article{OwnerID: 1, Fields: Fields{Title: "it"}, CreatedAt: at}).Error)
	for query, want := range map[string]bool{
		"created_at=2026-01-31T12:00:00.007Z":                     true,
		"created_at=2026-01-31T12:00:00.007000Z":                  true,
		"created_at=2026-01-31T14:00:00.007%2B02:00":              true,
		"created_at=2026-01-31T12:00:00Z":                         false,
		"created_at.in=2026-01-31T12:00:00.007Z":                  true,
		"created_at.gte=2026-01-31T12:00:00.007Z":                 true,
		"created_at.gte=2026-01-31T12:00:00.0070001Z":             false,
		"created_at.gt=2026-01-31T12:00:00.007Z":                  false,
		"created_at.gt=2026-01-31T12:00:00.0069999Z":              true,
		"created_at.gt=2026-01-31T12:00:00.0079999Z":              false,
		"created_at.lte=2026-01-31T12:00:00.0079999Z":             true,
		"created_at.lte=2026-01-31T12:00:00.0069999Z":             false,
		"created_at.lt=2026-01-31T12:00:00.0070001Z":              true,
		"created_at.lt=2026-01-31T12:00:00.007Z":                  false,
		"created_at.gte=0001-01-01T00:00:00Z":                     true,
		"created_at.lte=9999-12-31T23:59:59.999999999Z":           true,
		"created_at.gt=9999-12-31T23:59:59Z":                      false,
		"created_at.gte=2026-01-31T13:00:00.007-01:00":            false,
		"created_at.lte=2026-01-31T12:00:00.007Z&sort=created_at": true,
	} {
		if got := c.titles(query) == "it"; got != want {
			t.Errorf("%s: found is %v", query, got)
		}
	}
}

func TestValueOfTheWrongTypeIsRejected(t *testing.T) {
	c := start(t)
	long := strings.Repeat("é", 201)
	for parameter, values := range map[string][]string{
		"id":             {"", "abc", "1.0", "1e3", "0x1", "9223372036854775808", "1 OR 1=1", "1,2", "null"},
		"id.in":          {"", "1,", "1,,2", "1;2", "(1)", "1,abc", "1" + strings.Repeat(",1", 100)},
		"published":      {"", "1", "TRUE", "t", "yes", "null"},
		"status":         {"", "Draft", "draft,done", "draft'"},
		"status.in":      {"", "draft,gone"},
		"rank":           {"2147483648", "-2147483649", "+5%2B"},
		"rank.gte":       {"", "abc", "5)"},
		"size":           {"-1", "65536"},
		"weight":         {"", "NaN", "Inf", "-inf", "1e39", "1,5"},
		"score.gte":      {"nan", "infinity", "1e309"},
		"price":          {"", "1.505", "1e2", "99999999999999999999", "0x10"},
		"price.in":       {"1,,2", "1.999"},
		"day":            {"", "2026-02-30", "31.1.2026", "2026-01-31T00:00:00Z"},
		"created_at":     {"", "2026", "2026-01-31", "2026-01-31T12:00:00", "2026-01-31 12:00:00Z", "2026-01-31T12:00:00+02:00", "2026-01-31T12:00:00.0001Z", "now()", "1769860800"},
		"created_at.gte": {"10000-01-01T00:00:00Z", "0000-12-31T23:59:59Z", "0001-01-01T00:00:00%2B01:00", "9999-12-31T23:59:59-01:00", "9999-12-31T23:59:59.9999Z"},
		"created_at.in":  {"2026-01-31T12:00:00Z,", "2026-01-31T12:00:00.0001Z"},
		"title":          {long},
		"title.in":       {"a," + long, strings.Repeat(",", 100)},
		"title.contains": {long},
		"q":              {long},
	} {
		for _, value := range values {
			if a := c.get(parameter + "=" + strings.ReplaceAll(value, " ", "%20")); !a.refused(parameter) {
				t.Errorf("%s=%.50s: %d %s", parameter, value, a.status, a.body)
			}
		}
	}
}

func TestInFilterAcceptsAHundredValues(t *testing.T) {
	c := start(t)
	c.create(Fields{Title: "a"}, Fields{Title: "b"})
	if got := c.titles("id.in=2" + strings.Repeat(",9", 99)); got != "b" {
		t.Errorf("%q", got)
	}
	if got := c.titles("title.in=b," + strings.Repeat("é", 200)); got != "b" {
		t.Errorf("%q", got)
	}
	if got := c.titles("title.in=" + strings.Repeat("x,", 98) + "," + "b"); got != "b" {
		t.Errorf("%q", got)
	}
}

func TestTextIsSearchedLiterally(t *testing.T) {
	c := start(t)
	texts := []string{`100%`, `1000`, `a_c`, `abc`, `\`, `\%`, `'`, `--`, `?`, `@name`, `$1`, `{}`, `ä`, `!`, `"; DROP TABLE articles`}
	for _, text := range texts {
		c.create(Fields{Title: text}, Fields{Title: "in the body", Body: "x " + text + " y", Secret: text})
	}
	for _, text := range texts {
		if text == `\` {
			continue // is in another text, too
		}
		if got := c.titles("title.contains=" + escape(text)); got != text {
			t.Errorf("contains %s: %q", text, got)
		}
		if got := c.titles("q=" + escape(text)); got != text+" in the body" {
			t.Errorf("q %s: %q", text, got)
		}
		if got := c.titles("title=" + escape(text)); got != text {
			t.Errorf("equal %s: %q", text, got)
		}
	}
	if got := c.titles("title.contains=" + escape(`\`)); got != `\ \%` {
		t.Errorf("%q", got)
	}
	for _, nothing := range []string{"%25%25", "_%25", "%25a", "1%250"} {
		if got := c.titles("q=" + nothing); got != "" {
			t.Errorf("q=%s: %q", nothing, got)
		}
	}
	if n := len(c.get("q=", "limit=100").Items.Items); n != 2*len(texts) {
		t.Errorf("an empty q leaves %d rows", n)
	}
}

func TestSearchCoversEachSearchableField(t *testing.T) {
	c := start(t)
	c.create(Fields{Title: "Needle"}, Fields{Title: "b", Body: "a NEEDLE here"}, Fields{Title: "c", Secret: "needle"})
	must(t, c.db.Create(&Article{OwnerID: 2, Fields: Fields{Title: "another's", Body: "needle"}}).Error)
	if got := c.titles("q=nEEdle"); got != "Needle b" {
		t.Errorf("%q", got)
	}
	if got := c.titles("q=needle", "title=b", "total=true"); got != "b" {
		t.Errorf("%q", got)
	}
}

func TestORConditionsOfTheQueryAreKept(t *testing.T) {
	c := start(t)
	c.create(Fields{Title: "private"}, Fields{Title: "public", Published: true})
	must(t, c.db.Create(&Article{OwnerID: 99, Fields: Fields{Title: "own"}}).Error)
	for parameters, want := range map[string]string{
		"":                                    "public own",
		"title=private":                       "",
		"title=own":                           "own",
		"q=p":                                 "public",
		"q=o&title.contains=w":                "own",
		"sort=-rank":                          "own public",
		"created_at.gte=2999-01-01T00:00:00Z": "",
	} {
		a := c.from("/api/owners/99/articles?total=true&" + parameters)
		var titles []string
		for _, row := range a.Items.Items {
			titles = append(titles, row.Title)
		}
		if got := strings.Join(titles, " "); got != want || *a.Total != int64(len(titles)) {
			t.Errorf("%s: %q, want %q; total %d", parameters, got, want, *a.Total)
		}
	}
}
