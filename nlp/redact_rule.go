package nlp

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/radcode/radcode/lexicon"
)

// redactRule finds identifiers by their form. Spans turns a match into what is
// masked of it, nothing where a near miss was met.
type redactRule struct {
	kind    IdentifierKind
	doc     string
	pattern *regexp.Regexp
	spans   func(r *Redactor, text string, at []int) []Span
}

// listOf is a list of the lexicon as a set, read when it is first asked for.
func listOf(list string) func() map[string]bool {
	return sync.OnceValue(func() map[string]bool {
		set := map[string]bool{}
		for _, w := range lexicon.IdentifierWords(list) {
			set[w] = true
		}
		return set
	})
}

// alternatives joins the phrases of a list of the lexicon for a pattern.
func alternatives(list string) string {
	var out []string
	for _, p := range lexicon.IdentifierWords(list) {
		out = append(out, strings.ReplaceAll(regexp.QuoteMeta(p), " ", `\s+`))
	}
	slices.SortFunc(out, func(a, b string) int { return len(b) - len(a) }) // the first that matches is taken
	return strings.Join(out, "|")
}

const (
	monthPattern = `(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)`

	// name is up to five words of a name: letters with capitals in front, initials, with
	// commas between family and given name.
	nameWord = `\p{Lu}[\p{L}'’.-]*`
	name     = `(` + nameWord + `(?:,?[ \t]+` + nameWord + `){0,4})`
)

