package main

import (
	"os"

	"example.com/blog/app"
	"example.com/blog/internal/console"
)

func main() {
	os.Exit(console.Run(app.Build, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
