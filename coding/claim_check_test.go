package coding_test

import (
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/index"
	"github.com/radcode/radcode/nlp"
)

// claimOf reads "71046-26 73562-RT*2 77080:2 | R07.9 M81.0": lines with modifiers, units behind a star and pointers
// behind a colon, then the diagnoses.
func claimOf(text string) coding.Claim {
	lines, dx, _ := strings.Cut(text, "|")
	c := coding.Claim{Dx: strings.Fields(dx)}
	for _, word := range strings.Fields(lines) {
		l := coding.Line{}
		word, pointers, _ := strings.Cut(word, ":")
		for _, p := range pointers {
			l.Dx = append(l.Dx, int(p-'0'))
		}
		word, units, _ := strings.Cut(word, "*")
		fmt.Sscan(units, &l.Units)
		parts := strings.Split(word, "-")
		l.Code, l.Modifiers = parts[0], parts[1:]
		c.Lines = append(c.Lines, l)
	}
	return c
}

// named is what a row is called: by its requirement, or by what it holds.
func named(requirement, other string) string {
	if requirement != "" {
		return requirement
	}
	return other
}

// standing writes flags as "id lines".
func standing(flags []coding.Flag) []string {
	out := []string{}
	for _, f := range flags {
		out = append(out, strings.TrimSpace(f.ID+" "+strings.Trim(fmt.Sprint(f.Lines), "[]")))
	}
	return out
}

