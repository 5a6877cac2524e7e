package mailtest

import (
	"errors"
	"io"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

func (s *Server) session(*smtp.Conn) (smtp.Session, error) {
	session := &session{server: s}
	if s.username == "" {
		return session, nil
	}
	return &authSession{session: session}, nil
}

func (s *Server) receive(from string, to []string, raw []byte) error {
	s.mu.Lock()
	s.attempts++
	hung := s.hung
	refused := s.refuse > 0
	if refused {
		s.refuse--
	}
	s.mu.Unlock()
	if hung != nil {
		<-hung
		return errors.New("stopped")
	}
	if refused {
		return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: s.answer}
	}
	message, err := parse(raw)
	if err != nil {
		return err
	}
	message.EnvelopeFrom, message.EnvelopeTo = from, to
	s.mu.Lock()
	defer s.mu.Unlock()
	s.messages = append(s.messages, message)
	return nil
}

type session struct {
	server *Server
	from   string
	to     []string
}

func (s *session) Mail(from string, _ *smtp.MailOptions) error { s.from = from; return nil }
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error   { s.to = append(s.to, to); return nil }
func (s *session) Reset()                                      { s.from, s.to = "", nil }
func (s *session) Logout() error                               { return nil }

func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	return s.server.receive(s.from, s.to, raw)
}

type authSession struct {
	*session
	ok bool
}

func (s *authSession) AuthMechanisms() []string { return []string{sasl.Plain} }

func (s *authSession) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, username, password string) error {
		s.ok = username == s.server.username && password == s.server.password
		if !s.ok {
			return smtp.ErrAuthFailed
		}
		return nil
	}), nil
}

func (s *authSession) Mail(from string, options *smtp.MailOptions) error {
	if !s.ok {
		return smtp.ErrAuthRequired
	}
	return s.session.Mail(from, options)
}
