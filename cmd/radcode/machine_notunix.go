//go:build !unix

package main

func processUsage() (usage, bool) { return usage{}, false }
