package index

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func onDate(t *testing.T, cache, date string) string {
	t.Helper()
	rs, err := OpenReleases(cache)
	if err != nil {
		t.Fatal(err)
	}
	defer rs.Close()
	r, err := rs.On("icd10cm", date)
	if err != nil {
		t.Fatal(err)
	}
	if r == nil {
		return ""
	}
	c, _ := r.Code("R91.1")
	return r.Release + " " + c.Title
}

func TestReleaseByDate(t *testing.T) {
	cache := t.TempDir()
	imported(t, cache, smallDraft("FY2026", "2025-10-01", "2026-09-30"))
	april := smallDraft("FY2026-April", "2026-04-01", "2026-09-30")
	april.Codes[1].Long = "April nodule"
	imported(t, cache, april)
	imported(t, cache, smallDraft("FY2027", "2026-10-01", "2027-09-30"))
	for date, want := range map[string]string{
		"2025-09-30": "", "2025-10-01": "FY2026 One lung nodule", "2026-03-31": "FY2026 One lung nodule", "2026-04-01": "FY2026-April April nodule",
		"2026-09-30": "FY2026-April April nodule", "2026-10-01": "FY2027 One lung nodule", "2027-10-01": "", "": "FY2027 One lung nodule",
	} {
		if got := onDate(t, cache, date); got != want {
			t.Errorf("%q: %q, want %q", date, got, want)
		}
	}
	rs, err := OpenReleases(cache)
	if err != nil {
		t.Fatal(err)
	}
	if r, err := rs.Named("icd10cm", "fy2026"); err != nil || r.Release != "FY2026" {
		t.Errorf("%v, %v", r, err)
	}
	if r, err := rs.Named("icd10cm", "FY2031"); r != nil || err != nil {
		t.Errorf("%v, %v", r, err)
	}
	if err := rs.Close(); err != nil {
		t.Error(err)
	}
	if _, err := rs.Named("icd10cm", "FY2027"); !errors.Is(err, os.ErrClosed) {
		t.Errorf("a release opened after Close: %v", err)
	}
}

func TestNoReleases(t *testing.T) {
	if got := onDate(t, filepath.Join(t.TempDir(), "no [folder]"), "2026-01-01"); got != "" {
		t.Errorf("release %s", got)
	}
}

// TestSameSourcesSameSum: an import is reproducible.
func TestSameSourcesSameSum(t *testing.T) {
	a := imported(t, t.TempDir(), smallDraft("FY2026", "2025-10-01", "")).Manifest
	b := imported(t, t.TempDir(), smallDraft("FY2026", "2025-10-01", "")).Manifest
	if d := cmp.Diff(a, b); d != "" {
		t.Errorf("manifests differ:\n%s", d)
	}
	if len(a.SHA256) != 64 {
		t.Errorf("sha256 %q", a.SHA256)
	}
}

// TestInterruptedImport cancels an import while it indexes; the release of the
// same name that was there before still answers, and nothing else is left.
func TestInterruptedImport(t *testing.T) {
	cache := t.TempDir()
	imported(t, cache, smallDraft("FY2026", "2025-10-01", ""))
	before := files(t, cache)
	d := smallDraft("FY2026", "2025-10-01", "")
	d.Codes[1].Long = "Half imported"
	ctx, cancel := context.WithCancel(context.Background())
	asked := false
	_, err := ImportRelease(ctx, cache, d, func(int) {
		asked = true
		if len(files(t, cache)) <= len(before) {
			t.Error("nothing was written when the import was interrupted")
		}
		cancel()
	})
	if !errors.Is(err, context.Canceled) || !asked {
		t.Fatalf("error %v", err)
	}
	if got := onDate(t, cache, "2026-01-01"); got != "FY2026 One lung nodule" {
		t.Errorf("now %q", got)
	}
	if d := cmp.Diff(before, files(t, cache)); d != "" {
		t.Errorf("files (-before +after):\n%s", d)
	}
	if _, err := ImportRelease(context.Background(), cache, d, nil); err != nil {
		t.Fatal(err)
	}
	if got := onDate(t, cache, "2026-01-01"); got != "FY2026 Half imported" {
		t.Errorf("after the second try %q", got)
	}
	if n := len(files(t, cache)); n != len(before) {
		t.Errorf("%d files, want %d: the replaced release is still there", n, len(before))
	}
}

// TestKilledImport finds what a process left that had no time to clean up.
func TestKilledImport(t *testing.T) {
	cache := t.TempDir()
	imported(t, cache, smallDraft("FY2026", "2025-10-01", ""))
	left := filepath.Join(cache, releasesFolder, "icd10cm-fy2026-999")
	if err := os.MkdirAll(filepath.Join(left, searchFolder), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(left, dataFile), []byte("half"), 0o644); err != nil {
		t.Fatal(err)
	}
	if got := onDate(t, cache, "2026-01-01"); got != "FY2026 One lung nodule" {
		t.Errorf("now %q", got)
	}
	imported(t, cache, smallDraft("FY2027", "2026-10-01", ""))
	if _, err := os.Stat(left); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("what was left stays: %v", err)
	}
}

