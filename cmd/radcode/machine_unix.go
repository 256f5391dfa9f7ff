//go:build unix

package main

import (
	"runtime"
	"syscall"
	"time"
)

// processUsage asks getrusage(2) what this process used since it began.
func processUsage() (usage, bool) {
	var self, children syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &self) != nil || syscall.Getrusage(syscall.RUSAGE_CHILDREN, &children) != nil {
		return usage{}, false
	}
	return usage{cpuTime(&self), cpuTime(&children), peakOf(&self)}, true
}

func cpuTime(u *syscall.Rusage) time.Duration {
	return time.Duration(syscall.TimevalToNsec(u.Utime) + syscall.TimevalToNsec(u.Stime))
}

// peakOf is in KiB but for Apple's, which is in bytes.
func peakOf(u *syscall.Rusage) memory {
	if runtime.GOOS == "darwin" || runtime.GOOS == "ios" {
		return memory(u.Maxrss)
	}
	return memory(u.Maxrss) << 10
}
