package main

import (
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
)

// notice is what every user of CPT has to be told.
const notice = `radcode is licensed under the Apache License, Version 2.0.

CPT is a registered trademark of the American Medical Association, which owns the
copyright of the CPT code set and its descriptors. radcode holds no CPT
descriptor: titles of procedures are short descriptions in our own words, made
from axes such as modality, body part and contrast. They do not replace the
official descriptors. Whoever bills with CPT codes needs a licence from the AMA.

ICD-10-CM is published by the National Center for Health Statistics and the
Centers for Medicare & Medicaid Services and is in the public domain, as are the
HCPCS Level II codes of CMS. Titles here are our own words as well.

radcode proposes codes. A person is responsible for what is billed.`

// libraries are the modules of go.mod that are not for tests only, by their
// licence. A test wants every linked one to be here.
var libraries = []struct{ license, modules string }{
	{"Apache-2.0", `
		github.com/RoaringBitmap/roaring/v2 github.com/blevesearch/bleve/v2 github.com/blevesearch/bleve_index_api
		github.com/blevesearch/geo github.com/blevesearch/scorch_segment_api/v2 github.com/blevesearch/segment
		github.com/blevesearch/upsidedown_store_api github.com/blevesearch/vellum github.com/blevesearch/zapx/v11
		github.com/blevesearch/zapx/v12 github.com/blevesearch/zapx/v13 github.com/blevesearch/zapx/v14
		github.com/blevesearch/zapx/v15 github.com/blevesearch/zapx/v16 github.com/blevesearch/zapx/v17
		github.com/mschoch/smat github.com/parquet-go/bitpack github.com/parquet-go/parquet-go github.com/spf13/cobra
		github.com/sugarme/regexpset github.com/sugarme/tokenizer`},
	{"BSD-2-Clause or BSD-3-Clause", `
		github.com/bits-and-blooms/bitset github.com/blevesearch/mmap-go github.com/blevesearch/snowballstem
		github.com/emirpasic/gods
		github.com/golang/snappy github.com/google/uuid github.com/klauspost/compress github.com/pierrec/lz4/v4
		github.com/spf13/pflag github.com/twpayne/go-geom golang.org/x/sync golang.org/x/sys golang.org/x/term
		golang.org/x/text golang.org/x/tools gonum.org/v1/gonum google.golang.org/protobuf`},
	{"MIT", `
		github.com/andybalholm/brotli github.com/blevesearch/go-porterstemmer github.com/blevesearch/gtreap github.com/deckarep/golang-set
		github.com/jdkato/prose/v2 github.com/json-iterator/go github.com/mingrammer/commonregex
		github.com/mitchellh/colorstring github.com/parquet-go/jsonlite github.com/rivo/uniseg github.com/schollz/progressbar/v2
		github.com/schollz/progressbar/v3 go.etcd.io/bbolt gopkg.in/neurosnap/sentences.v1`},
	{"MPL-2.0", `github.com/hashicorp/golang-lru/v2`},
}

func newLicenses(a *app) *cobra.Command {
	return &cobra.Command{
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return a.licenses() },
	}
}

func (a *app) licenses() error {
	p := &page{style: a.style()}
	p.line("%s", notice)
	p.heading("Libraries in this binary")
	versions := linkedVersions()
	for _, l := range libraries {
		p.line("  %s", l.license)
		for m := range strings.FieldsSeq(l.modules) {
			if v, linked := versions[m]; linked {
				p.line("    %s %s", m, v)
			}
		}
	}
	return a.print(p)
}

// linkedVersions are the module versions that the linker recorded.
func linkedVersions() map[string]string {
	out := map[string]string{}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			out[m.Path] = m.Version
		}
	}
	return out
}
