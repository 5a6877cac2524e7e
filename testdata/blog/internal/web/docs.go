package web

import (
	"net/http"
	"sync"

	"github.com/swaggest/swgui"
	"github.com/swaggest/swgui/v5emb"
)

// docsPolicy lets the documentation page run its own scripts and call this API
// only.
const docsPolicy = "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; " +
	"img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'"

// document serves the API document and the page that displays it.
func (s *Server) document() {
	base := s.config.BasePath()
	page := v5emb.NewWithConfig(swgui.Config{InternalBasePath: "/docs"})(s.config.Name, base+"/openapi.json", base+"/docs")
	docs := func(w http.ResponseWriter, r *http.Request) {
		if file := r.PathValue("file"); file != "" {
			seen := probe{header: http.Header{}}
			page.ServeHTTP(&seen, r)
			if seen.status == http.StatusNotFound {
				WriteError(w, r, NewError(http.StatusNotFound, "Not found"))
				return
			}
		}
		w.Header().Set("Content-Security-Policy", docsPolicy)
		page.ServeHTTP(w, r)
	}
	s.HandleFunc("GET /docs", docs)
	s.HandleFunc("GET /docs/{file...}", docs)

	encoded := sync.OnceValues(func() ([]byte, error) { return s.Document().MarshalJSON() })
	s.HandleFunc("GET /openapi.json", func(w http.ResponseWriter, r *http.Request) {
		document, err := encoded()
		if err != nil {
			WriteError(w, r, Problem(r.Context(), err))
			return
		}
		w.Header().Set("Content-Type", mediaJSON)
		_, _ = w.Write(document)
	})
}
