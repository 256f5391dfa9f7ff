package eval

import (
	"regexp"
	"strings"
)

// shortening is a phrase and its abbreviation, as whole words.
type shortening struct {
	long, abbr   *regexp.Regexp
	words, short string
}

// abbreviations that every reader of reports writes; expansions are the ones
// that stand for one thing only, so that "pt" (a point, a patient) and "ext" (an
// extremity, an extension) are not among them.
var (
	abbreviations = shorten([][2]string{
		{"without", "w/o"}, {"status post", "s/p"}, {"history of", "h/o"}, {"rule out", "r/o"}, {"shortness of breath", "SOB"},
		{"right", "rt"}, {"left", "lt"}, {"patient", "pt"}, {"years", "yrs"}, {"evaluate for", "eval for"}, {"follow-up", "f/u"},
		{"bilateral", "bilat"}, {"extremity", "ext"}, {"intravenous", "IV"}, {"examination", "exam"}, {"ultrasound", "US"},
		{"computed tomography", "CT"}, {"magnetic resonance imaging", "MRI"}, {"deep vein thrombosis", "DVT"},
		{"deep venous thrombosis", "DVT"}, {"motor vehicle accident", "MVA"}, {"emergency department", "ED"},
	})
	expansions = shorten([][2]string{
		{"without", "w/o"}, {"status post", "s/p"}, {"history of", "h/o"}, {"rule out", "r/o"}, {"shortness of breath", "SOB"},
		{"follow-up", "f/u"}, {"year-old", "y/o"}, {"intravenous", "IV"}, {"deep vein thrombosis", "DVT"},
		{"chronic obstructive pulmonary disease", "COPD"}, {"right upper quadrant", "RUQ"}, {"right lower quadrant", "RLQ"},
		{"left upper quadrant", "LUQ"}, {"left lower quadrant", "LLQ"}, {"computed tomography", "CT"}, {"ultrasound", "US"},
		{"magnetic resonance imaging", "MRI"}, {"motor vehicle accident", "MVA"}, {"urinary tract infection", "UTI"},
		{"anteroposterior", "AP"}, {"posteroanterior", "PA"}, {"anterior cruciate ligament", "ACL"},
	})
)

func shorten(pairs [][2]string) []shortening {
	out := make([]shortening, len(pairs))
	for i, p := range pairs {
		abbr := `\b` + regexp.QuoteMeta(p[1]) + `\b`
		if p[1] != strings.ToUpper(p[1]) {
			abbr = `(?i)` + abbr // "us" and "it" are words, "US" and "IT" are not
		}
		out[i] = shortening{
			regexp.MustCompile(`(?i)\b` + strings.ReplaceAll(p[0], " ", `\s+`) + `\b`), regexp.MustCompile(abbr), p[0], p[1],
		}
	}
	return out
}

// abbreviated writes phrases short; left and right stay in lines where they are
// verbs or adverbs.
func abbreviated(s string) string {
	return byLine(s, func(line string) string {
		sides := !notSide.MatchString(line)
		for _, x := range abbreviations {
			if sides || x.words != "left" && x.words != "right" {
				line = x.long.ReplaceAllStringFunc(line, func(old string) string { return inCaseOf(old, x.short) })
			}
		}
		return line
	})
}

// expanded writes abbreviations out, with a capital where a sentence begins.
func expanded(s string) string {
	return byLine(s, func(line string) string {
		shouted := line == strings.ToUpper(line)
		for _, x := range expansions {
			var edits []edit
			for _, m := range x.abbr.FindAllStringIndex(line, -1) {
				var e edit
				e.Start, e.End, e.text = m[0], m[1], x.words
				before := strings.TrimRight(line[:m[0]], " \t*")
				switch {
				case shouted:
					e.text = strings.ToUpper(x.words)
				case before == "" || strings.HasSuffix(before, ".") || x.short == strings.ToLower(x.short) && inCaseOf(line[m[0]:m[1]], "a") == "A":
					e.text = capital(x.words)
				}
				edits = append(edits, e)
			}
			line = apply(line, edits)
		}
		return line
	})
}

// byLine passes what follows the heading of each line through f.
func byLine(s string, f func(line string) string) string {
	var out strings.Builder
	for i, line := range strings.SplitAfter(s, "\n") {
		head := headingLine.FindString(line)
		if i == 0 && !strings.Contains(head, ":") {
			head = "" // an exam's name
		}
		out.WriteString(head + f(line[len(head):]))
	}
	return out.String()
}
