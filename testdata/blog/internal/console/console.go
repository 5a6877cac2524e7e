// Package console is the command line of the application: it runs the server,
// migrates and seeds the database, and manages accounts.
package console

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os/signal"
	"syscall"

	"github.com/go-gormigrate/gormigrate/v2"
	"github.com/spf13/cobra"
	"gorm.io/gorm"

	"example.com/blog/internal/auth"
	"example.com/blog/internal/config"
	"example.com/blog/internal/database"
	"example.com/blog/internal/web"
)

// App holds what the commands use.
type App struct {
	Config     config.Config
	Log        *slog.Logger
	DB         *gorm.DB
	Server     *web.Server
	Users      *auth.Users
	Migrations []*gormigrate.Migration
	Seeds      []database.Seeder
}

// A Builder wires the application together from its settings.
type Builder func(config.Config, *slog.Logger) (*App, error)

// Run executes the command in args, by default serve, and returns the exit code.
func Run(build Builder, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	root := newRoot(build)
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	if err := root.ExecuteContext(ctx); err != nil {
		fmt.Fprintln(stderr, "error:", err)
		return 1
	}
	return 0
}

func newRoot(build Builder) *cobra.Command {
	serve := newServe(build)
	root := &cobra.Command{
		Use:               "app",
		Short:             "Run the server (the default) or a command",
		Args:              cobra.NoArgs,
		RunE:              serve.RunE,
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
	}
	root.AddCommand(serve,
		newMigrate(build), newRollback(build), newStatus(build), newFresh(build), newSeed(build),
		newUserCreate(build), newUserUpdate(build),
		newRoutes(build), newOpenAPI(build))
	return root
}

// description is a task that only describes the code, so it needs no database.
func description(build Builder, do func(*cobra.Command, []string, *App) error) func(*cobra.Command, []string) error {
	return task(func(c config.Config, log *slog.Logger) (*App, error) {
		c.DatabaseURL = "sqlite::memory:"
		return build(c, log)
	}, do)
}

// task returns a command function that builds the application and runs do.
func task(build Builder, do func(*cobra.Command, []string, *App) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		c, err := config.Load()
		if err != nil {
			return err
		}
		app, err := build(c, c.Log.Logger(cmd.ErrOrStderr()))
		if err != nil {
			return err
		}
		pool, err := app.DB.DB()
		if err != nil {
			return err
		}
		defer pool.Close()
		return do(cmd, args, app)
	}
}