// redactRules in order. The patterns are compiled when a text is first masked:
// coding needs none of them.
var redactRules = sync.OnceValue(func() []redactRule {
	return []redactRule{
		{PersonName, "behind a label with a colon", regexp.MustCompile(`(?i:\b(?:` + alternatives("name_label") + `))(?:[ \t]*[:#][ \t]*|[ \t]+(?i:is)[ \t]+)(?i:(?:dr|mr|mrs|ms|miss|prof)\.?[ \t]+)?` + name), nameSpans},
		{PersonName, "behind a label with a colon, in small letters", regexp.MustCompile(`\b(?:` + alternatives("name_label") + `)[ \t]*:[ \t]*([a-z][a-z'-]+(?:,?[ \t]+[a-z][a-z'.-]*){0,3})`), nameSpans},
		{PersonName, "behind what somebody did", regexp.MustCompile(`(?i:\b(?:` + alternatives("name_by") + `))\b[ \t]*:?[ \t]*(?i:(?:dr|mr|mrs|ms|miss|prof)s?\.?[ \t]+)?` + name), nameSpans},
		{PersonName, "behind what somebody did, in small letters", regexp.MustCompile(`\b(?:` + alternatives("name_by") + `)[ \t]*:?[ \t]*(?:drs?\.?[ \t]+)?([a-z][a-z'-]+(?:,?[ \t]+[a-z][a-z'.-]*){0,2})`), smallNameSpans},
		{PersonName, "initials behind what somebody did", regexp.MustCompile(`(?i:\b(?:` + alternatives("name_by") + `))[ \t]*:[ \t]*([a-z]{2,4})\b`), nameSpans},
		{PersonName, "behind a title", regexp.MustCompile(`\b(?:(?:DR|Dr|dr|DRS|Drs|drs|MR|Mr|mr|MRS|Mrs|mrs|MS|Ms|ms|Prof|PROF|prof|Miss|MISS|Doctor|doctor|Professor|professor)\.|Dr|Drs|Mr|Mrs|Ms|Miss|Prof|Doctor|Professor)[ \t\n]+` + name + `(?:(?:,?[ \t]+(?:and|or|&)[ \t]+(?:Dr\.?[ \t]+)?)(` + nameWord + `))?`), titledSpans},
		{PersonName, "behind a title, in small letters", regexp.MustCompile(`\b(?:drs?|mrs?|ms)\.?[ \t]+([a-z][a-z'-]{2,})`), smallTitledSpans},
		{PersonName, "before a degree", regexp.MustCompile(`\b` + name + `,?[ \t]*(?:,[ \t]*|[ \t]+)(?:` + degrees + `)(?:\b|$)`), degreeSpans},

		{DayOrMonth, "a date in figures", regexp.MustCompile(`\b(\d{1,2})([/.-])(\d{1,2})([/.-])(\d{4}|\d{2})\b`), figureDateSpans},
		{DayOrMonth, "a date with the year first", regexp.MustCompile(`\b(?:19|20)\d\d([/.-])(\d{1,2})([/.-])(\d{1,2})\b`), yearFirstSpans},
		{DayOrMonth, "a stamp of digits", regexp.MustCompile(`\b(?:19|20)\d\d((?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\d{4}(?:\d\d)?)?)\b`), group(1)},
		{DayOrMonth, "a month and a day", regexp.MustCompile(`(?i)\b(` + monthPattern + `\.?[ \t]+\d{1,2}(?:st|nd|rd|th)?)\b`), group(1)},
		{DayOrMonth, "a day and a month", regexp.MustCompile(`(?i)\b(\d{1,2}(?:st|nd|rd|th)?[ \t-]+(?:of[ \t]+)?` + monthPattern + `)\b`), dayMonthSpans},
		{DayOrMonth, "a month and a year", regexp.MustCompile(`(?i)\b(` + monthPattern + `)\.?,?[ \t]+(?:of[ \t]+)?(?:19|20)\d\d\b`), group(1)},
		{DayOrMonth, "a month and a year in figures", regexp.MustCompile(`\b(0?[1-9]|1[0-2])[/-](?:19|20)\d\d\b`), group(1)},
		{DayOrMonth, "a day and a month in figures, behind a word for a date", regexp.MustCompile(`(?i)\b(?:on|dated?|since|from|of)[ \t]+((?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\d|3[01]))(?:[ \t.,;)]|$)`), group(1)},
		{DayOrMonth, "a date of birth, year and all", regexp.MustCompile(`(?i)\b(?:dob|d\.o\.b\.|date of birth|birth ?date|born(?: on)?)\W{0,4}([\w/.-]+(?:[ \t]+\d{1,2},?[ \t]+\d{4})?)`), birthSpans},
		{HighAge, "an age over 89", regexp.MustCompile(`(?i)\b(9\d|1[01]\d)[ \t-]*(?:years?|yrs?|y\.?/?o\b|yo\b|-?y\b)`), group(1)},
		{HighAge, "an age over 89 before the sex", regexp.MustCompile(`\b(9\d|1[01]\d)[ ]?[FM]\b`), group(1)},
		{HighAge, "an age over 89 behind a label", regexp.MustCompile(`(?i)\b(?:age|aged)(?:/sex)?[ \t]*:?[ \t]*(9\d|1[01]\d)\b`), group(1)},

		{RecordID, "a number behind its label", regexp.MustCompile(`(?i)\b(?:` + alternatives("id_label") + `|mr[ \t]*#)(?:\b|[ \t]*#)(?:[ \t]*(?:number|numbers|no\b\.?|num\b\.?|nr\b\.?|id\b|#))*[ \t]*[:#=]?[ \t]*([A-Z]{0,5}[A-Z0-9]*(?:[-./]?[A-Z0-9]+)*)`), numberSpans},
		{RecordID, "a social security number", regexp.MustCompile(`\b(\d{3}-\d{2}-\d{4})\b`), group(1)},
		{Contact, "an e-mail address", regexp.MustCompile(`\b([\w.+-]+@[\w-]+(?:\.[\w-]+)+)\b`), group(1)},
		{Contact, "an address of the web", regexp.MustCompile(`(?i)\b((?:https?://|www\.)[^\s<>"]+)`), group(1)},
		{Contact, "an address of a computer", regexp.MustCompile(`\b(\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3})\b`), group(1)},
		{Contact, "a telephone number", regexp.MustCompile(`((?:\+?1[-. ])?\(?\b\d{3}\)?[-. ]?[ ]?\d{3}[-.]\d{4})\b`), group(1)},
		{Contact, "a number behind a word for a telephone", regexp.MustCompile(`(?i)\b(?:` + alternatives("phone_label") + `)[ \t]*(?:number|no\.?|#)?[ \t]*[:#.]?[ \t]*((?:\(?\d{3}\)?[-. ]?)?\d{3}[-. ]?\d{4}|\d{4,7})\b`), group(1)},
		{Contact, "a short telephone number behind a call", regexp.MustCompile(`(?i)\b(?:at|call|called|reached)[ \t]+(\d{3}-\d{4})\b`), group(1)},
		{Address, "a street", regexp.MustCompile(`\b(\d{1,6}[A-Z]?[ \t]+(?:[NSEW]\.?[ \t]+)?(?:\p{Lu}[\p{L}'.-]*[ \t]+){1,4}(?:Street|STREET|St\b\.?|Avenue|AVENUE|Ave\b\.?|AVE\b\.?|Road|ROAD|Rd\b\.?|Drive|DRIVE|Lane|LANE|Ln\b\.?|Boulevard|BOULEVARD|Blvd\b\.?|Court|COURT|Ct\.|Way|Place|Parkway|PARKWAY|Pkwy\b\.?|Highway|HIGHWAY|Hwy\b\.?|Terrace|Circle)(?:,?[ \t]+(?:Apt|Suite|Ste|Unit|APT|SUITE)\b\.?[ \t]*#?\w+)?)`), group(1)},
		{Address, "a town with its state and ZIP code", regexp.MustCompile(`\b((?:\p{Lu}[\p{L}.'-]*[ \t]+){0,2}\p{Lu}[\p{L}.'-]*),?[ \t]+(?:` + states + `),?[ \t]+(\d{5}(?:-\d{4})?)\b`), groups(1, 2)},
		{Address, "a town with its state spelled out and ZIP code", regexp.MustCompile(`\b((?:\p{Lu}[\p{L}.'-]*[ \t]+){0,2}\p{Lu}[\p{L}.'-]*),[ \t]+\p{Lu}\p{Ll}+(?:[ \t]+\p{Lu}\p{Ll}+)?,?[ \t]+(\d{5}(?:-\d{4})?)\b`), groups(1, 2)},
		{Address, "a ZIP code behind its label", regexp.MustCompile(`(?i)\bzip(?:[ \t]+code)?[ \t]*:?[ \t]*(\d{5}(?:-\d{4})?)\b`), group(1)},
		{Address, "a post office box", regexp.MustCompile(`(?i)\b(p\.?[ \t]?o\.?[ \t]+box[ \t]+\d+)\b`), group(1)},
	}
})

