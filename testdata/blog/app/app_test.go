package app_test

import (
	"testing"

	"example.com/blog/app"
	"example.com/blog/internal/apitest"
)

func TestApplicationStarts(t *testing.T) {
	apitest.New(t, app.Build).AnswersEveryRoute()
}

func TestEveryPackageHasItsRoutes(t *testing.T) {
	apitest.New(t, app.Build).ServesEveryPackage(".")
}
