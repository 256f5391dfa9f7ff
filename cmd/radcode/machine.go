package main

import (
	"bufio"
	"io"
	"strconv"
	"strings"
	"time"
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

// usage is what a process used since it began.
type usage struct {
	self, children time.Duration // CPU time, user and system; children that have ended
	peak           memory
}

// ticks are hundredths of a second of all CPUs together. The zero value is
// unknown.
type ticks struct{ busy, total float64 }

// ticksPerSecond is USER_HZ, which is 100 wherever Go runs on Linux.
const ticksPerSecond = 100

// ticksOf reads the first line of /proc/stat, proc(5): user, nice, system, idle,
// iowait, irq, softirq and steal. Guests are in user already; what the
// hypervisor stole was busy with others.
func ticksOf(line string) ticks {
	cells := strings.Fields(line)
	if len(cells) < 9 || cells[0] != "cpu" {
		return ticks{}
	}
	var t ticks
	for i, c := range cells[1:9] {
		n, err := strconv.ParseFloat(c, 64)
		if err != nil {
			return ticks{}
		}
		t.total += n
		if i != 3 && i != 4 { // idle, iowait
			t.busy += n
		}
	}
	return t
}

// others is the share of all CPUs' time, 0 to 1, that went to other programs
// between two readings, when this one and its children used own.
func others(before, after ticks, own time.Duration) (share float64, ok bool) {
	total := after.total - before.total
	if before.total == 0 || total <= 0 {
		return 0, false
	}
	return max(0, (after.busy-before.busy-own.Seconds()*ticksPerSecond)/total), true
}
