//go:build unix && !linux

package main

import (
	"runtime"
	"syscall"
)

// peakMemory is the most memory that was resident at once: getrusage(2), which
// counts in KiB but for Apple's, which counts in bytes.
func peakMemory() memory {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	if runtime.GOOS == "darwin" || runtime.GOOS == "ios" {
		return memory(u.Maxrss)
	}
	return memory(u.Maxrss) << 10
}

func cpuModel() string { return "" }