const (
	degrees = `M\.D\.|MD|D\.O\.|MBBS|MBChB|Ph\.?D\.?|FACR|FRCR|PA-C|RN|R\.N\.|CRNP|ARNP|APRN|DPM|DDS|DMD|RT\(R\)|RDMS|NP`
	states  = `AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|IA|ID|IL|IN|KS|KY|LA|MA|MD|ME|MI|MN|MO|MS|MT|NC|ND|NE|NH|NJ|NM|NV|NY|OH|OK|OR|PA|RI|SC|SD|TN|TX|UT|VA|VT|WA|WI|WV|WY|DC`
)

// group masks one group of the pattern; groups several.
func group(n int) func(*Redactor, string, []int) []Span { return groups(n) }

func groups(numbers ...int) func(*Redactor, string, []int) []Span {
	return func(_ *Redactor, _ string, at []int) []Span {
		var out []Span
		for _, n := range numbers {
			if at[2*n] >= 0 {
				out = append(out, Span{at[2*n], at[2*n+1]})
			}
		}
		return out
	}
}

// notNames end a name: what follows a label is no name, or no longer one.
var notNames = listOf("not_a_name")

// nameSpans keeps the words of a name before the first that is none.
func nameSpans(_ *Redactor, text string, at []int) []Span {
	start, end := at[2], at[2]
	for _, t := range wordSpans(degreeBehind.ReplaceAllString(text[at[2]:at[3]], "")) {
		if notNames()[strings.ToLower(t.Of(text[at[2]:at[3]]))] {
			break
		}
		end = at[2] + t.End
	}
	if end == start {
		return nil
	}
	return []Span{{start, end}}
}

// degreeBehind is a degree with full stops at the end of a name.
var degreeBehind = regexp.MustCompile(`,?[ \t]*\b(?:M\.D|D\.O|R\.N|Ph\.D|N\.P|P\.A)\b\.?.*$`)

// smallNameSpans does so for text in small letters, where a word of the lexicon
// ends the name as well.
func smallNameSpans(r *Redactor, text string, at []int) []Span {
	words := wordSpans(text[at[2]:at[3]])
	if len(words) == 0 || lettersOf(text) != smallLetters || r.medical()[strings.ToLower(words[0].Of(text[at[2]:at[3]]))] {
		return nil
	}
	return nameSpans(r, text, at)
}

// titledSpans masks the names behind a title, of two joined by "and" both.
func titledSpans(r *Redactor, text string, at []int) []Span {
	title := strings.TrimSpace(text[at[0]:at[2]])
	first := wordSpans(text[at[2]:at[3]])
	if len(first) == 0 {
		return nil
	}
	word := strings.ToLower(first[0].Of(text[at[2]:at[3]]))
	if strings.ToUpper(title) == title && !strings.HasSuffix(title, ".") && r.medical()[word] {
		return nil // DR and MR are ways of taking pictures, MS is a disease
	}
	if strings.HasSuffix(title, ".") && strings.ToUpper(title) == title && lettersOf(text) != bigLetters && r.medical()[word] {
		return nil // "seen on MR. Brain ..."
	}
	out := titledName(text, at)
	if at[4] >= 0 && !notNames()[strings.ToLower(text[at[4]:at[5]])] {
		out = append(out, Span{at[4], at[5]})
	}
	return out
}

