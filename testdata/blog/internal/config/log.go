package config

import (
	"io"
	"log/slog"
)

// Log holds the settings of the log.
type Log struct {
	Format string // text or json
	Level  slog.Level
}

// Logger returns a logger that writes to w.
func (l Log) Logger(w io.Writer) *slog.Logger {
	options := &slog.HandlerOptions{Level: l.Level}
	if l.Format == "json" {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}

func readLog(r *reader, production bool) Log {
	format := "text"
	if production {
		format = "json"
	}
	levels := map[string]slog.Level{"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError}
	return Log{
		Format: r.choice("LOG_FORMAT", format, "text", "json"),
		Level:  levels[r.choice("LOG_LEVEL", "info", "debug", "info", "warn", "error")],
	}
}
