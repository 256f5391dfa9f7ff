package main

import "os"

// peakMemory is the most memory that was resident at once since the process
// began: VmHWM, proc(5).
func peakMemory() memory { return kibibytes(procField("/proc/self/status", "VmHWM")) }

func cpuModel() string { return procField("/proc/cpuinfo", "model name") }

func procField(file, name string) string {
	f, err := os.Open(file)
	if err != nil {
		return ""
	}
	defer f.Close()
	return field(f, name)
}
