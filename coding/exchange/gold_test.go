package exchange

import "testing"

func TestGoldCodeAccepts(t *testing.T) {
	gold := GoldCode{Code: "R91.8", Accept: []string{"R91.1", "C34"}}
	for code, want := range map[string]bool{"R91.8": true, "R918": true, "R91.1": true, "C34.11": true, "R91": false, "R09.1": false, "": false} {
		if gold.Accepts(code) != want {
			t.Errorf("Accepts(%q) = %v, want %v", code, !want, want)
		}
	}
}
