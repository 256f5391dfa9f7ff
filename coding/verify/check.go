package verify

import (
	"maps"
	"slices"
)

// Check is one thing that is verified. Values come from Checks.
type Check struct {
	ID     string
	Doc    string // what holds when it passes
	Guards bool   // the checks behind it need it: when it fails they do not run
	Check  func(*subject)
}

// shapeCheck is the check that decode makes: it needs the bytes.
const shapeCheck = "json"

// checks in the order in which they run.
var checks = []Check{
	{shapeCheck, "the result is one JSON object with the keys of a result, each once, none null, and no others", true, func(*subject) {}},
	{"values", "roles, severities, policies, dispositions, systems and axes are known ones", true, (*subject).checkValues},
	{"span", "every place lies inside the text, on whole runes and whole words", true, (*subject).checkSpans},
	{"report", "the result is of this report: its id is the report's", false, (*subject).checkReport},
	{"version", "the engine's version and the code sets are known", false, (*subject).checkVersion},
	{"section", "every place stands under a heading of the section it names", false, (*subject).checkSections},
	{"source", "a row of the lexicon that a place names exists", false, (*subject).checkSources},
	{"fact", "the words of a fact are terms of its concept in the lexicon", false, (*subject).checkFacts},
	{"exam", "an exam's title stands in the report", false, (*subject).checkTitles},
	{"procedure", "every procedure code is in the tables, in force on the date of service, with its title", false, (*subject).checkProcedures},
	{"axes", "what a code's score says of views, contrast, sides, modality and body part is true of its row and of the exam's facts", false, (*subject).checkAxes},
	{"procedure_evidence", "a code's places are those of its exam's facts", false, (*subject).checkProcedureEvidence},
	{"confidence", "confidences lie between 0 and 1, fall from rank to rank and agree with the sums of their parts", false, (*subject).checkConfidence},
	{"diagnosis", "every diagnosis code exists, is complete and billable on the date of service", false, (*subject).checkDiagnoses},
	{"diagnosis_says", "every place of a diagnosis holds a term that leads to its code", false, (*subject).checkDiagnosisWords},
	{"diagnosis_detail", "side, site and qualifiers that a diagnosis code needs stand near its words or in the exam's name", false, (*subject).checkDiagnosisDetail},
	{"number", "one and several are told apart where their codes differ", false, (*subject).checkNumbers},
	{"assertion", "no diagnosis rests on words that are denied, or on a condition that is only possible", false, (*subject).checkAssertions},
	{"role", "the role of a diagnosis fits the section and the kind of its code", false, (*subject).checkRoles},
	{"encounter_reason", "follow-up after treatment stands with its history, observation without any sign, and the report says why", false, (*subject).checkReasons},
	{"modifier", "every modifier is allowed for its code and its reason can be seen; RT, LT, 50, 26 and TC stand where they must", false, (*subject).checkModifiers},
	{"claim", "each line bills the first code of an exam with its modifiers, in the order of payment", false, (*subject).checkClaims},
	{"pointer", "each line points to diagnoses of its own exam: in order, at most four, none of another side, place or part of the report", false, (*subject).checkPointers},
	{"primary", "the first-listed diagnosis of each policy's claim is the one marked so", false, (*subject).checkPrimary},
	{"policies", "both policies bill the same services, and what the default one lists comes first", false, (*subject).checkPolicies},
	{"sequence", "diagnoses of a claim stand in the order of their roles", false, (*subject).checkSequence},
	{"instruction", "no sign stands beside the disease that excludes it, and causes come before what they caused", false, (*subject).checkInstructions},
	{"coverage", "what claims say of payment is what the flags and the tables say: edits, status, reductions, prior authorisation", false, (*subject).checkCoverage},
	{"flag", "every flag is of a known rule, with its severity for the payer, axis, question and lines, errors first", false, (*subject).checkFlags},
	{"documentation", "what is missing is what the flags say", false, (*subject).checkDocumentation},
	{"assessment", "every assessment names a system and category that exist, in the words of the report", false, (*subject).checkAssessments},
	{"followup", "every follow-up rests on the report, and its codes exist", false, (*subject).checkFollowups},
	{"disposition", "the disposition is what flags and confidences ask for", false, (*subject).checkDisposition},
}

// Checks returns all checks in the order in which they run. The slice is the
// caller's.
func Checks() []Check { return slices.Clone(checks) }

func sortedKeys[V any](ms ...map[string]V) []string {
	all := map[string]bool{}
	for _, m := range ms {
		for k := range m {
			all[k] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}
