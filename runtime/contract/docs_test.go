package contract

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"fastgo/runtime/apitest"
)

func TestDocumentationPageLogsInAndCallsAnOperation(t *testing.T) {
	app := start(t)
	b := open(t, serve(t, app))
	b.do("open the page", chromedp.Navigate(b.address+"/docs"), chromedp.WaitVisible(chromedp.CSS("#operations-auth-showMe")))
	b.photograph("docs")
	b.wantPeace()

	b.do("open the dialog", chromedp.Click(chromedp.CSS(".auth-wrapper .authorize")), chromedp.WaitVisible(chromedp.CSS("#oauth_username")))
	b.photograph("docs-authorize")
	b.do("log in",
		chromedp.SendKeys(chromedp.CSS("#oauth_username"), app.Account("ann", "user")),
		chromedp.SendKeys(chromedp.CSS("#oauth_password"), apitest.Password),
		chromedp.Click(`//div[@class="auth-container"][.//input[@id="oauth_username"]]//button[text()="Authorize"]`),
		chromedp.WaitVisible(`//button[text()="Logout"]`))
	b.photograph("docs-authorized")
	b.do("close the dialog", chromedp.Click(chromedp.CSS(".btn-done")), chromedp.WaitNotPresent(chromedp.CSS(".dialog-ux")))

	operation := chromedp.CSS("#operations-auth-showMe ")
	b.do("try it out",
		chromedp.Click(operation+".opblock-summary-control"),
		chromedp.Click(operation+".try-out__btn"),
		chromedp.Click(operation+".execute"))
	if status := b.text(operation + ".live-responses-table tbody .response-col_status"); !strings.HasPrefix(status, "200") {
		t.Errorf("the status is %s", status)
	}
	if answer := b.text(operation + ".live-responses-table tbody .response-col_description"); !strings.Contains(answer, "ann@example.com") {
		t.Errorf("the answer is %s", answer)
	}
	b.photograph("docs-tried")
	b.wantPeace()
}
