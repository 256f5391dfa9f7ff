//go:build !linux

package main

func peakMemory() memory {
	u, _ := processUsage()
	return u.peak
}

func cpuModel() string { return "" }

func cpuTicks() ticks { return ticks{} }
