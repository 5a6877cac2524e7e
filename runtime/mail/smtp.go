package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/textproto"
	"time"

	gomail "github.com/wneessen/go-mail"
)

const (
	deliveryTimeout = 30 * time.Second
	answerTimeout   = 15 * time.Second
)

type smtpSender struct {
	from    *mail.Address
	options SMTP
	roots   *x509.CertPool // nil uses the system roots
}

func (s *smtpSender) Send(ctx context.Context, m Message) error {
	msg, err := compose(s.from, m)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, deliveryTimeout)
	defer cancel()
	client, err := s.client(ctx)
	if err != nil {
		return fmt.Errorf("set up the SMTP client: %w", err)
	}
	err = client.DialAndSendWithContext(ctx, msg)
	switch {
	case err == nil, msg.IsDelivered(): // a later error would cause a duplicate
		return nil
	case ctx.Err() != nil:
		return fmt.Errorf("send mail by %s: %w", client.ServerAddr(), context.Cause(ctx))
	}
	return fmt.Errorf("send mail by %s: %w", client.ServerAddr(), withoutContent(err))
}

func (s *smtpSender) client(ctx context.Context) (*gomail.Client, error) {
	secure := &tls.Config{ServerName: s.options.Host, MinVersion: tls.VersionTLS12, RootCAs: s.roots}
	with := []gomail.Option{
		gomail.WithPort(s.options.Port),
		gomail.WithTimeout(answerTimeout),
		gomail.WithTLSConfig(secure),
		gomail.WithTLSPolicy(gomail.NoTLS),
		gomail.WithoutNoop(),
	}
	dial := (&net.Dialer{}).DialContext
	switch s.options.TLS {
	case "starttls":
		with = append(with, gomail.WithTLSPolicy(gomail.TLSMandatory))
	case "tls":
		dial = (&tls.Dialer{Config: secure}).DialContext
	}
	if s.options.Username != "" {
		with = append(with,
			gomail.WithOpportunisticSMTPAuth(gomail.SMTPAuthSCRAMSHA256, gomail.SMTPAuthPlain, gomail.SMTPAuthLogin),
			gomail.WithUsername(s.options.Username), gomail.WithPassword(s.options.Password))
	}
	with = append(with, gomail.WithDialContextFunc(untilDone(ctx, dial)))
	return gomail.NewClient(s.options.Host, with...)
}

// untilDone closes the connection when ctx ends: the client observes the context only
// while dialing, and leaks connections that fail early.
func untilDone(ctx context.Context, dial gomail.DialContextFunc) gomail.DialContextFunc {
	return func(dialing context.Context, network, address string) (net.Conn, error) {
		conn, err := dial(dialing, network, address)
		if err == nil {
			context.AfterFunc(ctx, func() { _ = conn.Close() })
		}
		return conn, err
	}
}

// withoutContent keeps the status code of a rejection and drops the server's text,
// which may quote the password or a link with its token.
func withoutContent(err error) error {
	if words := (*textproto.Error)(nil); errors.As(err, &words) {
		return fmt.Errorf("the server responded %d", words.Code)
	}
	var refused *gomail.SendError
	if !errors.As(err, &refused) {
		return err
	}
	return fmt.Errorf("%v: the server responded %d %s", refused.Reason, refused.ErrorCode(), refused.EnhancedStatusCode())
}
