package contract

import (
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"fastgo/runtime/apitest"
)

// Elements of the pages.
const (
	password      = chromedp.CSS("#password")
	passwordError = chromedp.CSS("#password-error")
	button        = chromedp.CSS("button")
	done          = chromedp.CSS("#done:not(:empty)")
)

// link returns the link in the last mail, at the address of the test server.
func link(t *testing.T, app *apitest.App, address string) string {
	t.Helper()
	mails := app.Mail()
	for _, line := range strings.Fields(mails[len(mails)-1].Text) {
		if mailed, err := url.Parse(line); err == nil && mailed.Fragment != "" {
			return address + mailed.Path + "#" + mailed.EscapedFragment()
		}
	}
	t.Fatal("the mail has no link")
	return ""
}

func TestMailedLinkResetsThePasswordInABrowser(t *testing.T) {
	app := start(t)
	email, address := app.Account("ann", "user"), serve(t, app)
	app.Anonymous().Post("/api/auth/forgot-password", map[string]any{"email": email}).Want(200)
	b := open(t, address)

	b.do("open the link", chromedp.Navigate(link(t, app, address)), chromedp.WaitVisible(password))
	shown, err := chromedp.Run(b.ctx, chromedp.Location())
	must(t, err)
	if shown != address+"/password/reset" {
		t.Errorf("the address bar shows %s", shown)
	}
	b.photograph("reset")
	b.do("send a weak password", chromedp.SendKeys(password, "password123"), chromedp.Click(button), chromedp.WaitVisible(passwordError))
	if said := b.text(passwordError); !strings.Contains(said, "too common") {
		t.Errorf("the page says %q", said)
	}
	b.photograph("reset-error")
	b.forgetFailedRequests()
	b.do("send a good password", chromedp.SetValue(password, "another staple for it"), chromedp.Click(button), chromedp.WaitVisible(done))
	b.photograph("reset-done")
	b.wantPeace()
	app.Login(email, "another staple for it")
}

func TestMailedLinkVerifiesTheAddressOnAClick(t *testing.T) {
	app := start(t)
	address := serve(t, app)
	app.Anonymous().Post("/api/auth/register", map[string]any{"name": "Ann", "email": "ann@example.com", "password": apitest.Password}).Want(201)
	b := open(t, address)
	verified := func() any {
		return app.Login("ann@example.com", apitest.Password).Get("/api/auth/me").Want(200).Member("email_verified_at")
	}

	b.do("open the link", chromedp.Navigate(link(t, app, address)), chromedp.WaitVisible(button))
	if verified() != nil {
		t.Error("to look at the page is enough to verify the address")
	}
	b.photograph("verify")
	b.do("confirm", chromedp.Click(button), chromedp.WaitVisible(done))
	b.photograph("verify-done")
	if verified() == nil {
		t.Error("the address is not verified")
	}
	b.wantPeace()
}

func TestPageWithoutATokenShowsAnError(t *testing.T) {
	b := open(t, serve(t, start(t)))
	b.do("open the page", chromedp.Navigate(b.address+"/password/reset"))
	if said := b.text("#error"); !strings.Contains(said, "incomplete") {
		t.Errorf("the page says %q", said)
	}
	b.photograph("reset-incomplete")
	b.wantPeace()
}