// TestCheckClaim holds claims that coders get wrong, and near misses of them, against what
// radcode knows without any imported table.
func TestCheckClaim(t *testing.T) {
	e := engine(t)
	for _, c := range []struct {
		name  string // of the requirement, where the row is its proof
		claim string
		meta  nlp.Meta
		want  []string
		say   string // must stand in the messages
	}{
		// Pairs.
		{claim: "71046 71045", want: []string{"ncci_pair 1 2"}, say: "71045 (column 2) is not paid beside 71046 (column 1)"},
		{name: "R89_ncci_pair_of_two_films", claim: "71045 71046", want: []string{"ncci_pair 1 2"}, say: "modifier indicator 1, radcode"},
		{claim: "71046 71045-59", want: []string{}},
		{claim: "71046 71045-XE", want: []string{}},
		{claim: "71046 71045-76", want: []string{"ncci_pair 1 2"}, say: "with 59, XE"}, // a repeat is of the same code
		{claim: "71046-26 71275-26", want: []string{}},
		{claim: "73562-RT 73560-RT", want: []string{"ncci_pair 1 2"}},
		{claim: "73562-RT 73560-LT", want: []string{}},
		{claim: "74177 74176", want: []string{"ncci_pair 1 2", "bundle_to 1 2"}},
		{claim: "76700 76705-59", want: []string{}},
		{claim: "71275 76376-59", want: []string{"ncci_pair 1 2"}, say: "payable: never"},
		// One code for two.
		{name: "R98_two_codes_that_have_one", claim: "74150 72192", want: []string{"bundle_to 1 2"}, say: "74176"},
		{claim: "74160 72193", want: []string{"bundle_to 1 2"}, say: "74177"},
		{claim: "74150 72193", want: []string{"bundle_to 1 2"}, say: "74178"},
		{claim: "74150 72192-XE", want: []string{}},
		{claim: "71250 74176", want: []string{}}, // chest with abdomen and pelvis has no code of its own
		{claim: "70450 70460", want: []string{"ncci_pair 1 2", "bundle_to 1 2"}, say: "70470"},
		{claim: "73221-RT 73222-LT", want: []string{}},
		{claim: "73502-RT 73502-LT", want: []string{"bundle_to 1 2"}, say: "73522"},
		{claim: "77065-RT 77065-LT", want: []string{"bundle_to 1 2"}, say: "77066"},
		{claim: "73562-RT 73562-LT", want: []string{}}, // knees have no such code
		{claim: "71045 74019", want: []string{"bundle_to 1 2"}, say: "74022"},
		{claim: "71045 74018", want: []string{}}, // one view of the abdomen is no acute series
		// Lines twice.
		{name: "R145_line_twice", claim: "71045 71045", want: []string{"duplicate_line 1 2"}},
		{name: "R145_repeat_by_another_reader", claim: "71045 71045-77", want: []string{}},
		{claim: "71045-26 71045-TC", want: []string{}},
		{claim: "73562-RT 73562-RT", want: []string{"duplicate_line 1 2"}},
		{claim: "73660-T1 73660-T2", want: []string{}},
		{claim: "73562-26-RT 73562-RT-26", want: []string{"duplicate_line 1 2"}}, // however they are ordered
		// Modifiers.
		{name: "R85_both_components_on_one_line", claim: "70450-26-TC", want: []string{"modifier_conflict 1"}},
		{claim: "70450-26-26", want: []string{"modifier_conflict 1"}, say: "twice"},
		{claim: "73721-RT-LT", want: []string{"modifier_conflict 1"}},
		{claim: "73721-50-RT", want: []string{"modifier_conflict 1"}},
		{claim: "70551-52-53", want: []string{"modifier_conflict 1"}},
		{claim: "71046 71045-59-XE", want: []string{"modifier_conflict 2"}},
		{name: "R60_both_breasts_already", claim: "77067-50", want: []string{"modifier50_not_allowed 1"}, say: "both sides already"},
		{claim: "71046-50", want: []string{"modifier50_not_allowed 1"}},
		{claim: "73721-50", want: []string{}},
		{name: "R95_side_of_a_skeleton", claim: "77080-RT", want: []string{"modifier_not_applicable 1"}},
		{claim: "71046-LT", want: []string{"modifier_not_applicable 1"}},
		{claim: "70450-RT", want: []string{"modifier_not_applicable 1"}},
		{claim: "76642-RT", want: []string{}},
		{claim: "76942-RT", want: []string{}}, // guidance is of the side of what it guides
		{claim: "77263-26", want: []string{"modifier_not_applicable 1"}, say: "components"},
		{claim: "70450-GG", want: []string{"modifier_not_applicable 1"}},
		{claim: "77065-RT-GG 77067", want: []string{}},
		{claim: "71046-QQ", want: []string{}}, // informational, and not for us to judge
		// Add-on codes.
		{claim: "77063", want: []string{"addon_without_primary 1"}, say: "77067"},
		{claim: "77067 77063", want: []string{}},
		{claim: "77062 77065-RT", want: []string{}}, // CPT's own tomosynthesis stands alone
		{claim: "G0279 77065-RT", want: []string{}},
		{claim: "G0279 77067", want: []string{"addon_without_primary 1"}},
		// National coverage.
		{name: "R149_lung_screening_for_cough", claim: "71271 | R05.9", want: []string{"ncd_210.14_dx_missing 1"}, say: "R05.9"},
		{name: "R149_lung_screening_of_a_smoker", claim: "71271 | Z12.2 Z87.891", want: []string{}},
		{claim: "71271 | F17.218", want: []string{}},
		{claim: "71271:1 | Z12.2 Z87.891", want: []string{"ncd_210.14_dx_missing 1"}}, // it stands on the claim, the line does not point to it
		{claim: "71271 | F17.220", want: []string{"ncd_210.14_dx_missing 1"}},         // chewing tobacco
		{claim: "71250 | R05.9", want: []string{}},
		{claim: "71271 | R05.9", meta: nlp.Meta{Payer: "Aetna PPO"}, want: []string{}},
		{claim: "71271 | R05.9", meta: nlp.Meta{Payer: "Aetna Medicare Advantage"}, want: []string{"ncd_210.14_dx_missing 1"}},
		// Dates.
		{name: "R155_code_that_ended", claim: "71010", want: []string{"code_not_in_force 1"}, say: "71045"},
		{claim: "71010", meta: nlp.Meta{DateOfService: "2017-12-31"}, want: []string{}},
		{name: "R155_code_that_was_not_yet", claim: "71045", meta: nlp.Meta{DateOfService: "2017-12-31"}, want: []string{"code_not_in_force 1"}, say: "from 2018-01-01"},
		// What is not known is not judged.
		{name: "R154_unknown_without_a_table", claim: "99999-26 0002X", want: []string{}},
		{claim: "", want: []string{}},
	} {
		t.Run(named(c.name, c.claim), func(t *testing.T) {
			if c.meta.DateOfService == "" {
				c.meta.DateOfService = serviceDate
			}
			checked, flags := e.CheckClaim(claimOf(c.claim), c.meta)
			if d := cmp.Diff(c.want, standing(flags)); d != "" {
				t.Errorf("%q %+v (-want +got):\n%s", c.claim, c.meta.Payer, d)
			}
			if !slices.ContainsFunc(flags, func(f coding.Flag) bool { return strings.Contains(f.Message, c.say) }) && c.say != "" {
				t.Errorf("%q: no message says %q: %+v", c.claim, c.say, flags)
			}
			want := coding.CoverageUnknown // no table speaks, so nothing is ever ok
			if len(c.want) > 0 {
				want = coding.CoverageEdit
			}
			if checked.Coverage.Status != want || len(checked.Coverage.Edits) != len(c.want) {
				t.Errorf("%q: coverage %+v, want %s", c.claim, checked.Coverage, want)
			}
		})
	}
}

