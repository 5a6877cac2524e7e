package contract

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// browser is a page in a real browser.
type browser struct {
	t       *testing.T
	ctx     context.Context
	address string

	mu         sync.Mutex
	complaints []string // of the console, of the content security policy, of requests to elsewhere
}

// open starts Chromium for the application at the address.
func open(t *testing.T, address string) *browser {
	t.Helper()
	if testing.Short() {
		t.Skip("starts a browser")
	}
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("chromium is not installed")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()), chromedp.WindowSize(1200, 1000),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
	)
	b := &browser{t: t, address: address}
	ctx, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx, chromedp.WithListener(b.listen))
	t.Cleanup(stop)
	b.ctx = ctx
	must(t, chromedp.Do(ctx)) // a time limit on the first would stop the browser
	return b
}

func (b *browser) listen(event any) {
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		if url := e.Request.URL; !strings.HasPrefix(url, b.address+"/") && !strings.HasPrefix(url, "data:") {
			b.complain("a request to " + url)
		}
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError {
			b.complain(e.Entry.Text + " " + e.Entry.URL)
		}
	case *runtime.EventExceptionThrown:
		b.complain(fmt.Sprintf("%s %+v", e.ExceptionDetails.Text, e.ExceptionDetails.Exception))
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError {
			b.complain(fmt.Sprint("console.error ", e.Args))
		}
	}
}

func (b *browser) complain(complaint string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.complaints = append(b.complaints, complaint)
}

// limit is how long an action may take.
const limit = 20 * time.Second

// do runs browser actions and prints the page if one fails.
func (b *browser) do(what string, actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, limit)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		b.photograph("failed")
		text, _ := chromedp.Run(b.ctx, chromedp.Text(chromedp.CSS("body")))
		b.t.Fatalf("%s: %v, %q\n%s", what, err, b.complaints, text)
	}
}

// text waits until the element has text and returns it.
func (b *browser) text(element chromedp.CSS) string {
	b.t.Helper()
	b.do(string(element), chromedp.WaitVisible(element))
	text, err := chromedp.Run(b.ctx, chromedp.Text(element))
	must(b.t, err)
	return text
}

// forgetFailedRequests drops console messages about expected error responses.
func (b *browser) forgetFailedRequests() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.complaints = slices.DeleteFunc(b.complaints, func(c string) bool { return strings.HasPrefix(c, "Failed to load resource") })
}

// wantPeace ends the test if the browser reported problems.
func (b *browser) wantPeace() {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.complaints) > 0 {
		b.t.Fatalf("the browser reports:\n%s", strings.Join(b.complaints, "\n"))
	}
}

// photograph saves a screenshot in the directory SCREENSHOTS, if it is set.
func (b *browser) photograph(name string) {
	b.t.Helper()
	dir := os.Getenv("SCREENSHOTS")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	must(b.t, err)
	must(b.t, os.WriteFile(filepath.Join(dir, name+".png"), png, 0o600))
}
