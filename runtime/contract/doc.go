// Package contract tests generated applications with other programs: OAuth 2
// libraries, the Go compiler, OpenAPI tools and browsers. It contains only tests
// and is not copied to applications.
package contract
