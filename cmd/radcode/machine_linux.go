package main

import (
	"bufio"
	"os"
)

// peakMemory is the most memory that was resident at once since the process
// began: VmHWM, proc(5).
func peakMemory() memory {
	if m := kibibytes(procField("/proc/self/status", "VmHWM")); m > 0 {
		return m
	}
	u, _ := processUsage() // some sandboxes have no VmHWM
	return u.peak
}

func cpuModel() string { return procField("/proc/cpuinfo", "model name") }

func procField(file, name string) string {
	f, err := os.Open(file)
	if err != nil {
		return ""
	}
	defer f.Close()
	return field(f, name)
}

// cpuTicks reads what all CPUs did since the machine started.
func cpuTicks() ticks {
	f, err := os.Open("/proc/stat")
	if err != nil {
		return ticks{}
	}
	defer f.Close()
	line, _ := bufio.NewReader(f).ReadString('\n') // what is cut short is not parsed
	return ticksOf(line)
}
