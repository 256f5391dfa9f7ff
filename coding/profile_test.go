package coding_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/nlp"
)

func testProfiles(t *testing.T) []coding.Profile {
	t.Helper()
	var out []coding.Profile
	for _, name := range []string{"harbor-health", "plain-mutual"} {
		file := "../testdata/profiles/" + name + ".json"
		p, err := coding.ParseProfile(file, readFile(t, file))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, p)
	}
	builtin, err := coding.Profiles()
	if err != nil {
		t.Fatal(err)
	}
	return append(out, builtin...)
}

// TestProfile shows what each key of a profile changes: the same reports for payers with profiles of their
// own, for those with a built-in one, and for one that nobody knows.
func TestProfile(t *testing.T) {
	e := engineWith(t, coding.Options{Profiles: testProfiles(t)})
	const harbor, plain, medicare, private, unknown = "Harbor Health PPO", "PLAIN MUTUAL", "Medicare Part B", "Aetna", "Sunny Insurance"
	knees := report("MRI both knees without contrast", "INDICATION: Bilateral knee pain.\n\nIMPRESSION: Normal.")
	films := report("XR chest 2 views 08:15; XR chest 1 view 16:30", "INDICATION: Cough.\n\nIMPRESSION: Normal.")
	unclear := report("XR chest 2 views; XR chest 1 view", "INDICATION: Cough.\n\nIMPRESSION: Normal.")
	mother := report("Screening mammogram bilateral", "HISTORY: Annual screening. Mother had breast cancer.\n\nIMPRESSION: BI-RADS 1.")
	smoker := report("CT low dose lung cancer screening", "INDICATION: Lung cancer screening. Former smoker, quit 2019, 30 pack-years.\n\nIMPRESSION: Lung-RADS 1.")
	current := report("CT low dose lung cancer screening", "INDICATION: Lung cancer screening. Current smoker, 30 pack-years.\n\nIMPRESSION: Lung-RADS 1.")
	tomo := report("Diagnostic mammogram bilateral with tomosynthesis", "INDICATION: Right breast lump.\n\nIMPRESSION: BI-RADS 2.")
	oneTomo := report("Diagnostic mammogram left with tomosynthesis", "INDICATION: Left breast lump.\n\nIMPRESSION: BI-RADS 2.")
	lungs := report("CT low dose lung cancer screening", "INDICATION: Cough.\n\nIMPRESSION: Lung-RADS 1.")
	bones := report("DXA spine and hips", "INDICATION: Headache.\n\nIMPRESSION: Normal bone density.")
	for _, c := range []struct {
		name             string // of the requirement, where the row is its proof
		report           nlp.Report
		payer            string
		lines, dx, flags string // flags: "severity id", "no id"
	}{
		{name: "R80_both_knees_two_lines", report: knees, payer: harbor, lines: "73721-RT 73721-LT", flags: "warning payer_rule, warning prior_auth_unknown"},
		{report: knees, payer: plain, lines: "73721-50", flags: "no payer_rule, info prior_auth_unknown"},
		{report: knees, payer: unknown, lines: "73721-50"},
		{report: on("2026-06-30", knees.Exam, knees.Text), payer: harbor, flags: "no payer_rule"},
		{name: "R89_distinct_for_the_payer", report: films, payer: harbor, lines: "71046 71045-XE"},
		{report: films, payer: medicare, lines: "71046 71045-XE"},
		{report: films, payer: plain, lines: "71046 71045-59"},
		{report: films, payer: unknown, lines: "71046 71045-59"},
		{report: unclear, payer: plain, lines: "71046 71045", flags: "info ncci_pair"},
		{report: unclear, payer: unknown, lines: "71046 71045", flags: "warning ncci_pair"},
		{name: "R48_risk_for_who_wants_it", report: mother, payer: harbor, dx: "Z12.31 Z80.3"},
		{report: mother, payer: medicare, dx: "Z12.31"},
		{name: "R48_no_risk_by_default", report: mother, payer: unknown, dx: "Z12.31"},
		{name: "R50_order_of_the_payer", report: smoker, payer: harbor, lines: "71271", dx: "Z87.891 Z12.2", flags: "no ncd_210.14_dx_missing"},
		{name: "R50_order_of_medicare", report: smoker, payer: medicare, lines: "71271", dx: "Z12.2 Z87.891", flags: "no ncd_210.14_dx_missing"},
		{name: "R50_current_smoker", report: current, payer: medicare, dx: "Z12.2 F17.210", flags: "no ncd_210.14_dx_missing"},
		{report: current, payer: harbor, dx: "F17.210 Z12.2"},
		{report: lungs, payer: unknown, flags: "warning ncd_210.14_dx_missing"},
		{report: lungs, payer: medicare, flags: "warning ncd_210.14_dx_missing"},
		{report: lungs, payer: plain, flags: "no ncd_210.14_dx_missing"},
		{report: lungs, payer: private, flags: "no ncd_210.14_dx_missing"},
		{report: tomo, payer: harbor, lines: "77066 G0279"},
		{name: "R59_diagnostic_tomosynthesis_medicare", report: tomo, payer: medicare, lines: "77066 G0279"},
		{name: "R59_diagnostic_tomosynthesis_commercial", report: tomo, payer: private, lines: "77066 77062"},
		{report: tomo, payer: unknown, lines: "77066 77062"},
		{report: oneTomo, payer: medicare, lines: "77065-LT G0279"},
		{name: "R153_rule_of_a_profile", report: bones, payer: harbor, flags: "warning payer_rule"},
		{report: bones, payer: plain, flags: "no payer_rule"},
		{report: withMeta(bones, func(m *nlp.Meta) { m.Charged = []string{"71046", "71046"} }), payer: harbor, flags: "error duplicate_line"},
		{report: withMeta(bones, func(m *nlp.Meta) { m.Charged = []string{"71046", "71046"} }), payer: plain, flags: "warning duplicate_line"},
	} {
		t.Run(named(c.name, c.report.Exam+", "+c.payer), func(t *testing.T) {
			c.report.Meta.Payer = c.payer
			r := coded(t, e, c.report)
			if got := strings.Join(serviceLines(r.Claim), " "); c.lines != "" && got != c.lines {
				t.Errorf("%s, %s: lines %s, want %s", c.report.Exam, c.payer, got, c.lines)
			}
			if got := strings.Join(r.Claim.Dx, " "); c.dx != "" && got != c.dx {
				t.Errorf("%s, %s: diagnoses %s, want %s", c.report.Exam, c.payer, got, c.dx)
			}
			for _, want := range strings.Split(c.flags, ", ") {
				how, id, _ := strings.Cut(want, " ")
				at := slices.IndexFunc(r.Flags, func(f coding.Flag) bool { return f.ID == id })
				if want != "" && (at < 0) != (how == "no") || at >= 0 && how != "no" && string(r.Flags[at].Severity) != how {
					t.Errorf("%s, %s: want %s, have %v", c.report.Exam, c.payer, want, flagIDs(r))
				}
			}
		})
	}
}

