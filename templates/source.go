// Package templates holds what fastgo writes: app is the root of a new
// application, each other folder what the command of that name adds. A file
// that ends with .tmpl is a text/template; all others are copied.
package templates

import (
	"embed"
	"io/fs"
)

//go:embed all:app all:handler all:middleware all:migration all:resource all:seeder
var files embed.FS

// Files returns the folders.
func Files() fs.FS { return files }
