// Package mutation is the proof that the tests of a written application can
// fail: it puts one fault at a time into what fastgo writes, and the tests that
// fastgo writes beside it have to find each. It holds nothing else, and no
// application gets a copy of it.
package mutation
