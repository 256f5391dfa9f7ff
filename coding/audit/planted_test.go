package audit_test

import (
	"context"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/radcode/radcode/coding/audit"
	"github.com/radcode/radcode/coding/exchange"
	"github.com/radcode/radcode/nlp"
)

func reports(t *testing.T) map[string]nlp.Report {
	t.Helper()
	ar, err := txtar.ParseFile("testdata/reports.txtar")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]nlp.Report{}
	for _, f := range ar.Files {
		out[f.Name] = nlp.Report{ID: f.Name, Text: string(f.Data), Meta: nlp.Meta{DateOfService: "2026-03-02"}}
	}
	return out
}

// claimed reads "73110-RT*2 71046; M25.531 W19.XXXA": services with units, then
// diagnoses; a part of ? was not coded.
func claimed(id, text string) exchange.CodedClaim {
	c := exchange.CodedClaim{ID: id}
	services, dx, _ := strings.Cut(text, ";")
	if strings.TrimSpace(services) != "?" {
		c.Lines = []exchange.CodedLine{}
		for _, word := range strings.Fields(services) {
			name, units, several := strings.Cut(word, "*")
			parts := strings.Split(name, "-")
			l := exchange.CodedLine{Code: parts[0], Modifiers: parts[1:], Units: 1}
			if several {
				l.Units, _ = strconv.Atoi(units)
			}
			c.Lines = append(c.Lines, l)
		}
	}
	if strings.TrimSpace(dx) != "?" {
		c.Dx = append([]string{}, strings.Fields(dx)...)
	}
	return c
}

// clean are claims that a careful coder would give: no difference, so no finding.
var clean = []struct{ report, claim string }{
	{"chest", "71046; R05.9"}, {"ctap", "74177; K35.80"}, {"ctap", "74177; R10.31 R50.9 K35.80"}, {"ctap", "74177-26; K35.80"},
	{"dxa", "77080; M81.0"}, {"head", "70450; R51.9"}, {"knee", "73721-LT; M25.562"}, {"knee", "73721-LT-26; M25.562"},
	{"knees", "73562-50; M17.0"}, {"knees", "73562-RT 73562-LT; M17.0"}, {"knees", "73562-50*2; M17.0"}, {"knees", "73562-RT-LT; M17.0"},
	{"mammo", "77067 77063; Z12.31"}, {"pneu", "71045; J18.9"}, {"pneu", "71045; R50.9 R05.9 J18.9"}, {"renal", "74176; N13.2"},
	{"two", "71046 73610-LT; R05.9 M25.572"}, {"two", "73610-LT 71046; R05.9 M25.572"}, {"us", "76700; K80.20"}, {"us", "76700; R10.11 K80.20"},
	{"usl", "76705; R10.11"}, {"wrist", "73110-RT; M25.531 W19.XXXA"}, {"wristfx", "73110-LT; S52.502A W19.XXXA"},
	{"wrist", "73110-RT-GC; M25.531 W19.XXXA"}, // a modifier that no report tells of
	{"chest", "71046 99213; R05.9"},            // a visit is no business of ours
	{"chest", "71046; ?"}, {"chest", "?; R05.9"},
}

func TestCleanClaims(t *testing.T) {
	auditor, all := newAuditor(t), reports(t)
	for _, c := range clean {
		x, err := auditor.Audit(context.Background(), audit.Pair{Claim: claimed(c.report, c.claim), Report: all[c.report]})
		if err != nil {
			t.Fatal(err)
		}
		if len(x.Differences) > 0 {
			t.Errorf("%s %s: %+v", c.report, c.claim, x.Differences)
		}
		if x.Agreement.Claim != (audit.Share{Num: 1, Den: 1}) {
			t.Errorf("%s %s: agreement %+v", c.report, c.claim, x.Agreement)
		}
	}
}

