package main

import (
	"os"

	"fastgo/runtime/console"
	"fastgo/templates/app/app"
)

func main() {
	os.Exit(console.Run(app.Build, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
