// Package contract shows that what an application promises holds for the
// programs of others: OAuth 2 libraries, the Go compiler, readers of the API
// document, and browsers. It has tests only and is not copied to applications.
package contract