// paymentTables are small tables in the form of the published ones.
func paymentTables() *index.PaymentTables {
	return index.NewPaymentTables([]*index.PaymentTable{
		{Kind: index.PairTable, Name: "2026Q4", Setting: index.Practitioner, From: "2026-10-01", Pairs: []index.Pair{
			{Column1: "71046", Column2: "71045", Modifier: '1'}, {Column1: "70551", Column2: "70544", Modifier: '0', Rationale: "made up"},
		}},
		{Kind: index.PairTable, Name: "2026Q4", Setting: index.Hospital, From: "2026-10-01", Pairs: []index.Pair{{Column1: "77080", Column2: "71046", Modifier: '1'}}},
		{Kind: index.LimitTable, Name: "2026Q4", Setting: index.Practitioner, Limits: []index.Limit{
			{Code: "71046", Units: 2, Adjudication: '3'}, {Code: "76942", Units: 1, Adjudication: '1'}, {Code: "77067", Units: 1, Adjudication: '2'},
		}},
		{Kind: index.AddOnTable, Name: "2026", AddOns: []index.AddOn{{Code: "77063", Primary: "77067", Type: '1'}, {Code: "76937", Type: '3'}}},
		{Kind: index.FeeTable, Name: "2026", Fees: []index.Fee{
			{Code: "71046", Work: 22, NonFacility: 98, Facility: 98, PCTC: '1', Bilateral: '0', Family: "99"},
			{Code: "71046", Modifier: "26", Work: 22, NonFacility: 31, Facility: 31, PCTC: '1', Bilateral: '0', Family: "99"},
			{Code: "70450", Work: 85, NonFacility: 320, Facility: 320, PCTC: '1', Multiple: '4', Bilateral: '0', Family: "88"},
			{Code: "71275", Work: 182, NonFacility: 810, Facility: 810, PCTC: '1', Multiple: '4', Bilateral: '0', Family: "88"},
			{Code: "74176", Work: 174, NonFacility: 560, Facility: 560, PCTC: '1', Multiple: '4', Bilateral: '0', Family: "88"},
			{Code: "77263", Work: 314, NonFacility: 480, Facility: 480, PCTC: '0', Bilateral: '0', Family: "99"},
		}},
		{Kind: index.CoverageTable, Name: "A1", Covered: []index.CoveredDx{
			{Article: "A1", Procedure: "77080", Diagnosis: "M81"}, {Article: "A1", Procedure: "77080", Diagnosis: "M81.8", Excluded: true},
			{Article: "A2", Procedure: "93970", Diagnosis: "I82.40"}, {Article: "A3", Procedure: "93970", Diagnosis: "R60.0"},
		}},
		{Kind: index.CoverageTable, Name: "P1", Payer: "Aetna", Covered: []index.CoveredDx{{Article: "CPB 1", Procedure: "77080", Diagnosis: "Z78.0"}}},
		{Kind: index.RuleTable, Name: "2026", Payer: "Cigna", Rules: []index.PayerRule{
			{ID: "mri-auth", Payer: "Cigna", Procedures: []string{"705*"}, Require: index.RuleCondition{PriorAuth: true}, Message: "call first"},
			{ID: "dxa-age", Payer: "Cigna", Procedures: []string{"77080"}, Require: index.RuleCondition{Age: index.AgeRange{Min: 65}}, Forbid: index.RuleCondition{Dx: []string{"Z13.820"}}},
			{ID: "knee", Payer: "Cigna", Procedures: []string{"73721"}, Require: index.RuleCondition{Dx: []string{"M25.56", "S83"}}},
		}},
	})
}

