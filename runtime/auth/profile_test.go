package auth

import "testing"

func TestOptionalProfileFieldMayBeOmitted(t *testing.T) {
	type extended struct {
		Profile
		Locale string  `json:"locale" enum:"en,de" required:"false"`
		Site   *string `json:"site" pattern:"^https://" required:"false"`
		Zone   string  `json:"zone" minLength:"3"`
	}
	whole := extended{Profile: Profile{Name: "Ann"}, Zone: "UTC"}
	if invalid := checkProfile(whole); invalid != nil {
		t.Errorf("what is left out is refused: %v", invalid)
	}
	for field, change := range map[string]func(*extended){
		"name": func(p *extended) { p.Name = "" }, "locale": func(p *extended) { p.Locale = "fr" },
		"site": func(p *extended) { p.Site = &p.Zone }, "zone": func(p *extended) { p.Zone = "" },
	} {
		p := whole
		change(&p)
		if invalid := checkProfile(p); len(invalid) != 1 || invalid[0].Field != field {
			t.Errorf("%s: %v", field, invalid)
		}
	}
}
