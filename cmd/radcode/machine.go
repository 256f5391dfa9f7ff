package main

import (
	"bufio"
	"io"
	"strconv"
	"strings"
)

// memory is a number of bytes; 0 stands for unknown.
type memory int64

// field returns the value of the first line "name : value", as the files of
// Linux's /proc have them, and "" when there is none.
func field(r io.Reader, name string) string {
	for s := bufio.NewScanner(r); s.Scan(); {
		if key, value, ok := strings.Cut(s.Text(), ":"); ok && strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

// kibibytes reads a size as /proc/self/status states it: "1234 kB", where kB
// stands for 1,024 bytes. What it cannot read is unknown.
func kibibytes(size string) memory {
	number, ok := strings.CutSuffix(size, " kB")
	n, err := strconv.ParseInt(number, 10, 64)
	if !ok || err != nil || n < 0 {
		return 0
	}
	return memory(n << 10)
}
