package generator

import (
	"path"
	"strings"

	"fastgo/generator/plan"
)

// classOf returns the class of a file of an application.
func classOf(file string) plan.Class {
	switch file {
	case "AGENTS.md":
		return plan.Generated
	case ".env", "README.md":
		return plan.Once
	case "go.mod", "go.sum", "routes.go", migrationList, seederList:
		return plan.Shared
	}
	switch {
	case path.Dir(file) == path.Dir(migrationList):
		return plan.Append
	case strings.HasPrefix(file, ".fastgo/"):
		return plan.State
	}
	return plan.Owned
}
