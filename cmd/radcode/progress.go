package main

import (
	"time"

	"github.com/schollz/progressbar/v3"
)

// progress shows how much of the input was read while several reports are
// coded. There is no bar unless stderr is a terminal and stdout is not, for
// the two would write over each other. The function returned ends it.
func (a *app) progress(in *input, several bool) (done func()) {
	if !several || a.outIsTerminal {
		return func() {}
	}
	total := in.total
	if total == 0 {
		total = -1
	}
	set, finish := a.bar("coding", total, progressbar.OptionShowBytes(true))
	ticker, quit, ended := time.NewTicker(100*time.Millisecond), make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for {
			select {
			case <-ticker.C:
				set(in.bytes.Load())
			case <-quit:
				return
			}
		}
	}()
	return func() {
		ticker.Stop()
		close(quit)
		<-ended
		finish()
	}
}

// bar draws a progress bar on stderr, when that is a terminal. It only draws
// within set, never on its own; done wipes it.
func (a *app) bar(what string, total int64, more ...progressbar.Option) (set func(int64), done func()) {
	if !a.errIsTerminal {
		return func(int64) {}, func() {}
	}
	bar := progressbar.NewOptions64(total, append(more,
		progressbar.OptionSetWriter(a.messages.w),
		progressbar.OptionSetDescription(what),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionClearOnFinish(),
	)...)
	a.messages.mu.Lock()
	a.messages.clear = func() { bar.Clear() } // a bar that stays for a moment hurts nobody
	a.messages.mu.Unlock()
	return func(n int64) { bar.Set64(n) }, func() {
		bar.Finish()
		a.messages.mu.Lock()
		a.messages.clear = nil
		a.messages.mu.Unlock()
	}
}