// TestProfileGiven wants a profile that was given to count whatever payer the metadata name, and single options before it.
func TestProfileGiven(t *testing.T) {
	profiles := testProfiles(t)
	knees := report("MRI both knees without contrast", "INDICATION: Bilateral knee pain.\n\nIMPRESSION: Normal.")
	knees.Meta.Payer = "Plain Mutual"
	for want, o := range map[string]coding.Options{
		"73721-RT 73721-LT": {Profile: &profiles[0]},
		"73721-50":          {Profile: &profiles[0], Bilateral: coding.OneLine},
	} {
		if got := strings.Join(serviceLines(coded(t, engineWith(t, o), knees).Claim), " "); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// TestParseProfileRefuses wants faults told with file and line.
func TestParseProfileRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"{\n \"name\": \"x\",\n \"bilaterl\": \"two-line\"\n}":                         `p.json:3: json: unknown field "bilaterl"`,
		"{\n \"name\": \"x\",\n \"payer_rules\": [\n  {\"id\": \"a\", \"cpts\": []}]}": `p.json:4: json: unknown field "cpts"`,
		"{\n \"name\": \"x\",\n \"bilateral\": \"twoline\"\n}":                         `p.json:3: bilateral is "twoline"`,
		"{\n \"name\": \"x\",\n \"distinct\": \"XE\"\n}":                               `p.json:3: distinct is "XE"`,
		"{\n \"name\": \"x\",\n \"tomosynthesis\": \"77063\"\n}":                       `p.json:3: tomosynthesis is "77063"`,
		"{\"name\": \"x\",\n \"rules\": {\n  \"no_such_flag\": \"off\"}}":              `p.json:3: there is no flag "no_such_flag"`,
		"{\"name\": \"x\",\n \"rules\": {\n  \"bundled\": \"loud\"}}":                  `p.json:3: the severity of bundled is "loud"`,
		"{\"name\": \"x\", \"require_risk\": 1}":                                       "p.json:1: json: cannot unmarshal number",
		"{\"name\": \"x\",\n\n]":                                                       "p.json:3: invalid character",
		"{\"name\": \"x\"}\n{}":                                                        "p.json:2: something follows the profile",
		"{\"name\": \"x\",\n \"payer_rules\": [{\"id\": \"a\"}]}":                      "p.json:2: payer rule 1 lacks",
		"{}": "p.json:1: a profile needs a name",
		"":   "p.json:1: EOF",
	} {
		_, err := coding.ParseProfile("p.json", []byte(text))
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s\n%v, want %s", text, err, want)
		}
	}
}

// TestBuiltinProfiles holds what the built-in profiles must say.
func TestBuiltinProfiles(t *testing.T) {
	ps, err := coding.Profiles()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range ps {
		got = append(got, p.Name)
		if p.Source == "" || len(p.Payers) == 0 {
			t.Errorf("%s lacks a source, or payers", p.Name)
		}
	}
	if d := cmp.Diff([]string{"medicare", "commercial"}, got); d != "" {
		t.Error(d)
	}
}
