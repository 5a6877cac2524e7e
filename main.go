// Command fastgo writes Go web APIs and the resources in them.
package main

import (
	"os"

	"fastgo/cmd"
)

func main() {
	os.Exit(cmd.Run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
