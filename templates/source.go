// Package templates holds what fastgo writes: app is the root of a new
// application, resource what make:resource adds. A file that ends with .tmpl
// is a text/template; all others are copied.
package templates

import (
	"embed"
	"io/fs"
)

//go:embed all:app all:resource
var files embed.FS

// Files returns the folders app and resource.
func Files() fs.FS { return files }