// titledName is the name behind a title: two words at most where no initial or comma shows that
// it goes on, and no word behind the end of a sentence.
func titledName(text string, at []int) []Span {
	name := text[at[2]:at[3]]
	end, kept := 0, 0
	for _, t := range wordSpans(name) {
		w := t.Of(name)
		if notNames()[strings.ToLower(w)] || kept > 0 && strings.Contains(name[end:t.Start], ". ") && len(w) > 1 && end-len(strings.TrimRight(name[:end], ".")) >= 0 && !isInitial(name[:end]) {
			break
		}
		end = t.End
		kept++
	}
	if kept == 0 {
		return nil
	}
	return []Span{{at[2], at[2] + end}}
}

// isInitial reports text that ends in a single letter.
func isInitial(s string) bool {
	words := wordSpans(s)
	return len(words) > 0 && words[len(words)-1].Len() == 1
}

// smallTitledSpans reads "dr smith" in text of small letters.
func smallTitledSpans(r *Redactor, text string, at []int) []Span {
	word := text[at[2]:at[3]]
	dotted := strings.Contains(text[at[0]:at[2]], ".")
	if notNames()[word] || r.medical()[word] && !dotted {
		return nil
	}
	return []Span{{at[2], at[3]}}
}

// degreeSpans masks the words before a degree: one that is a word of the lexicon and has no
// initial or other name beside it is none.
func degreeSpans(r *Redactor, text string, at []int) []Span {
	name := text[at[2]:at[3]]
	words := wordSpans(name)
	first := len(words)
	for i := len(words) - 1; i >= 0; i-- {
		w := strings.ToLower(words[i].Of(name))
		if notNames()[w] || first < len(words) && words[i].Len() > 1 && strings.Contains(name[words[i].End:words[first].Start], ".") {
			break
		}
		first = i
	}
	if first == len(words) || len(words)-first == 1 && r.medical()[strings.ToLower(words[first].Of(name))] {
		return nil
	}
	return []Span{{at[2] + words[first].Start, at[2] + words[len(words)-1].End}}
}

// figureDateSpans masks day and month of 4/8/2026 and 4/8/26; "1/2/3" and an IP
// address are no dates.
func figureDateSpans(_ *Redactor, text string, at []int) []Span {
	a, b := number(text[at[2]:at[3]]), number(text[at[6]:at[7]])
	same := text[at[4]:at[5]] == text[at[8]:at[9]]
	if !same || a == 0 || b == 0 || a > 31 || b > 31 || a > 12 && b > 12 || continues(text, at[0], at[1]) {
		return nil
	}
	return []Span{{at[2], at[3]}, {at[6], at[7]}}
}

func yearFirstSpans(_ *Redactor, text string, at []int) []Span {
	month, day := number(text[at[4]:at[5]]), number(text[at[8]:at[9]])
	if month == 0 || month > 12 || day == 0 || day > 31 || continues(text, at[0], at[1]) {
		return nil
	}
	return []Span{{at[4], at[5]}, {at[8], at[9]}}
}

// continues reports figures that go on in front of or behind a match.
func continues(text string, start, end int) bool {
	before := start > 1 && strings.IndexByte("./-", text[start-1]) >= 0 && isDigit(text[start-2])
	behind := end+1 < len(text) && strings.IndexByte("./-", text[end]) >= 0 && isDigit(text[end+1])
	return before || behind
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

// dayMonthSpans leaves "2 may represent" and "3 march" alone: behind the bare
// number the month needs a capital.
func dayMonthSpans(_ *Redactor, text string, at []int) []Span {
	words := strings.Fields(strings.ReplaceAll(text[at[2]:at[3]], "-", " "))
	month := words[len(words)-1]
	if month == strings.ToLower(month) && (month == "may" || month == "march" || month == "mar" || month == "dec") || number(strings.TrimRight(words[0], "stndrh")) > 31 {
		return nil
	}
	return []Span{{at[2], at[3]}}
}

// birthSpans wants a digit in what stands behind the label.
func birthSpans(_ *Redactor, text string, at []int) []Span {
	if !strings.ContainsAny(text[at[2]:at[3]], "0123456789") {
		return nil
	}
	return []Span{{at[2], at[3]}}
}

// numberSpans wants a digit, and three characters.
func numberSpans(_ *Redactor, text string, at []int) []Span {
	s := text[at[2]:at[3]]
	if len(s) < 3 || !strings.ContainsAny(s, "0123456789") {
		return nil
	}
	return []Span{{at[2], at[3]}}
}