func files(t *testing.T, dir string) (out []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			out = append(out, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestTwoImportsAtOnce(t *testing.T) {
	cache := t.TempDir()
	_, err := ImportRelease(context.Background(), cache, smallDraft("FY2026", "2025-10-01", ""), func(int) {
		if _, err := ImportRelease(context.Background(), cache, smallDraft("FY2027", "2026-10-01", ""), nil); !errors.Is(err, errLocked) {
			t.Errorf("second import: %v", err)
		}
		if _, err := RemoveRelease(cache, "icd10cm", "FY2026"); !errors.Is(err, errLocked) {
			t.Errorf("removal: %v", err)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	imported(t, cache, smallDraft("FY2027", "2026-10-01", ""))
}

func TestRemoveRelease(t *testing.T) {
	cache := t.TempDir()
	imported(t, cache, smallDraft("FY2026", "2025-10-01", ""))
	for _, want := range []bool{true, false} {
		if removed, err := RemoveRelease(cache, "icd10cm", "fy2026"); removed != want || err != nil {
			t.Errorf("removed %v, %v; want %v", removed, err, want)
		}
	}
	if n := len(files(t, cache)); n != 1 {
		t.Errorf("%d files stay beside the lock", n-1)
	}
}

func TestDamagedRelease(t *testing.T) {
	cache := t.TempDir()
	imported(t, cache, smallDraft("FY2026", "2025-10-01", ""))
	paths, err := filepath.Glob(filepath.Join(cache, releasesFolder, "*", dataFile))
	if err != nil || len(paths) != 1 {
		t.Fatal(paths, err)
	}
	whole, err := os.ReadFile(paths[0])
	if err != nil {
		t.Fatal(err)
	}
	flipped := append([]byte(nil), whole...)
	flipped[len(flipped)-9] ^= 1
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"cut": {whole[:len(whole)-5], "ends early"}, "longer": {append(append([]byte(nil), whole...), 0), "longer than it says"},
		"flipped": {flipped, "checksum"}, "other": {[]byte("something else"), "no release"}, "empty": {nil, "no release"},
	} {
		if err := os.WriteFile(paths[0], c.data, 0o644); err != nil {
			t.Fatal(err)
		}
		rs, err := OpenReleases(cache)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := rs.On("icd10cm", ""); err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "import the release again") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestDamagedManifest(t *testing.T) {
	for name, data := range map[string]string{
		"no JSON": "{", "folder outside": `{"system":"icd10cm","release":"FY2026","from":"2025-10-01","folder":"../.."}`, "no dates": `{"system":"icd10cm","release":"x","folder":"y"}`,
	} {
		cache := t.TempDir()
		path := filepath.Join(cache, releasesFolder, "icd10cm-x.json")
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := OpenReleases(cache); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := ImportRelease(context.Background(), cache, smallDraft("FY2026", "2025-10-01", ""), nil); err == nil {
			t.Errorf("%s: imported beside it", name)
		}
	}
}

func TestRefusedDrafts(t *testing.T) {
	for name, change := range map[string]func(*Draft){
		"no codes":             func(d *Draft) { d.Codes = nil },
		"is no code":           func(d *Draft) { d.Codes[0].ID = "lung" },
		"stands twice":         func(d *Draft) { d.Codes = append(d.Codes, DraftCode{ID: "R91.1", Long: "Another"}) },
		"want letters":         func(d *Draft) { d.Release = "../FY" },
		"first date":           func(d *Draft) { d.From = "" },
		"last date":            func(d *Draft) { d.To = "2026-13-01" },
		"before it begins":     func(d *Draft) { d.To = "2020-01-01" },
		"place below":          func(d *Draft) { d.Terms[2].Depth = 3 },
		"place below the one ": func(d *Draft) { d.Terms[0].Depth = 1 },
	} {
		d := smallDraft("FY2026", "2025-10-01", "2026-09-30")
		change(d)
		if _, err := ImportRelease(context.Background(), t.TempDir(), d, nil); err == nil || !strings.Contains(err.Error(), strings.TrimSpace(name)) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// FuzzFlat opens any bytes as a release file.
func FuzzFlat(f *testing.F) {
	w, err := encode(smallDraft("FY2026", "2025-10-01", ""))
	if err != nil {
		f.Fatal(err)
	}
	var data strings.Builder
	if err := w.write(&data); err != nil {
		f.Fatal(err)
	}
	f.Add(data.String())
	f.Add(flatMagic)
	f.Fuzz(func(t *testing.T, data string) {
		flat, err := parseFlat(data)
		if err != nil {
			return
		}
		r := &Release{flat: flat}
		c, _ := r.Code("R91.1")
		if _, err := json.Marshal(c); err != nil {
			t.Error(err)
		}
	})
}
