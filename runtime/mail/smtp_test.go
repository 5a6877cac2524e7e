package mail

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"strings"
	"testing"
	"time"

	"fastgo/runtime/mailtest"
)

func letter() Message {
	return Message{
		To:      "john@example.com",
		Subject: "Grüße from the blog",
		Text:    "Hello,\n\nhttps://blog.example.com/password/reset#the-token\n",
		HTML:    "<p>Hello, <a href=\"https://blog.example.com/password/reset#the-token\">here</a></p>\n",
	}
}

func settings(server *mailtest.Server) Options {
	return Options{
		Driver: "smtp",
		From:   "Böse & Blog <no-reply@blog.example.com>",
		SMTP:   SMTP{Host: server.Host, Port: server.Port, TLS: "none"},
	}
}

func newSender(t *testing.T, cfg Options) *smtpSender {
	t.Helper()
	sender, err := New(cfg, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	return sender.(*smtpSender)
}

func TestMailArrivesUnchanged(t *testing.T) {
	server := mailtest.Start(t)
	want := letter()
	if err := newSender(t, settings(server)).Send(t.Context(), want); err != nil {
		t.Fatal(err)
	}
	got := server.Wait(t, 1)[0]
	if got.To != want.To || got.Subject != want.Subject || got.Text != want.Text || got.HTML != want.HTML {
		t.Errorf("got %+v", got)
	}
	if got.From != "no-reply@blog.example.com" || got.EnvelopeFrom != got.From {
		t.Errorf("from %s, envelope from %s", got.From, got.EnvelopeFrom)
	}
	if len(got.EnvelopeTo) != 1 || got.EnvelopeTo[0] != want.To {
		t.Errorf("envelope to %v", got.EnvelopeTo)
	}
	if kinds := strings.Join(got.Parts, " "); kinds != "text/plain text/html" {
		t.Errorf("parts: %s", kinds)
	}
	if kind := got.Header.Get("Content-Type"); !strings.HasPrefix(kind, "multipart/alternative;") {
		t.Errorf("content type %s", kind)
	}
	if sent, err := got.Header.Date(); err != nil || time.Since(sent).Abs() > time.Minute {
		t.Errorf("date %v, %v", sent, err)
	}
	if id := got.Header.Get("Message-ID"); !strings.HasSuffix(id, "@blog.example.com>") {
		t.Errorf("message id %s", id)
	}
}

func TestMailWithoutHTMLIsPlain(t *testing.T) {
	server := mailtest.Start(t)
	m := letter()
	m.HTML = ""
	if err := newSender(t, settings(server)).Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	if got := server.Wait(t, 1)[0]; strings.Join(got.Parts, " ") != "text/plain" || got.Text != m.Text {
		t.Errorf("got %+v", got)
	}
}

func TestMailGoesOverTLS(t *testing.T) {
	for mode, option := range map[string]mailtest.Option{"starttls": mailtest.STARTTLS(), "tls": mailtest.TLS()} {
		t.Run(mode, func(t *testing.T) {
			server := mailtest.Start(t, option, mailtest.Login("blog", "a password"))
			cfg := settings(server)
			cfg.SMTP.TLS, cfg.SMTP.Username, cfg.SMTP.Password = mode, "blog", "a password"
			sender := newSender(t, cfg)
			if err := sender.Send(t.Context(), letter()); err == nil {
				t.Error("sent to a server whose certificate nobody vouches for")
			}
			sender.roots = server.Roots
			if err := sender.Send(t.Context(), letter()); err != nil {
				t.Fatal(err)
			}
			server.Wait(t, 1)
		})
	}
}

func TestSTARTTLSIsRequired(t *testing.T) {
	server := mailtest.Start(t)
	cfg := settings(server)
	cfg.SMTP.TLS = "starttls"
	if err := newSender(t, cfg).Send(t.Context(), letter()); err == nil {
		t.Error("the mail went in clear")
	}
	if n := server.Attempts(); n != 0 {
		t.Errorf("%d mails offered", n)
	}
}

func TestErrorDoesNotContainTheCredentials(t *testing.T) {
	server := mailtest.Start(t, mailtest.Login("blog", "a password"))
	cfg := settings(server)
	cfg.SMTP.Username, cfg.SMTP.Password = "blog", "not that password"
	err := newSender(t, cfg).Send(t.Context(), letter())
	if err == nil || strings.Contains(err.Error(), cfg.SMTP.Password) {
		t.Errorf("got %v", err)
	}
}

func TestErrorOfARejectedMailDoesNotQuoteIt(t *testing.T) {
	server := mailtest.Start(t, mailtest.Refuse(1, "blocked link https://blog.example.com/password/reset#the-token"))
	sender := newSender(t, settings(server))
	err := sender.Send(t.Context(), letter())
	if err == nil || strings.Contains(err.Error(), "token") {
		t.Errorf("got %v", err)
	}
	if err != nil && !strings.Contains(err.Error(), "451 4.7.1") {
		t.Errorf("the code is missing: %v", err)
	}
	if err := sender.Send(t.Context(), letter()); err != nil {
		t.Errorf("the second attempt: %v", err)
	}
	if n := len(server.Messages()); n != 1 {
		t.Errorf("%d mails arrived", n)
	}
}

func TestUnreachableServerIsAnError(t *testing.T) {
	server := mailtest.Start(t)
	sender := newSender(t, settings(server))
	server.Stop()
	if err := sender.Send(t.Context(), letter()); err == nil {
		t.Fatal("sent to nobody")
	}
	again := mailtest.Start(t, mailtest.Listen(server.Addr))
	if err := sender.Send(t.Context(), letter()); err != nil {
		t.Errorf("after the server came back: %v", err)
	}
	again.Wait(t, 1)
}

func TestSendGivesUpWhenTheContextEnds(t *testing.T) {
	server := mailtest.Start(t, mailtest.Hang())
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	began := time.Now()
	err := newSender(t, settings(server)).Send(ctx, letter())
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("it took %v", took)
	}
}
