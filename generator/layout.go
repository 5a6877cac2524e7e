package generator

import (
	"path"
	"strings"

	"fastgo/generator/golang"
	"fastgo/generator/plan"
	"fastgo/generator/schema"
)

const (
	wiring    = "app/app.go"
	routeList = "app/routes.go"
)

// classOf returns the class of a file of an application.
func classOf(file string) plan.Class {
	switch file {
	case "AGENTS.md":
		return plan.Generated
	case ".env", "README.md":
		return plan.Once
	case "go.mod", "go.sum", routeList, schema.MigrationList, golang.SeederList:
		return plan.Shared
	}
	switch {
	case path.Dir(file) == path.Dir(schema.MigrationList):
		return plan.Append
	case strings.HasPrefix(file, ".fastgo/"):
		return plan.State
	}
	return plan.Owned
}
