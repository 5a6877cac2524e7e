package auth

import (
	"bytes"
	"crypto/rand"
	"embed"
	"html/template"
	"net/http"

	"fastgo/runtime/web"
)

//go:embed pages
var pages embed.FS

// pageData is what the pages may use.
type pageData struct {
	App       string
	API       string // path of the API's auth operations
	Nonce     string
	MinLength int // of a password
}

// pageRoutes serves the pages that AUTH_RESET_URL and AUTH_VERIFY_URL lead to
// unless they are set. An application with pages of its own may delete them.
func (u *Users) pageRoutes() {
	u.servePage("/password/reset", "reset.html")
	u.servePage("/verify-email", "verify.html")
}

// servePage serves a page whose script may call this server and nothing else.
// It takes the token from the fragment of the address, which no browser sends.
func (u *Users) servePage(path, file string) {
	page := template.Must(template.ParseFS(pages, "pages/layout.html", "pages/"+file))
	data := pageData{App: u.options.Name, API: u.server.Path("/auth"), MinLength: max(u.options.PasswordMinLength, passwordMinLength)}
	u.server.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) {
		data := data
		data.Nonce = rand.Text()
		var out bytes.Buffer
		if err := page.ExecuteTemplate(&out, "layout.html", data); err != nil {
			web.WriteError(w, r, web.Problem(r.Context(), err))
			return
		}
		w.Header().Set("Content-Security-Policy", pagePolicy(data.Nonce))
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(out.Bytes())
	})
}

func pagePolicy(nonce string) string {
	return "default-src 'none'; script-src 'nonce-" + nonce + "'; style-src 'nonce-" + nonce + "'; " +
		"connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
}
