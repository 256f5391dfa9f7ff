package main

import "testing"

// TestPeakMemory wants a figure that grows with what the process touched.
func TestPeakMemory(t *testing.T) {
	before := peakMemory()
	page := make([]byte, 64<<20)
	for i := range page {
		page[i] = 1
	}
	if after := peakMemory(); before <= 0 || after < memory(len(page)) {
		t.Errorf("peak %d before, %d after touching %d bytes", before, after, len(page))
	}
}
