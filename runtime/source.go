// Package runtime contains the packages that fastgo copies to the internal directory of
// an application. They are compiled and tested here, and embedded as text.
package runtime

import (
	"embed"
	"io/fs"
)

//go:embed all:apitest all:auth all:column all:config all:console all:database all:list all:mail all:openapi all:outbox all:web
var files embed.FS

// Files returns the packages.
func Files() fs.FS { return files }
