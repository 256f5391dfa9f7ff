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

// libraries are the modules in the binary by their licence. A test compares the
// list with what is linked.
var libraries = []struct{ license, modules string }{
	{"Apache-2.0", ""},
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
			p.line("    %s %s", m, versions[m])
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
