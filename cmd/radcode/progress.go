package main

import (
	"time"

	"github.com/schollz/progressbar/v3"
)

// progress shows how much of the input was read while several reports are
// coded. There is no bar unless stderr is a terminal and stdout is not, for
// the two would write over each other. The function returned ends it.
func (a *app) progress(in *input, several bool) (done func()) {
	if !several || !a.errIsTerminal || a.outIsTerminal {
		return func() {}
	}
	total := in.total
	if total == 0 {
		total = -1
	}
	bar := progressbar.NewOptions64(total,
		progressbar.OptionSetWriter(a.messages.w),
		progressbar.OptionSetDescription("coding"),
		progressbar.OptionShowBytes(true),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionClearOnFinish(),
	)
	a.messages.mu.Lock()
	a.messages.clear = func() { bar.Clear() } // a bar that stays for a moment hurts nobody
	a.messages.mu.Unlock()
	ticker, quit, ended := time.NewTicker(100*time.Millisecond), make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for {
			select {
			case <-ticker.C:
				bar.Set64(in.bytes.Load())
			case <-quit:
				return
			}
		}
	}()
	return func() {
		ticker.Stop()
		close(quit)
		<-ended
		bar.Finish()
		a.messages.mu.Lock()
		a.messages.clear = nil
		a.messages.mu.Unlock()
	}
}
