package index

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// Releases are the imported releases of a cache folder. Each has a small
// manifest, which alone is read here, and a folder with its data, which is read
// when the release is first asked for. Safe for concurrent use; a release
// imported later is seen by the next OpenReleases.
type Releases struct {
	all []*releaseFile
}

type releaseFile struct {
	manifest Manifest
	folder   string
	once     sync.Once
	release  *Release
	err      error
}

func (f *releaseFile) open() (*Release, error) {
	f.once.Do(func() { f.release, f.err = openRelease(f.manifest, f.folder) })
	return f.release, f.err
}

// close gives back what open took; a release that was never opened stays closed.
func (f *releaseFile) close() error {
	f.once.Do(func() { f.err = fmt.Errorf("index: release %s: %w", f.manifest.Release, os.ErrClosed) })
	if f.release == nil {
		return nil
	}
	return f.release.search.close()
}

// manifestFile is what stands on disk: the manifest and where its data is.
type manifestFile struct {
	Manifest
	Folder string `json:"folder"`
}

// Files within the cache folder.
const (
	releasesFolder = "releases"
	dataFile       = "release.bin"
	searchFolder   = "search"
)

// OpenReleases lists the releases of a cache folder; a folder that is not there
// holds none.
func OpenReleases(cache string) (*Releases, error) {
	dir := filepath.Join(cache, releasesFolder)
	files, err := filepath.Glob(filepath.Join(globQuoted(dir), "*.json"))
	if err != nil {
		return nil, fmt.Errorf("index: %w", err)
	}
	rs := &Releases{}
	for _, path := range files {
		m, err := readManifest(path)
		if errors.Is(err, os.ErrNotExist) {
			continue // removed just now
		}
		if err != nil {
			return nil, fmt.Errorf("index: release %s: %w; remove the file and import the release again", path, err)
		}
		rs.all = append(rs.all, &releaseFile{manifest: m.Manifest, folder: filepath.Join(dir, m.Folder)})
	}
	slices.SortFunc(rs.all, func(a, b *releaseFile) int { return byBegin(&a.manifest, &b.manifest) })
	return rs, nil
}

// globQuoted takes their meaning from the marks of a pattern in a folder's name.
func globQuoted(dir string) string {
	return strings.NewReplacer("[", "[[]", "*", "[*]", "?", "[?]").Replace(dir)
}

func byBegin(a, b *Manifest) int {
	for _, c := range []int{strings.Compare(a.System, b.System), strings.Compare(a.From, b.From)} {
		if c != 0 {
			return c
		}
	}
	return strings.Compare(a.Release, b.Release)
}

func readManifest(path string) (manifestFile, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return manifestFile{}, err
	}
	var m manifestFile
	if err := json.Unmarshal(data, &m); err != nil {
		return m, err
	}
	if !filepath.IsLocal(m.Folder) {
		return m, fmt.Errorf("folder %q lies outside", m.Folder)
	}
	return m, m.check()
}

func openRelease(m Manifest, folder string) (*Release, error) {
	f, err := readFlat(filepath.Join(folder, dataFile))
	if err != nil {
		return nil, fmt.Errorf("index: release %s: %w", m.Release, err)
	}
	return &Release{Manifest: m, flat: f, search: &releaseSearch{path: filepath.Join(folder, searchFolder)}}, nil
}

// All returns the manifests by system and first date of service. Do not modify
// what they point to.
func (rs *Releases) All() []Manifest {
	out := make([]Manifest, len(rs.all))
	for i, f := range rs.all {
		out[i] = f.manifest
	}
	return out
}

// On returns the release of a system in force on a date of service, the one
// that began last where several are; nil and no error when there is none. Date
// "" asks for the newest.
func (rs *Releases) On(system, date string) (*Release, error) {
	for _, f := range slices.Backward(rs.all) {
		if f.manifest.System == system && (date == "" || f.manifest.InForce(date)) {
			return f.open()
		}
	}
	return nil, nil
}

// Named returns a release by its name, whatever the case; nil and no error when
// there is none.
func (rs *Releases) Named(system, release string) (*Release, error) {
	for _, f := range rs.all {
		if f.manifest.System == system && strings.EqualFold(f.manifest.Release, release) {
			return f.open()
		}
	}
	return nil, nil
}

