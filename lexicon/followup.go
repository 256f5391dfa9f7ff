package lexicon

import "strings"

// What may be advised. The categories of reporting systems ask for it, reports recommend it.
const (
	ActionImaging   = "imaging"
	ActionScreening = "screening"
	ActionBiopsy    = "biopsy"
	ActionNone      = "none" // nothing is to follow
)

// actions are what a category may ask for, conflicts what may contradict it.
var (
	actions   = []string{"", ActionScreening, ActionImaging, ActionBiopsy}
	conflicts = []string{ActionScreening, ActionImaging, ActionBiopsy, ActionNone}
)

// FollowupRole says what a word of advice does.
type FollowupRole string

const (
	FollowupActive      FollowupRole = "active"      // what is advised comes behind: "recommend"
	FollowupPassive     FollowupRole = "passive"     // it stands before: "is recommended"
	FollowupStart       FollowupRole = "start"       // advice at the beginning of a statement that says when
	FollowupNone        FollowupRole = "none"        // nothing is to follow
	FollowupPast        FollowupRole = "past"        // the advice or the study is over
	FollowupConditional FollowupRole = "conditional" // only if
	FollowupNeutral     FollowupRole = "neutral"     // takes its words away from the others: "to determine if"
	FollowupBiopsy      FollowupRole = "biopsy"      // these three are advised without a modality
	FollowupGeneric     FollowupRole = "generic"
	FollowupScreening   FollowupRole = "screening"
	FollowupEarlier     FollowupRole = "earlier"  // before a study: it was done
	FollowupReported    FollowupRole = "reported" // behind a study: it was done
)

var followupRoles = []FollowupRole{
	FollowupActive, FollowupPassive, FollowupStart, FollowupNone, FollowupPast, FollowupConditional, FollowupNeutral,
	FollowupBiopsy, FollowupGeneric, FollowupScreening, FollowupEarlier, FollowupReported,
}

// A FollowupCue is a word of advice.
type FollowupCue struct {
	Text   string
	Role   FollowupRole
	Source Source
}

var followupCueColumns = []string{"cue", "role"}

func followupCues(t table) ([]FollowupCue, []Problem) {
	var out []FollowupCue
	var problems []Problem
	for _, r := range t.rows {
		role := FollowupRole(r.cells[1])
		problems = appendError(problems, r.src, oneOf("role", role, followupRoles...))
		out = append(out, FollowupCue{r.cells[0], role, r.src})
	}
	return out, problems
}

func lintFollowupCues(l *Lexicon) []Problem {
	var out []Problem
	for _, c := range l.FollowupCues {
		if c.Text != strings.ToLower(c.Text) {
			out = append(out, problemAt(c.Source, "cue %q is not lower case", c.Text))
		}
	}
	return out
}
