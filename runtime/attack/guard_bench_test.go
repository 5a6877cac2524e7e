package attack

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"gorm.io/gorm"

	"fastgo/runtime/apitest"
	"fastgo/runtime/auth"
	"fastgo/runtime/web"
	"fastgo/templates/app/app"
)

type userOutput struct{ Body *auth.User }

// openRoute returns what GET /me returns, by the ID in the path and without a
// guard.
func openRoute(api huma.API, _ *auth.Users, db *gorm.DB) {
	web.Get(api, "/open/{id}", func(ctx context.Context, in *web.ByID) (*userOutput, error) {
		var user auth.User
		err := db.WithContext(ctx).Take(&user, "id = ?", in.ID).Error
		return &userOutput{&user}, err
	})
}

// BenchmarkGuard reports the throughput of a guarded operation relative to the same
// operation without a guard. It alternates between the two and takes the median, so
// that load on the machine affects both.
func BenchmarkGuard(b *testing.B) {
	app := apitest.New(b, apitest.With(app.Build, openRoute))
	user := app.User("ann")
	var guarded, open []time.Duration
	for b.Loop() {
		guarded = append(guarded, turn(user, "/api/auth/me"))
		open = append(open, turn(user, "/api/open/1"))
	}
	b.ReportMetric(100*median(open).Seconds()/median(guarded).Seconds(), "%ofunguarded")
	b.ReportMetric(float64(median(guarded).Microseconds())/turnLength, "µs/guarded")
}

const turnLength = 20 // requests

func turn(user *apitest.Client, path string) time.Duration {
	start := time.Now()
	for range turnLength {
		user.Get(path).Want(200)
	}
	return time.Since(start)
}

func median(all []time.Duration) time.Duration {
	slices.Sort(all)
	return all[len(all)/2]
}