// planted are claims with one error. pos is the place of service.
var planted = []struct {
	report, claim, pos string
	want               string // type
	coded, supported   string
	finding            bool
}{
	{"two", "71046; R05.9 M25.572", "", audit.Missed, "", "73610-LT", true},
	{"two", "73610-LT; R05.9 M25.572", "", audit.Missed, "", "71046", true},
	{"two", "; R05.9 M25.572", "", audit.Missed, "", "71046", true},
	{"mammo", "77067; Z12.31", "", audit.Missed, "", "77063", false},
	{"chest", "71046; ", "", audit.Missed, "", "R05.9", true},
	{"dxa", "77080; ", "", audit.Missed, "", "M81.0", true},
	{"pneu", "71045; R05.9", "", audit.Missed, "", "J18.9", true},
	{"renal", "74176; R10.A2", "", audit.Missed, "", "N13.2", true},
	{"us", "76700; R10.11", "", audit.Missed, "", "K80.20", false},
	{"head", "70450; ", "", audit.Missed, "", "R51.9", true},

	{"ctap", "74176; K35.80", "", audit.Contrast, "74176", "74177", true},
	{"ctap", "74178; K35.80", "", audit.Contrast, "74178", "74177", true},
	{"renal", "74177; N13.2", "", audit.Contrast, "74177", "74176", true},
	{"renal", "74178; N13.2", "", audit.Contrast, "74178", "74176", true},
	{"head", "70460; R51.9", "", audit.Contrast, "70460", "70450", true},
	{"head", "70470; R51.9", "", audit.Contrast, "70470", "70450", true},
	{"knee", "73722-LT; M25.562", "", audit.Contrast, "73722-LT", "73721-LT", true},
	{"knee", "73723-LT; M25.562", "", audit.Contrast, "73723-LT", "73721-LT", true},

	{"chest", "71045; R05.9", "", audit.Views, "71045", "71046", true},
	{"chest", "71047; R05.9", "", audit.Views, "71047", "71046", true},
	{"chest", "71048; R05.9", "", audit.Views, "71048", "71046", true},
	{"pneu", "71046; J18.9", "", audit.Views, "71046", "71045", true},
	{"wrist", "73100-RT; M25.531 W19.XXXA", "", audit.Views, "73100-RT", "73110-RT", true},
	{"wristfx", "73100-LT; S52.502A W19.XXXA", "", audit.Views, "73100-LT", "73110-LT", true},
	{"two", "71046 73600-LT; R05.9 M25.572", "", audit.Views, "73600-LT", "73610-LT", true},

	{"us", "76705; K80.20", "", audit.Extent, "76705", "76700", true},
	{"usl", "76700; R10.11", "", audit.Extent, "76700", "76705", true},

	{"wrist", "73110; M25.531 W19.XXXA", "", audit.Laterality, "73110", "73110-RT", true},
	{"wrist", "73110-LT; M25.531 W19.XXXA", "", audit.Laterality, "73110-LT", "73110-RT", true},
	{"wrist", "73110-50; M25.531 W19.XXXA", "", audit.Laterality, "73110-50", "73110-RT", true},
	{"knee", "73721; M25.562", "", audit.Laterality, "73721", "73721-LT", true},
	{"knee", "73721-RT; M25.562", "", audit.Laterality, "73721-RT", "73721-LT", true},
	{"knees", "73562-RT; M17.0", "", audit.Laterality, "73562-RT", "73562-50", true},
	{"knees", "73562; M17.0", "", audit.Laterality, "73562", "73562-50", true},
	{"two", "71046 73610-RT; R05.9 M25.572", "", audit.Laterality, "73610-RT", "73610-LT", true},
	{"knee", "73721-LT; M25.561", "", audit.Laterality, "M25.561", "M25.562", true},
	{"knee", "73721-LT; M25.569", "", audit.Laterality, "M25.569", "M25.562", true},
	{"wristfx", "73110-LT; S52.501A W19.XXXA", "", audit.Laterality, "S52.501A", "S52.502A", false},
	{"knees", "73562-50; M17.11", "", audit.Laterality, "M17.11", "M17.0", false},
	{"knees", "73562-50; M17.9", "", audit.Laterality, "M17.9", "M17.0", false},

	{"ctap", "74177; K35.890", "", audit.Different, "K35.890", "K35.80", false},
	{"wristfx", "73110-LT; S52.502D W19.XXXA", "", audit.Encounter, "S52.502D", "S52.502A", false},
	{"wristfx", "73110-LT; S52.502S W19.XXXA", "", audit.Encounter, "S52.502S", "S52.502A", false},
	{"renal", "74176; N13.9", "", audit.LessSpecific, "N13.9", "N13.2", true},
	{"renal", "74176; N13.30", "", audit.Different, "N13.30", "N13.2", false},
	{"usl", "76705; R10.9", "", audit.LessSpecific, "R10.9", "R10.11", true},
	{"usl", "76705; R10.1", "", audit.LessSpecific, "R10.1", "R10.11", true},
	{"head", "70450; R51.0", "", audit.MoreSpecific, "R51.0", "R51.9", false},
	{"chest", "71046; R05.1", "", audit.MoreSpecific, "R05.1", "R05.9", false},
	{"dxa", "77080; M81.8", "", audit.Different, "M81.8", "M81.0", false},

	{"chest", "71046-76; R05.9", "", audit.Modifier, "71046-76", "71046", false},
	{"head", "70450-59; R51.9", "", audit.Modifier, "70450-59", "70450", false},
	{"head", "70450-52; R51.9", "", audit.Modifier, "70450-52", "70450", false},
	{"chest", "71046-RT; R05.9", "", audit.Modifier, "71046-RT", "71046", false},
	{"mammo", "77067-50 77063; Z12.31", "", audit.Modifier, "77067-50", "77067", true},

	{"chest", "71046-26-TC; R05.9", "", audit.Component, "71046-26-TC", "71046", true},
	{"head", "70450; R51.9", "22", audit.Component, "70450", "70450-26", true},
	{"head", "70450-TC; R51.9", "22", audit.Component, "70450-TC", "70450-26", true},
	{"chest", "71046-26; R05.9", "11", audit.Component, "71046-26", "71046", false},
	{"knee", "73721-LT; M25.562", "21", audit.Component, "73721-LT", "73721-26-LT", true},

	{"chest", "71046 71046; R05.9", "", audit.Extra, "71046", "", true},
	{"chest", "71046 71046-76; R05.9", "", audit.Extra, "71046-76", "", false},
	{"chest", "71046 71045; R05.9", "", audit.Extra, "71045", "", false},
	{"ctap", "74177 74176; K35.80", "", audit.Extra, "74176", "", false},
	{"pneu", "71045; J18.9 R91.1", "", audit.Extra, "R91.1", "", false},
	{"pneu", "71045; J18.9 J90", "", audit.Extra, "J90", "", false},

	{"chest", "71046 70450; R05.9", "", audit.Unsupported, "70450", "", false},
	{"wrist", "73110-RT 76700; M25.531 W19.XXXA", "", audit.Unsupported, "76700", "", false},
	{"chest", "71046; R05.9 M81.0", "", audit.Unsupported, "M81.0", "", false},
	{"wrist", "73110-RT; M25.531 W19.XXXA S52.501A", "", audit.Unsupported, "S52.501A", "", false},
	{"head", "70450; R51.9 N20.0", "", audit.Unsupported, "N20.0", "", false},

	{"head", "70551; R51.9", "", audit.Different, "70551", "70450", true},
	{"chest", "71250; R05.9", "", audit.Different, "71250", "71046", true},
	{"ctap", "74160; K35.80", "", audit.Different, "74160", "74177", true},
	{"knee", "73221-LT; M25.562", "", audit.Different, "73221-LT", "73721-LT", true},
	{"mammo", "77066 77063; Z12.31", "", audit.Different, "77066", "77067", false},

	{"chest", "71046*2; R05.9", "", audit.Units, "71046", "71046", false},
	{"ctap", "74177*3; K35.80", "", audit.Units, "74177", "74177", false},

	{"wristfx", "73110-LT; W19.XXXA S52.502A", "", audit.WrongOrder, "W19.XXXA", "S52.502A", true},
	{"wrist", "73110-RT; W19.XXXA M25.531", "", audit.WrongOrder, "W19.XXXA", "M25.531", true},
}

