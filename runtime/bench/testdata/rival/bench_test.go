package rival

import (
	"bufio"
	"bytes"
	"fmt"
	"net"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// BenchmarkHandlers reports the throughput of the generated operations as a
// part of that of the ones written by hand. They take turns on one database,
// and the median turn counts, so that a busy machine slows down both.
func BenchmarkHandlers(b *testing.B) {
	generated, byHand, token := start(b)
	for _, bench := range []struct {
		name, method, path, body string
		status, clients          int
	}{
		{"GET", "GET", "/api/posts/1", "", 200, 1},
		{"GET-8", "GET", "/api/posts/1", "", 200, 8},
		{"POST", "POST", "/api/posts", body, 201, 1},
		{"POST-8", "POST", "/api/posts", body, 201, 8},
	} {
		b.Run(bench.name, func(b *testing.B) {
			request := fmt.Appendf(nil, "%s %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nUser-Agent: bench\r\n", bench.method, bench.path, token)
			if bench.body != "" {
				request = fmt.Appendf(request, "Content-Type: application/json\r\nContent-Length: %d\r\n", len(bench.body))
			}
			request = append(append(request, "\r\n"...), bench.body...)
			ours, theirs := dial(b, generated, bench.clients), dial(b, byHand, bench.clients)
			var ourTurns, theirTurns []time.Duration
			for b.Loop() {
				ourTurns = append(ourTurns, turn(b, ours, request, bench.status))
				theirTurns = append(theirTurns, turn(b, theirs, request, bench.status))
			}
			our, their := median(ourTurns), median(theirTurns)
			b.ReportMetric(100*their.Seconds()/our.Seconds(), "%ofbyhand")
			b.ReportMetric(float64(our.Microseconds())/turnLength, "µs/generated")
			b.ReportMetric(float64(their.Microseconds())/turnLength, "µs/byhand")
		})
	}
}

// client sends requests on a connection of its own, and does as little else as
// it can, since it shares the processors with the servers.
type client struct {
	conn   net.Conn
	reader *bufio.Reader
}

func dial(b *testing.B, address string, clients int) []client {
	all := make([]client, clients)
	for i := range all {
		conn, err := net.Dial("tcp", address)
		must(b, err)
		b.Cleanup(func() { conn.Close() })
		all[i] = client{conn, bufio.NewReader(conn)}
	}
	return all
}

// turnLength is how many requests a turn has: enough to pay for the garbage that
// they leave.
const turnLength = 400

// turn returns how long the clients take for their requests.
func turn(b *testing.B, clients []client, request []byte, status int) time.Duration {
	var all sync.WaitGroup
	start := time.Now()
	for _, c := range clients {
		all.Go(func() {
			for range turnLength / len(clients) {
				if got, err := c.do(request); err != nil || got != status {
					b.Errorf("status %d, want %d: %v", got, status, err)
					return
				}
			}
		})
	}
	all.Wait()
	return time.Since(start)
}

// do sends a request and reads the answer, of which it returns the status.
func (c client) do(request []byte) (status int, err error) {
	if _, err := c.conn.Write(request); err != nil {
		return 0, err
	}
	length := 0
	for first := true; ; first = false {
		line, err := c.reader.ReadSlice('\n')
		switch {
		case err != nil:
			return 0, err
		case first:
			status, err = strconv.Atoi(string(line[len("HTTP/1.1 "):][:3]))
		case len(line) == len("\r\n"):
			_, err = c.reader.Discard(length)
			return status, err
		case bytes.HasPrefix(line, []byte("Content-Length: ")):
			length, err = strconv.Atoi(strings.TrimSpace(string(line[len("Content-Length: "):])))
		}
		if err != nil {
			return 0, err
		}
	}
}

func median(all []time.Duration) time.Duration {
	slices.Sort(all)
	return all[len(all)/2]
}
