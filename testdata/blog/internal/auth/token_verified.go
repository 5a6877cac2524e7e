package auth

import (
	"strings"
	"sync"
)

// maxVerified is how many tokens each of the two generations holds: together a few megabytes.
const maxVerified = 4096

// verified remembers what access tokens with a good signature say. It never says that a token is still good: that takes the
// time and the session. When one generation is full the older one is dropped.
type verified struct {
	mutex      sync.Mutex
	young, old map[string]*payload // by the whole token; nobody changes a payload
}

func (v *verified) get(token string) (*payload, bool) {
	if len(token) > maxTokenSize {
		return nil, false
	}
	v.mutex.Lock()
	defer v.mutex.Unlock()
	p, ok := v.young[token]
	if !ok {
		if p, ok = v.old[token]; ok {
			v.keep(token, p)
		}
	}
	return p, ok
}

func (v *verified) add(token string, p *payload) {
	v.mutex.Lock()
	defer v.mutex.Unlock()
	v.keep(token, p)
}

func (v *verified) keep(token string, p *payload) {
	if v.young == nil || len(v.young) >= maxVerified {
		v.young, v.old = map[string]*payload{}, v.young
	}
	v.young[strings.Clone(token)] = p // not the whole header that it is a part of
}
