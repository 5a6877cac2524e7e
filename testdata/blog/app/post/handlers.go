package post

import (
	"context"

	"gorm.io/gorm"

	"example.com/blog/internal/auth"
	"example.com/blog/internal/database"
	"example.com/blog/internal/list"
	"example.com/blog/internal/web"
)

type handlers struct{ db *gorm.DB }

// Routes registers the post endpoints. Every handler takes the current
// user, so all of them are guarded and limited to that user's rows.
func Routes(guard auth.Guard, db *gorm.DB) {
	h, owner := handlers{db}, guard.Owner()
	auth.Get(owner, "/posts", h.list)
	auth.Post(owner, "/posts", h.create)
	auth.Get(owner, "/posts/{id}", h.show)
	auth.Put(owner, "/posts/{id}", h.replace)
	auth.Patch(owner, "/posts/{id}", h.patch)
	auth.Delete(owner, "/posts/{id}", h.delete)
}

func (h handlers) list(ctx context.Context, user *auth.User, in *list.Query[Post]) (*list.Page[Post], error) {
	return list.Rows(owned(h.db.WithContext(ctx), user), in)
}

func (h handlers) create(ctx context.Context, user *auth.User, in *web.Create[Fields]) (*web.Created[Post], error) {
	post := Post{UserID: user.ID, Fields: in.Fields()}
	err := h.db.WithContext(ctx).Create(&post).Error
	return web.NewCreated(ctx, post.ID, post), err
}

func (h handlers) show(ctx context.Context, user *auth.User, in *web.ByID) (*web.Row[Post], error) {
	var post Post
	err := owned(h.db.WithContext(ctx), user).Take(&post, "id = ?", in.ID).Error
	return web.NewRow(post), err
}

func (h handlers) replace(ctx context.Context, user *auth.User, in *web.Replace[Fields]) (*web.Row[Post], error) {
	return h.update(ctx, user, in)
}

func (h handlers) patch(ctx context.Context, user *auth.User, in *web.PatchByID[Fields]) (*web.Row[Post], error) {
	return h.update(ctx, user, in)
}

// update reads and writes in one transaction that locks the row, so that no
// concurrent change is lost.
func (h handlers) update(ctx context.Context, user *auth.User, in web.Update[Fields]) (*web.Row[Post], error) {
	var post Post
	err := h.db.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		if err := database.LockForUpdate(owned(tx, user), in.Key(), &post); err != nil {
			return err
		}
		if err := in.Match(post); err != nil {
			return err
		}
		if err := in.Apply(&post.Fields); err != nil {
			return err
		}
		return owned(tx, user).Select("*").Updates(&post).Error
	})
	return web.NewRow(post), err
}

func (h handlers) delete(ctx context.Context, user *auth.User, in *web.DeleteByID) (*struct{}, error) {
	return nil, h.db.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		var post Post
		if err := database.LockForUpdate(owned(tx, user), in.ID, &post); err != nil {
			return err
		}
		if err := in.Match(post); err != nil {
			return err
		}
		return owned(tx, user).Delete(&post).Error
	})
}

// owned starts a query for the user's posts.
func owned(db *gorm.DB, user *auth.User) *gorm.DB {
	return db.Where("user_id = ?", user.ID)
}
