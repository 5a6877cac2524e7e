// Package mutation proves that generated tests can fail: it adds one fault at a
// time to generated code, and the generated tests must detect it. It contains only
// tests and is not copied to applications.
package mutation