func engineWith(t *testing.T, o coding.Options) *coding.Engine {
	t.Helper()
	e, err := coding.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// TestClaimTables is the same with imported tables.
func TestClaimTables(t *testing.T) {
	e := engineWith(t, coding.Options{Tables: paymentTables()})
	age := func(years float64) nlp.Meta { return nlp.Meta{Payer: "Cigna", Age: &years} }
	for _, c := range []struct {
		name   string
		claim  string
		meta   nlp.Meta
		want   []string
		say    string
		status coding.CoverageStatus
	}{
		// The indicator and the table are told.
		{name: "R147_imported_pair", claim: "71046 71045", want: []string{"ncci_pair 1 2"}, say: "modifier indicator 1, NCCI pairs practitioner 2026Q4", status: coding.CoverageEdit},
		{claim: "71046 71045-59", want: []string{}, status: coding.CoverageUnknown},
		{claim: "70551 70544-59", want: []string{"ncci_pair 1 2"}, say: "payable: never", status: coding.CoverageEdit},
		// A table in force knows better than we do: 76705 beside 76700 is none of its pairs.
		{claim: "76700 76705", want: []string{}, status: coding.CoverageUnknown},
		// Before it began, ours count.
		{claim: "76700 76705", meta: nlp.Meta{DateOfService: "2026-09-30"}, want: []string{"ncci_pair 1 2"}, say: "radcode", status: coding.CoverageEdit},
		// A hospital's equipment has a table of its own.
		{claim: "71046 77080 | M81.0", meta: nlp.Meta{Component: "technical", PlaceOfService: "22"}, want: []string{"ncci_pair 1 2"}, say: "NCCI pairs hospital 2026Q4", status: coding.CoverageEdit},
		{claim: "71046 77080 | M81.0", meta: nlp.Meta{Component: "professional", PlaceOfService: "22"}, want: []string{}, status: coding.CoverageUnknown},
		// Units.
		{claim: "71046*2", want: []string{}, status: coding.CoverageUnknown},
		{claim: "71046*3", want: []string{"mue_exceeded 1"}, say: "more when the record shows", status: coding.CoverageEdit},
		{claim: "71046*2 71046-76", want: []string{"mue_exceeded 1 2"}, say: "3 units on the day, 2 are paid", status: coding.CoverageEdit},
		{claim: "71046-26*2 71046-TC*2", want: []string{}, status: coding.CoverageUnknown},
		{claim: "76942 76942-76", want: []string{}, status: coding.CoverageUnknown}, // the limit is of a line
		{claim: "76942*2", want: []string{"mue_exceeded 1"}, say: "on the line", status: coding.CoverageEdit},
		{claim: "77067*2", want: []string{"mue_exceeded 1"}, say: "no record changes that", status: coding.CoverageEdit},
		// Add-on codes.
		{claim: "77063", want: []string{"addon_without_primary 1"}, say: "add-on codes 2026", status: coding.CoverageEdit},
		{claim: "76937", want: []string{}, status: coding.CoverageUnknown}, // the payer chooses what it goes with
		// Local coverage.
		{name: "R148_diagnosis_not_in_the_article", claim: "77080 | R51.9", want: []string{"lcd_not_covered 1"}, say: "article A1", status: coding.CoverageEdit},
		{name: "R154_ok_where_an_article_speaks", claim: "77080 | M81.0", want: []string{}, status: coding.CoverageOK},
		{claim: "77080 | M81.8", want: []string{"lcd_not_covered 1"}, status: coding.CoverageEdit},
		{claim: "77080:1 | R51.9 M81.0", want: []string{"lcd_not_covered 1"}, status: coding.CoverageEdit},
		{claim: "77080", want: []string{"lcd_not_covered 1"}, say: "no diagnosis", status: coding.CoverageEdit},
		{claim: "93970 | I82.401", want: []string{"lcd_not_covered 1"}, say: "A3", status: coding.CoverageEdit}, // one of two articles
		{claim: "93970 | I82.401 R60.0", want: []string{}, status: coding.CoverageOK},
		{claim: "77080 | R51.9", meta: nlp.Meta{Payer: "Anthem"}, want: []string{}, status: coding.CoverageUnknown}, // Medicare's articles do not bind
		{claim: "77080 | R51.9", meta: nlp.Meta{Payer: "Aetna"}, want: []string{"lcd_not_covered 1"}, say: "CPB 1", status: coding.CoverageEdit},
		{claim: "77080 | Z78.0", meta: nlp.Meta{Payer: "Aetna"}, want: []string{}, status: coding.CoverageOK},
		// One line supported, the other unknown.
		{name: "R154_one_line_unknown", claim: "77080 71046 | M81.0", want: []string{}, status: coding.CoverageUnknown},
		// The payer's rules.
		{name: "R153_rule_of_the_payer", claim: "70551 | R51.9", meta: nlp.Meta{Payer: "Cigna"}, want: []string{"payer_rule 1"}, say: "rule mri-auth of Cigna: needs prior authorisation (call first)", status: coding.CoverageEdit},
		{claim: "70551 | R51.9", meta: nlp.Meta{Payer: "Cigna", PriorAuth: "A1"}, want: []string{}, status: coding.CoverageUnknown},
		{claim: "70450 | R51.9", meta: nlp.Meta{Payer: "Cigna"}, want: []string{}, status: coding.CoverageUnknown},
		{claim: "77080 | M81.0", meta: age(64), want: []string{"payer_rule 1"}, say: "not at 64", status: coding.CoverageEdit},
		{claim: "77080 | M81.0", meta: age(65), want: []string{}, status: coding.CoverageUnknown},
		{claim: "77080 | Z13.820", meta: age(70), want: []string{"payer_rule 1"}, say: "not with Z13.820", status: coding.CoverageEdit},
		{claim: "77080 | M81.0", meta: nlp.Meta{Payer: "Cigna"}, want: []string{"payer_rule 1"}, say: "age, which is not stated", status: coding.CoverageEdit},
		{claim: "73721-RT | M25.561", meta: nlp.Meta{Payer: "Cigna"}, want: []string{}, status: coding.CoverageOK},
		{claim: "73721-RT | R52", meta: nlp.Meta{Payer: "Cigna"}, want: []string{"payer_rule 1"}, say: "needs one of M25.56, S83", status: coding.CoverageEdit},
		// The fee schedule knows components and sides.
		{claim: "77263-26", want: []string{"modifier_not_applicable 1"}, say: "PC/TC indicator 0", status: coding.CoverageEdit},
		{name: "R90_indicator_forbids_50", claim: "71046-50", want: []string{"modifier50_not_allowed 1"}, say: "bilateral indicator 0", status: coding.CoverageEdit},
	} {
		t.Run(named(c.name, c.claim), func(t *testing.T) {
			if c.meta.DateOfService == "" {
				c.meta.DateOfService = serviceDate
			}
			checked, flags := e.CheckClaim(claimOf(c.claim), c.meta)
			if d := cmp.Diff(c.want, standing(flags)); d != "" {
				t.Errorf("%q %s (-want +got):\n%s", c.claim, c.meta.Payer, d)
			}
			if !slices.ContainsFunc(flags, func(f coding.Flag) bool { return strings.Contains(f.Message, c.say) }) && c.say != "" {
				t.Errorf("%q: no message says %q: %+v", c.claim, c.say, flags)
			}
			if checked.Coverage.Status != c.status {
				t.Errorf("%q: coverage %+v, want %s", c.claim, checked.Coverage, c.status)
			}
		})
	}
}

// TestReportTables codes reports with tables: the flags stand beside those of the report, with words.
func TestReportTables(t *testing.T) {
	e := engineWith(t, coding.Options{Tables: paymentTables()})
	r := coded(t, e, report("DXA spine and hips", "INDICATION: Headache.\n\nIMPRESSION: Normal bone density."))
	at := slices.IndexFunc(r.Flags, func(f coding.Flag) bool { return f.ID == "lcd_not_covered" })
	if at < 0 || !slices.Equal(r.Flags[at].Lines, []int{1}) || len(r.Flags[at].Evidence) == 0 || r.Claim.Coverage.Status != coding.CoverageEdit || r.Disposition == coding.Auto {
		t.Errorf("lcd_not_covered: %+v, %+v, %s", r.Flags, r.Claim.Coverage, r.Disposition)
	}
	r = coded(t, e, report("XR chest 2 views; CTA chest; CT head without contrast; CT abdomen and pelvis without contrast", "INDICATION: Chest pain.\n\nIMPRESSION: Normal."))
	if got, want := serviceLines(r.Claim), []string{"71275", "74176", "70450", "71046"}; !slices.Equal(got, want) {
		t.Errorf("in payment order: %v, want %v", got, want)
	}
	for i, l := range r.Claim.Lines {
		if wantCut := i == 1 || i == 2; (l.MPPR != nil) != wantCut || wantCut && *l.MPPR != (coding.Reduction{PC: 0.95, TC: 0.50}) {
			t.Errorf("%s: reduction %v", l.Code, l.MPPR)
		}
	}
}

// TestMPPR reduces without a fee schedule.
func TestMPPR(t *testing.T) {
	t.Run("R94_second_study_is_reduced", func(t *testing.T) {
		for claim, want := range map[string][]bool{
			"70450 71250":       {false, true},
			"71250 70450":       {true, false}, // the smaller code is first where no schedule says which has more work
			"71046 71275":       {false, false},
			"71046 70450 71275": {false, false, true},
			"70450 70551-59":    {false, false},
			"70450 70551-XE":    {false, false},
			"70450 70551-XS":    {false, true}, // another site of the same session
			"76700 76856 70450": {true, true, false},
			"76801 76817":       {false, false}, // ultrasound of a pregnancy is not reduced
			"93970 93880":       {false, false},
			"77012 70450":       {false, false}, // guidance
			"73721-RT 73721-LT": {false, true},
		} {
			c, _ := engine(t).CheckClaim(claimOf(claim), nlp.Meta{DateOfService: serviceDate})
			var got []bool
			for _, l := range c.Lines {
				got = append(got, l.MPPR != nil)
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s: reduced %v, want %v", claim, got, want)
			}
		}
	})
}

// TestDenials asks with what payers answer a flag. That all flags of the table are known is asserted in coding/audit, which
// knows the differences beside them.
func TestDenials(t *testing.T) {
	if got := coding.CARC("laterality_conflict"); !slices.Equal(got, []string{"4", "11"}) {
		t.Errorf("laterality_conflict: %v", got)
	}
	if got := coding.CARC("no_sections"); len(got) != 0 {
		t.Errorf("no payer sees headings: %v", got)
	}
}

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestReducedImaging compares what is reduced without a fee schedule with the imaging family of the published
// one. Nuclear medicine is left out there.
func TestReducedImaging(t *testing.T) {
	e, lex := engine(t), lexiconForTest(t)
	compared := 0
	for _, row := range referenceRows(t, "mpfs_radiology.tsv.gz") {
		p := lex.Procedure(row["hcpcs"])
		if row["mod"] != "" || p == nil || row["status_code"] != "A" || strings.HasPrefix(p.Code, "78") {
			continue
		}
		c, _ := e.CheckClaim(claimOf("70336 "+p.Code), nlp.Meta{DateOfService: serviceDate})
		if got, want := c.Lines[1].MPPR != nil, row["imaging_family"] == "88"; got != want && p.Code != "70336" {
			t.Errorf("%s (%s): reduced %t, published %t", p.Code, p.Title, got, want)
		}
		compared++
	}
	t.Logf("%d codes compared", compared)
}

// referenceRows reads a table of ../shared/reference; the test is skipped where it is absent.
func referenceRows(t *testing.T, name string) []map[string]string {
	t.Helper()
	f, err := os.Open("../../shared/reference/" + name)
	if err != nil {
		t.Skip("reference tables are not here")
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	var header []string
	for line := range strings.Lines(string(data)) {
		cells := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if header == nil {
			header = cells
			continue
		}
		row := map[string]string{}
		for i, h := range header {
			if i < len(cells) {
				row[h] = cells[i]
			}
		}
		out = append(out, row)
	}
	return out
}
