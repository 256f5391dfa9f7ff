//go:build !unix

package main

func peakMemory() memory { return 0 }

func cpuModel() string { return "" }
