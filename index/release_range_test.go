package index

import (
	"strings"
	"testing"
)

func TestBetween(t *testing.T) {
	r := imported(t, t.TempDir(), smallDraft("FY2026", "2025-10-01", "2026-09-30"))
	for _, c := range []struct{ first, last, want string }{
		{"R91.1", "S52", "R91.1 R91.8 RA0 S52.501A S52.501D"}, {"R91", "R91.1", "R91.1"}, {"S52.5", "S52.5", "S52.501A S52.501D"},
		{"A00", "B99", ""}, {"S52", "R91", ""}, {"lung", "S52", ""},
	} {
		if got := strings.Join(r.Between(c.first, c.last), " "); got != c.want {
			t.Errorf("%s to %s: %q, want %q", c.first, c.last, got, c.want)
		}
	}
}