// Close releases the files of the search indexes.
func (rs *Releases) Close() error {
	var errs []error
	for _, f := range rs.all {
		errs = append(errs, f.close())
	}
	return errors.Join(errs...)
}

// ImportRelease writes a release into the cache folder and returns its manifest.
// A release of the same system and name is replaced, in one step at the very
// end: whatever interrupts the import, cancelling ctx included, leaves it as it
// was. Only one import at a time may run on a folder. Progress, unless nil, is
// told how many of the release's codes are indexed for searching.
func ImportRelease(ctx context.Context, cache string, d *Draft, progress func(codes int)) (Manifest, error) {
	dir := filepath.Join(cache, releasesFolder)
	unlock, err := lockFolder(dir)
	if err != nil {
		return Manifest{}, fmt.Errorf("index: import: %w", err)
	}
	defer unlock()
	if err := sweep(dir); err != nil {
		return Manifest{}, fmt.Errorf("index: import: %w", err)
	}
	m, err := writeRelease(ctx, dir, d, progress)
	if err != nil {
		return Manifest{}, fmt.Errorf("index: import: %w", errors.Join(err, sweep(dir)))
	}
	return m, sweep(dir)
}

// writeRelease fills a new folder and then lets the manifest name it.
func writeRelease(ctx context.Context, dir string, d *Draft, progress func(codes int)) (Manifest, error) {
	w, err := encode(d)
	if err != nil {
		return Manifest{}, err
	}
	folder, err := os.MkdirTemp(dir, releaseName(d.System, d.Release)+"-")
	if err != nil {
		return Manifest{}, err
	}
	if d.SHA256, err = writeData(filepath.Join(folder, dataFile), w); err != nil {
		return Manifest{}, err
	}
	if err := os.Chmod(folder, 0o755); err != nil {
		return Manifest{}, err
	}
	r, err := openRelease(d.Manifest, folder)
	if err != nil {
		return Manifest{}, err
	}
	if err := r.buildSearch(ctx, filepath.Join(folder, searchFolder), progress); err != nil {
		return Manifest{}, err
	}
	if err := ctx.Err(); err != nil {
		return Manifest{}, err
	}
	return d.Manifest, writeManifest(dir, manifestFile{d.Manifest, filepath.Base(folder)})
}

// releaseName names a release's files; names that differ in case only are one
// release.
func releaseName(system, release string) string { return strings.ToLower(system + "-" + release) }

func writeData(path string, w *flatWriter) (sum string, err error) {
	file, err := os.Create(path)
	if err != nil {
		return "", err
	}
	h := sha256.New()
	err = errors.Join(w.write(io.MultiWriter(file, h)), file.Sync(), file.Close())
	return hex.EncodeToString(h.Sum(nil)), err
}

// writeManifest is the step that makes an import count.
func writeManifest(dir string, m manifestFile) error {
	data, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	file, err := os.CreateTemp(dir, "manifest-")
	if err != nil {
		return err
	}
	_, err = file.Write(append(data, '\n'))
	err = errors.Join(err, file.Chmod(0o644), file.Sync(), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), filepath.Join(dir, releaseName(m.System, m.Release)+".json"))
	}
	return err
}

// RemoveRelease deletes a release from the cache folder; false when there is
// none of that name.
func RemoveRelease(cache, system, release string) (bool, error) {
	dir := filepath.Join(cache, releasesFolder)
	unlock, err := lockFolder(dir)
	if err != nil {
		return false, fmt.Errorf("index: remove: %w", err)
	}
	defer unlock()
	switch err := os.Remove(filepath.Join(dir, releaseName(system, release)+".json")); {
	case errors.Is(err, os.ErrNotExist):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("index: remove: %w", err)
	}
	return true, sweep(dir)
}

// sweep deletes what no manifest names: replaced releases and what interrupted
// imports left. Only the holder of the lock may do it. What another process still
// reads, and the system does not let go, is for the next sweep.
func sweep(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	named := map[string]bool{lockFile: true}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".json") {
			continue
		}
		named[e.Name()] = true
		m, err := readManifest(filepath.Join(dir, e.Name()))
		if err != nil {
			return fmt.Errorf("release %s: %w; remove the file", filepath.Join(dir, e.Name()), err)
		}
		named[m.Folder] = true
	}
	for _, e := range entries {
		if !named[e.Name()] {
			_ = os.RemoveAll(filepath.Join(dir, e.Name()))
		}
	}
	return nil
}
