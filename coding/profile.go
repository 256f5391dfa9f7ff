package coding

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/radcode/radcode/index"
	"github.com/radcode/radcode/nlp"
)

// Profile is how one payer wants claims. The zero value is a payer of whom nothing is known: CPT as it is
// written, every rule as it stands.
type Profile struct {
	Name   string   `json:"name"`
	Source string   `json:"source"` // where what it says stands
	Payers []string `json:"payers"` // words in the name of a payer that choose it

	Medicare  bool      `json:"medicare"`  // coverage determinations and articles of Medicare bind
	Bilateral Bilateral `json:"bilateral"` // "" = OneLine
	Distinct  Distinct  `json:"distinct"`  // "" = Distinct59

	RequireRisk    bool     `json:"require_risk"`    // family history is listed beside a screening
	ScreeningOrder []string `json:"screening_order"` // diagnoses, or categories, of a screening in the order wanted; empty = as the policy lists them
	Tomosynthesis  string   `json:"tomosynthesis"`   // code beside a diagnostic mammogram; "" = CPT's own

	Rules      map[string]Severity `json:"rules"` // by flag id: another severity, or RuleOff
	PayerRules []index.PayerRule   `json:"payer_rules"`
}

// RuleOff is the severity of a rule that a payer's profile leaves out.
const RuleOff Severity = "off"

//go:embed profiles/*.json
var profileFiles embed.FS

// builtinProfiles in the order in which they are tried: a Medicare plan of a private payer is Medicare.
var builtinProfiles = []string{"medicare", "commercial"}

// Profiles returns the built-in profiles in the order in which a payer's name is looked for
// in them. The slice is the caller's.
func Profiles() ([]Profile, error) {
	var out []Profile
	for _, name := range builtinProfiles {
		file := path.Join("profiles", name+".json")
		data, err := profileFiles.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("coding: %w", err)
		}
		p, err := ParseProfile(file, data)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

// ParseProfile reads a profile from JSON. An unknown key, an unknown flag or a value
// that means nothing is an error, which names file and line.
func ParseProfile(file string, data []byte) (Profile, error) {
	var p Profile
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	err := d.Decode(&p)
	if err != nil {
		return Profile{}, fmt.Errorf("%s:%d: %w", file, lineOfError(data, err), err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return Profile{}, fmt.Errorf("%s:%d: something follows the profile", file, lineAt(data, d.InputOffset()))
	}
	for _, f := range p.faults() {
		return Profile{}, fmt.Errorf("%s:%d: %s", file, lineOf(data, f.word), f.message)
	}
	return p, nil
}

// profileFault is what a profile says wrong, and the word at which it says so.
type profileFault struct{ word, message string }

func (p *Profile) faults() []profileFault {
	var out []profileFault
	fault := func(word, format string, args ...any) {
		out = append(out, profileFault{word, fmt.Sprintf(format, args...)})
	}
	if p.Name == "" {
		fault("name", "a profile needs a name")
	}
	if !slices.Contains([]Bilateral{"", OneLine, TwoLines}, p.Bilateral) {
		fault(string(p.Bilateral), "bilateral is %q, want one-line or two-line", p.Bilateral)
	}
	if !slices.Contains([]Distinct{"", Distinct59, DistinctX}, p.Distinct) {
		fault(string(p.Distinct), "distinct is %q, want 59 or x", p.Distinct)
	}
	if !slices.Contains([]string{"", "77062", tomosynthesisMedicare}, p.Tomosynthesis) {
		fault(p.Tomosynthesis, "tomosynthesis is %q, want 77062 or %s", p.Tomosynthesis, tomosynthesisMedicare)
	}
	known := map[string]bool{}
	for _, r := range Rules() {
		known[r.ID] = true
	}
	for _, id := range sortedKeys(p.Rules) {
		if !known[id] {
			fault(id, "there is no flag %q", id)
		}
		if s := p.Rules[id]; severityRank[s] == 0 && s != SeverityError && s != RuleOff {
			fault(id, "the severity of %s is %q, want error, warning, info or off", id, s)
		}
	}
	for i := range p.PayerRules {
		if r := &p.PayerRules[i]; r.ID == "" || len(r.Procedures) == 0 || r.Require.Empty() && r.Forbid.Empty() {
			fault("payer_rules", "payer rule %d lacks an id, a procedure or a condition", i+1)
		}
	}
	return out
}

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

var unknownField = regexp.MustCompile(`unknown field "(.*)"`)

func lineOfError(data []byte, err error) int {
	var syntax *json.SyntaxError
	var typed *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return lineAt(data, syntax.Offset)
	case errors.As(err, &typed):
		return lineAt(data, typed.Offset)
	}
	if m := unknownField.FindStringSubmatch(err.Error()); m != nil {
		return lineOf(data, m[1])
	}
	return lineAt(data, int64(len(data)))
}

// lineOf is the line on which a word first stands in quotes, 1 where it stands nowhere.
func lineOf(data []byte, word string) int {
	return lineAt(data, int64(max(bytes.Index(data, []byte(`"`+word+`"`)), 0)))
}

func lineAt(data []byte, offset int64) int {
	return 1 + bytes.Count(data[:min(int(offset), len(data))], []byte("\n"))
}

// counts reports whether the profile is that of a payer, as metadata name it.
func (p *Profile) counts(payer string) bool {
	name := " " + plainName(payer) + " "
	return slices.ContainsFunc(p.Payers, func(words string) bool {
		w := plainName(words)
		return w != "" && strings.Contains(name, " "+w+" ")
	})
}

// plainName is a name in small letters, its words apart by one blank.
func plainName(name string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return strings.ContainsRune(" \t-/,.;:()", r) }), " ")
}

// severity is that of a flag for this payer.
func (p *Profile) severity(flag string, usual Severity) Severity {
	if s, ok := p.Rules[flag]; ok {
		return s
	}
	return usual
}

// unknownPayer is the profile of reports that name no payer, or one of whom nothing is known: what Medicare asks
// for is asked then.
var unknownPayer = Profile{Medicare: true}

// profile is how the payer of a report wants claims.
func (e *Engine) profile(meta *nlp.Meta) *Profile {
	if e.options.Profile != nil {
		return e.options.Profile
	}
	for i := 0; i < len(e.profiles) && meta.Payer != ""; i++ {
		if e.profiles[i].counts(meta.Payer) {
			return &e.profiles[i]
		}
	}
	return &unknownPayer
}

// bilateral is the style of a payer, unless the engine was given one.
func (e *Engine) bilateral(meta *nlp.Meta) Bilateral {
	if e.options.Bilateral != "" {
		return e.options.Bilateral
	}
	return e.profile(meta).Bilateral
}

// distinctStyle is the style of a payer, unless the engine was given one.
func (e *Engine) distinctStyle(meta *nlp.Meta) Distinct {
	if e.options.Distinct != DistinctByPayer {
		return e.options.Distinct
	}
	return e.profile(meta).Distinct
}
