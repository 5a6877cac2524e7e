// Command fastgo writes Go web APIs and the resources in them.
package main

import (
	"os"
	"runtime/debug"

	"fastgo/cmd"
)

func main() {
	debug.SetGCPercent(400) // a command is over before collecting its few megabytes would pay
	os.Exit(cmd.Run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
