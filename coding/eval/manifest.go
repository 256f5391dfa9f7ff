package eval

import (
	"encoding/json"
	"io"

	"github.com/radcode/radcode/coding"
)

// Manifest is what is needed to repeat a run and to know what it ran on. The
// caller fills it: this package knows no environment and no clock.
type Manifest struct {
	Coder       string           `json:"coder"` // name and version of what was measured
	Command     []string         `json:"command"`
	Git         string           `json:"git,omitempty"` // commit, with "+dirty" when files had changed
	Go          string           `json:"go"`
	Platform    string           `json:"platform"` // system/architecture
	CPU         string           `json:"cpu,omitempty"`
	Cores       int              `json:"cores"`
	Codesets    []coding.Codeset `json:"codesets"`
	Corpus      string           `json:"corpus"`
	CorpusSHA   string           `json:"corpus_sha256"`
	Predictions string           `json:"predictions_sha256,omitempty"` // of the file, when answers were read and not made
	Models      string           `json:"models_sha256,omitempty"`      // of the folder, when not the built-in ones answered
	Reports     int              `json:"reports"`
	Groups      int              `json:"groups"` // 0: reports have none
	Seed        uint64           `json:"seed"`
	Resamples   int              `json:"resamples"`
	Level       float64          `json:"level"`
	Policy      string           `json:"policy,omitempty"`
	Date        string           `json:"date,omitempty"` // date of service of reports without one

	// Times differ from run to run; everything else is the same for the same input.
	Started     string  `json:"started,omitempty"`
	WallSeconds float64 `json:"wall_s"`
	CodeSeconds float64 `json:"coding_s"`
}

// Describe fills what the run itself knows.
func (r *Run) Describe(m *Manifest) {
	m.Corpus, m.CorpusSHA, m.Reports = r.Corpus.Name, r.Corpus.SHA256, len(r.Cases)
	if r.clusters != nil {
		m.Groups = units(len(r.clusters), r.clusters)
	}
	b := r.options.Bootstrap
	m.Seed, m.Resamples, m.Level = b.Seed, b.Resamples, r.options.Level
}

// writeJSON writes a value as people read it.
func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
