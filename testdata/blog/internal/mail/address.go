package mail

import (
	"errors"
	"fmt"
	"net/mail"
	"regexp"
	"strings"
)

// recipientPattern is what an account may have as its address.
var recipientPattern = regexp.MustCompile("^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}$")

// checkRecipient refuses everything but one bare address, so that nothing in it
// can end the header or name a second recipient.
func checkRecipient(address string) error {
	if len(address) > 254 || !recipientPattern.MatchString(address) {
		return errors.New("the recipient is not a bare ASCII address")
	}
	if _, err := mail.ParseAddress(address); err != nil {
		return errors.New("the recipient is not an RFC 5322 address")
	}
	return nil
}

func parseSender(from string) (*mail.Address, error) {
	address, err := mail.ParseAddress(from)
	if err != nil {
		return nil, fmt.Errorf("%q is not an address such as Blog <no-reply@blog.example.com>", from)
	}
	return address, nil
}

func domain(address *mail.Address) string {
	return address.Address[strings.LastIndex(address.Address, "@")+1:]
}
