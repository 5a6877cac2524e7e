package app_test

import (
	"testing"

	"fastgo/runtime/apitest"
	"fastgo/templates/app/app"
)

func TestApplicationStarts(t *testing.T) {
	apitest.New(t, app.Build).AnswersEveryRoute()
}

func TestEveryPackageHasItsRoutes(t *testing.T) {
	apitest.New(t, app.Build).ServesEveryPackage(".")
}
