package contract

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"golang.org/x/oauth2"

	"fastgo/runtime/apitest"
)

func TestOAuth2LibraryLogsInAndRefreshes(t *testing.T) {
	for name, style := range map[string]oauth2.AuthStyle{
		"detected": oauth2.AuthStyleAutoDetect, "in the body": oauth2.AuthStyleInParams, "in the header": oauth2.AuthStyleInHeader,
	} {
		t.Run(name, func(t *testing.T) {
			app := start(t)
			email, address, ctx := app.Account("ann", "user"), serve(t, app), context.Background()
			client := oauth2.Config{
				ClientID: "web", ClientSecret: "a secret that nobody asked for", Scopes: []string{"posts"},
				Endpoint: oauth2.Endpoint{TokenURL: address + "/api/auth/token", AuthStyle: style},
			}
			first, err := client.PasswordCredentialsToken(ctx, email, apitest.Password)
			must(t, err)
			if first.Type() != "Bearer" || first.RefreshToken == "" || time.Until(first.Expiry) < 29*time.Minute {
				t.Fatalf("the token is of type %s and expires %s", first.Type(), first.Expiry)
			}
			wantMe(t, client.Client(ctx, first), address)

			expired := *first
			expired.Expiry = time.Now().Add(-time.Minute)
			source := client.TokenSource(ctx, &expired)
			second, err := source.Token()
			must(t, err)
			if second.AccessToken == first.AccessToken || second.RefreshToken == first.RefreshToken {
				t.Error("the library did not refresh")
			}
			wantMe(t, oauth2.NewClient(ctx, source), address)
		})
	}
}

func TestOAuth2LibraryUnderstandsTheErrors(t *testing.T) {
	app := start(t)
	client := oauth2.Config{ClientID: "web", Endpoint: oauth2.Endpoint{TokenURL: serve(t, app) + "/api/auth/token"}}
	_, err := client.PasswordCredentialsToken(context.Background(), app.Account("ann", "user"), "wrong password")
	var refused *oauth2.RetrieveError
	if !errors.As(err, &refused) || refused.ErrorCode != "invalid_grant" || refused.ErrorDescription == "" {
		t.Errorf("the library says: %v", err)
	}
}

func wantMe(t *testing.T, client *http.Client, address string) {
	t.Helper()
	answer, err := client.Get(address + "/api/auth/me")
	must(t, err)
	defer answer.Body.Close()
	if answer.StatusCode != 200 {
		t.Errorf("status %d", answer.StatusCode)
	}
}
