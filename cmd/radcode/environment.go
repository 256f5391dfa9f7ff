package main

import (
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/radcode/radcode/coding/eval"
)

// describe fills what a manifest says of the program and the machine.
func (a *app) describe(m *eval.Manifest, started time.Time) {
	m.Command = append([]string{"radcode"}, a.args...)
	m.Git, m.Go, m.Platform, m.CPU, m.Cores = commit(), runtime.Version(), runtime.GOOS+"/"+runtime.GOARCH, cpuModel(), runtime.GOMAXPROCS(0)
	m.Started, m.WallSeconds = started.UTC().Format(time.RFC3339), a.now().Sub(started).Seconds()
}

// commit is the commit the program was built from, with "+dirty" when files had
// been changed. "go run" does not record it: then the checkout in which it runs is asked.
// "" when nobody knows.
func commit() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	revision, dirty := "", ""
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			revision = s.Value
		case "vcs.modified":
			if s.Value == "true" {
				dirty = "+dirty"
			}
		}
	}
	if revision == "" && info.Main.Version == "(devel)" && isOwnCheckout() {
		return checkoutCommit()
	}
	return revision + dirty
}

// isOwnCheckout reports whether the working folder is radcode's own module.
func isOwnCheckout() bool {
	data, err := os.ReadFile("go.mod")
	return err == nil && strings.HasPrefix(string(data), "module github.com/radcode/radcode\n")
}

func checkoutCommit() string {
	head, err := exec.Command("git", "rev-parse", "HEAD").Output()
	if err != nil {
		return ""
	}
	changed, err := exec.Command("git", "status", "--porcelain", "--untracked-files=no").Output()
	if err != nil || len(changed) > 0 {
		return strings.TrimSpace(string(head)) + "+dirty"
	}
	return strings.TrimSpace(string(head))
}
