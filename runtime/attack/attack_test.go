package attack

import "testing"

// attack is an attempt to break in. Its name says what must hold.
type attack struct {
	name string
	run  func(*testing.T, *target)
}

func TestApplicationWithstandsEveryAttack(t *testing.T) {
	skipIfShort(t)
	all := variants(t)
	for _, v := range all {
		t.Run(v.name, func(t *testing.T) {
			w := open(t, v)
			for _, attacks := range [][]attack{
				startAttacks(), tokenAttacks(), refreshAttacks(), logoutAttacks(), passwordAttacks(),
				lockoutAttacks(), accountAttacks(), mailAttacks(), bodyAttacks(), oauthAttacks(), pathAttacks(),
			} {
				for _, a := range attacks {
					t.Run(a.name, func(t *testing.T) { a.run(t, w) })
				}
			}
			w.close(t)
		})
	}
	t.Run("settings that are not safe are refused", func(t *testing.T) { startUnsafe(t, all[1]) })
	t.Run("mail that cannot be sent is sent later, by another process", func(t *testing.T) {
		for _, v := range all {
			t.Run(v.name, func(t *testing.T) {
				t.Parallel() // they wait most of the time
				sendAfterOutage(t, v)
			})
		}
	})
}
