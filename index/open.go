package index

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
)

// Index is a searchable set of codes.
type Index struct {
	codes  []Code // by System, ID
	byID   map[string]int
	search bleve.Index
	memory bool
}

// layout changes when the mapping or the files on disk do; it is part of the
// cache key.
const layout = "1"

// Open returns an index over codes. Dir is the cache folder ("" = keep it in
// memory); the index is built there at the first call for these codes and opened read-only
// afterwards, by any number of processes. When the folder cannot be used the
// index is built in memory and the error says why: the index is good either
// way, so check it for nil, not the error.
func Open(dir string, codes []Code) (*Index, error) {
	ix := &Index{codes: append([]Code(nil), codes...), byID: make(map[string]int, len(codes))}
	sort.SliceStable(ix.codes, func(i, j int) bool {
		a, b := &ix.codes[i], &ix.codes[j]
		return a.System < b.System || a.System == b.System && a.ID < b.ID
	})
	for i := range ix.codes {
		ix.byID[key(ix.codes[i].System, ix.codes[i].ID)] = i
	}
	if dir == "" {
		return ix, ix.buildInMemory()
	}
	err := ix.openCached(dir)
	if err == nil {
		return ix, nil
	}
	if memErr := ix.buildInMemory(); memErr != nil {
		return nil, errors.Join(err, memErr)
	}
	return ix, fmt.Errorf("index: cache folder not usable, index kept in memory: %w", err)
}

// Close releases the files.
func (ix *Index) Close() error { return ix.search.Close() }

// InMemory reports whether the cache folder is not used.
func (ix *Index) InMemory() bool { return ix.memory }

func key(system, id string) string { return system + "/" + id }

func (ix *Index) openCached(dir string) error {
	path := filepath.Join(dir, "index-"+layout+"-"+ix.fingerprint())
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		if err := ix.buildAt(dir, path); err != nil {
			return err
		}
	}
	b, err := bleve.OpenUsing(path, map[string]any{"read_only": true})
	if err != nil {
		return fmt.Errorf("open %s: %w", path, err)
	}
	if n, err := b.DocCount(); err != nil || n != uint64(len(ix.codes)) {
		_ = b.Close()
		return fmt.Errorf("open %s: holds %d of %d codes (%v); remove it to have it built anew", path, n, len(ix.codes), err)
	}
	ix.search = b
	return nil
}

// fingerprint names the codes: another release or lexicon is another index.
func (ix *Index) fingerprint() string {
	h := sha256.New()
	for i := range ix.codes {
		c := &ix.codes[i]
		_, _ = io.WriteString(h, c.System+"\x00"+c.ID+"\x00"+c.Title+"\x00"+strings.Join(c.Terms, "\x01")+"\n") // a hash does not fail
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}

// buildAt writes beside the final place and renames: an interrupted or parallel
// build never leaves half an index under the final name.
func (ix *Index) buildAt(dir, path string) (err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	tmp, err := os.MkdirTemp(dir, "building-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(tmp)) }()
	im, err := descriptorMapping()
	if err != nil {
		return err
	}
	building := filepath.Join(tmp, "index")
	b, err := bleve.NewBuilder(building, im, map[string]any{"buildPathPrefix": tmp, "batchSize": 5000})
	if err != nil {
		return err
	}
	for i := range ix.codes {
		if err := b.Index(ix.documentID(i), ix.document(i)); err != nil {
			return errors.Join(err, b.Close())
		}
	}
	if err := b.Close(); err != nil {
		return err
	}
	if err := os.Rename(building, path); err != nil {
		if _, statErr := os.Stat(path); statErr == nil {
			return nil // another process was faster; its index is the same
		}
		return err
	}
	return nil
}

func (ix *Index) buildInMemory() error {
	im, err := descriptorMapping()
	if err != nil {
		return err
	}
	b, err := bleve.NewUsing("", im, scorch.Name, scorch.Name, nil)
	if err != nil {
		return fmt.Errorf("index: %w", err)
	}
	batch := b.NewBatch()
	for i := range ix.codes {
		if err := batch.Index(ix.documentID(i), ix.document(i)); err != nil {
			return fmt.Errorf("index: %w", err)
		}
		if batch.Size() >= 5000 || i == len(ix.codes)-1 {
			if err := b.Batch(batch); err != nil {
				return fmt.Errorf("index: %w", err)
			}
			batch.Reset()
		}
	}
	ix.search, ix.memory = b, true
	return nil
}

func (ix *Index) documentID(i int) string { return key(ix.codes[i].System, ix.codes[i].ID) }

func (ix *Index) document(i int) map[string]any {
	c := &ix.codes[i]
	return map[string]any{fieldTitle: c.Title, fieldTerms: strings.Join(c.Terms, " ; "), fieldSystem: c.System}
}
