// Package console is the command line of the application: it runs the server,
// migrates and seeds the database, and manages accounts.
package console

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os/signal"
	"strings"
	"syscall"

	"github.com/go-gormigrate/gormigrate/v2"
	"github.com/spf13/cobra"
	"gorm.io/gorm"

	"example.com/blog/internal/auth"
	"example.com/blog/internal/config"
	"example.com/blog/internal/database"
	"example.com/blog/internal/outbox"
	"example.com/blog/internal/web"
)

// App holds what the commands use.
type App struct {
	Config     config.Config
	Log        *slog.Logger
	DB         *gorm.DB
	Server     *web.Server
	Users      *auth.Users
	Outbox     *outbox.Outbox
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
		for line := range strings.SplitSeq(err.Error(), "\n") {
			fmt.Fprintln(stderr, "error:", line)
		}
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

// command returns a command without arguments.
func command(use, short string, run func(*cobra.Command, []string) error) *cobra.Command {
	return &cobra.Command{Use: use, Short: short, Args: cobra.NoArgs, RunE: run}
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

func newServe(build Builder) *cobra.Command {
	return command("serve", "Run the server until interrupted", task(build, func(cmd *cobra.Command, _ []string, app *App) error {
		if err := app.prepare(cmd.Context()); err != nil {
			return err
		}
		return app.serve(cmd.Context())
	}))
}

// prepare applies pending migrations. In production that is a step of the
// deployment, so prepare fails if any are pending.
func (a *App) prepare(ctx context.Context) error {
	if !a.Config.Production() {
		applied, err := database.Migrate(ctx, a.DB, a.Migrations)
		for _, id := range applied {
			a.Log.Info("migrated", "id", id)
		}
		return err
	}
	all, err := database.Status(ctx, a.DB, a.Migrations)
	if err != nil {
		return err
	}
	var pending []string
	for _, m := range all {
		if m.Known && !m.Applied {
			pending = append(pending, m.ID)
		}
	}
	if len(pending) > 0 {
		return fmt.Errorf("pending migrations, run the migrate command first: %s", strings.Join(pending, ", "))
	}
	return nil
}

// serve handles requests and sends mail. When the context ends, it first finishes
// the requests and then the mail being sent; the rest is sent after a restart.
func (a *App) serve(ctx context.Context) error {
	working, rest := context.WithCancel(context.WithoutCancel(ctx))
	workers := []func(context.Context) error{a.Users.Run, a.Outbox.Run}
	ended := make(chan error, len(workers))
	for _, run := range workers {
		go func() { ended <- run(working) }()
	}
	err := a.Server.Run(ctx)
	rest()
	for range workers {
		err = errors.Join(err, <-ended)
	}
	return err
}
