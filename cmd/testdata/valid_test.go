package seeds_test

import (
	"fmt"
	"testing"

	"gorm.io/gorm"

	"example.com/blog/app"
	"example.com/blog/internal/apitest"
)

// TestSeededRowsAreValid reads each row through the API and writes it back. The
// rows belong to the first user, whose are not the first rows that there are.
func TestSeededRowsAreValid(t *testing.T) {
	app := apitest.New(t, app.Build)
	ann, bob := app.User("ann"), app.User("bob")
	other := bob.Post("/api/boxes", map[string]any{"name": "Bob's"}).Want(201).Header.Get("Location")
	bob.Post(other+"/lids", map[string]any{"name": "Bob's"}).Want(201)
	gone := ann.Post("/api/boxes", map[string]any{"name": "Ann's first"}).Want(201).Header.Get("Location")
	ann.Delete(gone).Want(204)
	count := 30
	for _, seeder := range app.Seeds {
		err := app.DB.Transaction(func(tx *gorm.DB) error {
			_, err := seeder.Run(tx, count)
			return err
		})
		if err != nil {
			t.Fatalf("%s: %v", seeder.Name, err)
		}
	}
	var page struct{ Items []struct{ ID int } }
	ann.Get("/api/boxes?limit=100").Want(200).Decode(&page)
	lids := fmt.Sprintf("/api/boxes/%d/lids", page.Items[0].ID)
	for path, want := range map[string]int{"/api/targets": count, "/api/boxes": count - 2, lids: count - 1, "/api/everythings": count, "/api/news": count, "/api/seeds": count} {
		ann.Get(path + "?limit=100").Want(200).Decode(&page)
		if len(page.Items) != want {
			t.Errorf("%s: %d rows, want %d", path, len(page.Items), want)
		}
		for _, item := range page.Items {
			row := fmt.Sprintf("%s/%d", path, item.ID)
			ann.Put(row, string(ann.Get(row).Want(200).Body)).Want(200)
		}
	}
}
