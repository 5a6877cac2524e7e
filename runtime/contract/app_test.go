package contract

import (
	"context"
	"net/http/httptest"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"gorm.io/gorm"

	"fastgo/runtime/apitest"
	"fastgo/runtime/auth"
	"fastgo/runtime/web"
	"fastgo/templates/app/app"
)

type nothing struct{}

func public(context.Context, *nothing) (*nothing, error) { return nil, nil }

func personal(context.Context, *auth.User, *nothing) (*nothing, error) { return nil, nil }

// start starts an application with the auth module and an operation of each kind.
func start(t *testing.T, settings ...string) *apitest.App {
	return apitest.New(t, apitest.With(app.Build, func(api huma.API, users *auth.Users, _ *gorm.DB) {
		web.Get(api, "/news", public)
		auth.Get(users.Guard(), "/posts", personal)
		auth.Post(users.Guard(), "/posts", personal)
		auth.Delete(users.Guard().Role("admin"), "/posts/{id}", personal)
		auth.Put(users.Guard().Verified(), "/posts/{id}", personal)
		auth.Optional(users.Guard(), "GET", "/feed", personal)
	}), settings...)
}

// serve listens on the network and returns the address.
func serve(t *testing.T, app *apitest.App) string {
	t.Helper()
	server := httptest.NewServer(app.Server.Handler())
	t.Cleanup(server.Close)
	return server.URL
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