// TestR160_PlantedErrors: what people coded wrong is found, and called by its name.
func TestR160_PlantedErrors(t *testing.T) {
	if len(planted) < 60 {
		t.Fatalf("%d planted errors", len(planted))
	}
	auditor, all := newAuditor(t), reports(t)
	met := map[string]bool{}
	for _, c := range planted {
		report := all[c.report]
		report.Meta.PlaceOfService = c.pos
		x, err := auditor.Audit(context.Background(), audit.Pair{Claim: claimed(c.report, c.claim), Report: report})
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, d := range x.Differences {
			if d.Type == c.want && d.Coded == c.coded && d.Supported == c.supported {
				found = true
				met[d.Type] = true
				if d.Finding != c.finding {
					t.Errorf("%s %s: finding %t, want %t (%.3f of %.3f, %s, %v)", c.report, c.claim, d.Finding, c.finding, d.Confidence, d.Certified, d.Doubt, d.Words)
				}
				for _, q := range d.Words {
					if q.Section != "metadata" && !strings.Contains(strings.Join(strings.Fields(report.Text), " "), q.Text) {
						t.Errorf("%s %s: %q is not in the report", c.report, c.claim, q.Text)
					}
				}
				if d.Finding && d.Basis == audit.Reading && len(d.Words) == 0 {
					t.Errorf("%s %s: a finding without words", c.report, c.claim)
				}
			} else if d.Finding && c.want != audit.Missed {
				t.Errorf("%s %s: also %s %s %s", c.report, c.claim, d.Type, d.Coded, d.Supported)
			}
		}
		if !found {
			t.Errorf("%s %s: no %s %s %s in %+v", c.report, c.claim, c.want, c.coded, c.supported, x.Differences)
		}
	}
	for _, ty := range audit.Types() {
		if !met[ty.ID] {
			t.Errorf("no planted error of type %s is found", ty.ID)
		}
	}
}
