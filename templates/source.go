// Package templates holds the files that fastgo generates. Directory app is a
// new application; each other one belongs to the make command of that name. A
// .tmpl file is a text/template; all others are copied.
package templates

import (
	"embed"
	"io/fs"
)

//go:embed all:app all:handler all:middleware all:migration all:resource all:seeder
var files embed.FS

// Files returns the embedded directories.
func Files() fs.FS { return files }
