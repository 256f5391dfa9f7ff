package coding_test

import (
	"slices"
	"testing"

	"github.com/radcode/radcode/coding"
)

const workflowReport = "EXAM: CT chest without contrast\n\nDATE OF SERVICE: 11/02/2026\n\nINDICATION: Cough.\n\nTECHNIQUE: Helical images without contrast.\n\n" +
	"FINDINGS: 8 mm nodule in the right upper lobe.\n\nIMPRESSION: 8 mm right upper lobe nodule.\n\nElectronically signed by Richard Roe, MD, 54-year-old woman"

// TestWorkflow: the seven steps of coding guide 000 in its order, each with a decision.
func TestWorkflow(t *testing.T) {
	t.Run("R179_seven_steps", func(t *testing.T) {
		r := answerOf(t, report("", workflowReport)).Result
		steps := coding.Workflow(&r)
		var names []string
		for i, s := range steps {
			names = append(names, s.Name)
			if s.Number != i+1 || s.Decision == "" || s.Doc == "" {
				t.Errorf("step %d: %+v", i+1, s)
			}
		}
		if want := []string{"indication", "impression", "findings", "first-listed diagnosis", "procedure", "bundling", "submission"}; !slices.Equal(names, want) {
			t.Errorf("steps %v, want %v", names, want)
		}
		for i, want := range map[int]string{0: "R05.9", 1: "R91.1", 3: "R05.9", 4: "71250"} {
			if !slices.Contains(steps[i].Codes, want) {
				t.Errorf("step %s gave %v, want %s", steps[i].Name, steps[i].Codes, want)
			}
		}
		if !slices.Contains(steps[3].Flags, "dx_policy_conflict") {
			t.Errorf("flags of the first-listed diagnosis: %v", steps[3].Flags)
		}
	})
	t.Run("R179_nothing_to_decide", func(t *testing.T) {
		r := answerOf(t, report("", "")).Result
		for _, s := range coding.Workflow(&r) {
			if s.Decision == "" || s.Codes == nil {
				t.Errorf("%+v", s)
			}
		}
	})
}

func TestChecklist(t *testing.T) {
	outcomes := func(text string) map[string]coding.Outcome {
		r := answerOf(t, report("", text)).Result
		out := map[string]coding.Outcome{}
		for _, item := range coding.Checklist(&r) {
			out[item.Name] = item.Outcome
		}
		return out
	}
	t.Run("R180_ten_items", func(t *testing.T) {
		got := outcomes(workflowReport)
		if len(got) != 10 {
			t.Errorf("%d items, want 10", len(got))
		}
		for _, name := range []string{"continuous training", "cooperation", "technology", "denial trends"} {
			if got[name] != coding.NotCheckable {
				t.Errorf("%s: %s", name, got[name])
			}
		}
		for _, name := range []string{"complete documentation", "medical necessity", "code what was done", "bundling and edits", "current codes"} {
			if got[name] != coding.Pass {
				t.Errorf("%s: %s", name, got[name])
			}
		}
	})
	t.Run("R180_failures", func(t *testing.T) {
		got := outcomes("EXAM: CT abdomen\n\nFINDINGS: Normal.")
		for name, want := range map[string]coding.Outcome{"complete documentation": coding.Fail, "code what was done": coding.Fail, "medical necessity": coding.Unknown} {
			if got[name] != want {
				t.Errorf("%s: %s, want %s", name, got[name], want)
			}
		}
	})
}

// TestChecklistNamesRules: a flag that no rule raises would make an item pass for ever.
func TestChecklistNamesRules(t *testing.T) {
	rules := ruleIDs()
	for _, id := range coding.CheckedFlags() {
		if !rules[id] {
			t.Errorf("%s is no rule", id)
		}
	}
}
