package codeset

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/radcode/radcode/index"
)

// Which diagnoses an article lists for a procedure: the export of the Medicare Coverage
// Database (article.csv, article_x_hcpc_code.csv, article_x_icd10_covered.csv,
// article_x_icd10_noncovered.csv, in ZIP files within each other), and a table of
// radcode's own.

const (
	articleID = iota
	articleVersion
	articleCode
	articleGroup
	articleRange
)

func articleColumns(code, group string) []column {
	need := telling
	return []column{
		{"article_id", need, anyOf("article id")},
		{"article_version", optional, anyOf("article version")},
		{code, need, anyOf(plainHeading(code))},
		{group, need, anyOf(plainHeading(group))},
		{"range", optional, anyOf("range")},
	}
}

var (
	articleProcedures = paymentFormat{format: "MCD procedures of articles", columns: articleColumns("hcpc_code_id", "hcpc_code_group"), begin: beginArticles, row: articleRow(articlesProcedure)}
	articleCovered    = paymentFormat{format: "MCD covered diagnoses", columns: articleColumns("icd10_code_id", "icd10_covered_group"), begin: beginArticles, row: articleRow(articlesCovered)}
	articleExcluded   = paymentFormat{format: "MCD excluded diagnoses", columns: articleColumns("icd10_code_id", "icd10_noncovered_group"), begin: beginArticles, row: articleRow(articlesExcluded)}
	articleDates      = paymentFormat{format: "MCD articles", begin: beginArticles, row: articleDateRow, columns: []column{
		{"article_id", telling, anyOf("article id")},
		{"article_version", telling, anyOf("article version")},
		{"article_eff_date", telling, anyOf("article eff date")},
		{"article_end_date", required, anyOf("article end date")},
		{"status", required, anyOf("status")},
	}}
)

// What a row of the database says of an article.
const (
	articlesProcedure = iota
	articlesCovered
	articlesExcluded
	articlesDates
)

// articleEntry is a row of the database.
type articleEntry struct {
	what        int
	article     string
	version     int
	code, group string
	span        index.Span
	draft       bool // proposed, or retired without a date
	place
}

// beginArticles lets a file of the export be empty: not every article excludes
// diagnoses.
func beginArticles(r *paymentReader) {
	r.articles, r.mayBeEmpty = []articleEntry{}, true
}

func articleRow(what int) func(*paymentReader, cells) error {
	return func(r *paymentReader, c cells) error {
		e, err := r.entry(what, c)
		if err != nil {
			return err
		}
		codes, err := r.articleCodes(what, c)
		if err != nil {
			return err
		}
		e.group = r.keep(c.get(articleGroup))
		for _, code := range codes {
			e.code = r.keep(code)
			r.articles = append(r.articles, e)
		}
		return nil
	}
}

func (r *paymentReader) entry(what int, c cells) (articleEntry, error) {
	e := articleEntry{what: what, article: r.keep("A" + c.get(articleID)), place: c.place}
	if !digits(c.get(articleID)) {
		return e, c.errorf("article_id %q is no number", c.get(articleID))
	}
	if text := c.get(articleVersion); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil {
			return e, c.errorf("article_version %q is no number", text)
		}
		e.version = n
	}
	return e, nil
}

// articleCodes reads the code of a row, or the codes of a range: "M80-M81", or the last
// code in the column of ranges.
func (r *paymentReader) articleCodes(what int, c cells) ([]string, error) {
	first, last, isRange := strings.Cut(c.get(articleCode), "-")
	if end := c.get(articleRange); end != "" && !strings.EqualFold(end, "N") && !isRange {
		last, isRange = end, true
	}
	if !isRange || strings.TrimSpace(last) == "" { // "M80.-" is a category
		if what == articlesProcedure {
			code, err := c.procedureCode(articleCode)
			return []string{code}, err
		}
		code, err := c.diagnosisCode(articleCode)
		return []string{code}, err
	}
	return r.between(c.place, first, last, what == articlesProcedure)
}

// between spells a range out.
func (r *paymentReader) between(at place, first, last string, procedures bool) ([]string, error) {
	var ok bool
	ends := [2]string{first, last}
	for i, end := range ends {
		if procedures {
			ends[i] = strings.ToUpper(strings.TrimSpace(end))
			ok = isProcedure(ends[i])
		} else {
			ends[i], ok = dottedCode(end)
		}
		if !ok {
			return nil, at.errorf("range %q to %q: %q is no code", first, last, end)
		}
	}
	if ends[1] < ends[0] {
		return nil, at.errorf("range %s to %s ends before it begins", ends[0], ends[1])
	}
	var out []string
	if r.options.Between != nil {
		out = r.options.Between(ends[0], ends[1])
	}
	if len(out) == 0 && !procedures {
		return nil, at.errorf("range %s to %s: no code in it is known; import the ICD-10-CM release of those dates first, or list each code", ends[0], ends[1])
	}
	return out, nil
}

const (
	datedID = iota
	datedVersion
	datedFrom
	datedTo
	datedStatus
)

func articleDateRow(r *paymentReader, c cells) error {
	e, err := r.entry(articlesDates, c)
	if err != nil {
		return err
	}
	if e.span, err = r.span(c, datedFrom, datedTo); err != nil {
		return err
	}
	status := strings.ToUpper(c.get(datedStatus))
	e.draft = status == "P" || status == "R" && e.span.To == ""
	r.articles = append(r.articles, e)
	return nil
}

// articleSheet joins what the files of the database say: the newest version of each
// article, each of its procedures with each of its diagnoses. Where an article's groups
// of procedures have the same numbers as its groups of diagnoses, several of them,
// a group goes with its like; the database does not say which belong together.
func (g *gatherer) articleSheet() *sheet {
	byArticle := map[string][]articleEntry{}
	for _, p := range g.parts {
		for _, e := range p.articles {
			byArticle[e.article] = append(byArticle[e.article], e)
		}
	}
	if len(byArticle) == 0 {
		return nil
	}
	s := &sheet{table: index.PaymentTable{Kind: index.CoverageTable, Name: "MCD"}}
	var names []string
	for name := range byArticle {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		g.joinArticle(s, newestVersion(byArticle[name]))
	}
	return s
}

// newestVersion drops what is of an earlier version; rows that tell none count for all.
func newestVersion(entries []articleEntry) []articleEntry {
	newest := 0
	for _, e := range entries {
		newest = max(newest, e.version)
	}
	return slices.DeleteFunc(entries, func(e articleEntry) bool { return e.version != newest && e.version != 0 })
}

func (g *gatherer) joinArticle(s *sheet, entries []articleEntry) {
	of := func(what int) []articleEntry {
		return slices.DeleteFunc(slices.Clone(entries), func(e articleEntry) bool { return e.what != what })
	}
	procedures, diagnoses, dates := of(articlesProcedure), slices.Concat(of(articlesCovered), of(articlesExcluded)), of(articlesDates)
	var span index.Span
	if len(dates) > 0 {
		if dates[0].draft {
			return
		}
		span = dates[0].span
	}
	byGroup := slices.Equal(groupsOf(procedures), groupsOf(of(articlesCovered))) && len(groupsOf(procedures)) > 1
	known := map[string]bool{}
	seen := map[index.CoveredDx]bool{}
	for _, p := range procedures {
		if !g.knows(p.code) {
			if !known[p.code] {
				s.leftOut++
			}
			known[p.code] = true
			continue
		}
		for _, d := range diagnoses {
			row := index.CoveredDx{Article: p.article, Procedure: p.code, Diagnosis: d.code, Group: d.group, Excluded: d.what == articlesExcluded, Span: span}
			if byGroup && !row.Excluded && p.group != d.group || seen[row] {
				continue
			}
			seen[row] = true
			s.at = append(s.at, d.place)
			s.table.Covered = append(s.table.Covered, row)
		}
	}
}

func groupsOf(entries []articleEntry) []string {
	var out []string
	for _, e := range entries {
		out = append(out, e.group)
	}
	slices.SortFunc(out, func(a, b string) int { return cmp.Or(len(a)-len(b), cmp.Compare(a, b)) })
	return slices.Compact(out)
}

const (
	coverageArticle = iota
	coverageProcedure
	coverageDiagnosis
	coverageListed
	coverageFrom
	coverageTo
	coverageGroup
)

var coverageFormat = paymentFormat{
	format: "coverage table", row: coverageRow,
	columns: []column{
		{"article", telling, anyOf("article")},
		{"procedure", telling, anyOf("procedure")},
		{"diagnosis", telling, anyOf("diagnosis")},
		{"listed", required, anyOf("listed", "coverage")},
		{"from", required, anyOf("from")},
		{"to", required, anyOf("to")},
		{"group", optional, anyOf("group")},
	},
}

func coverageRow(r *paymentReader, c cells) error {
	article := c.get(coverageArticle)
	if article == "" {
		return c.errorf("a row without an article")
	}
	procedure, err := c.procedureCode(coverageProcedure)
	if err != nil {
		return err
	}
	if !r.knows(procedure) {
		return c.errorf("procedure %s is not known to radcode", procedure)
	}
	diagnosis, err := c.diagnosisCode(coverageDiagnosis)
	if err != nil {
		return err
	}
	if !r.knowsDx(diagnosis) {
		return c.errorf("diagnosis %s is in no list of codes radcode has; is the ICD-10-CM release imported?", diagnosis)
	}
	listed := strings.ToLower(c.get(coverageListed))
	if listed != "covered" && listed != "excluded" {
		return c.errorf("listed %q: want covered or excluded", c.get(coverageListed))
	}
	span, err := r.span(c, coverageFrom, coverageTo)
	if err != nil {
		return err
	}
	s := r.sheet(index.CoverageTable, index.AnySetting)
	s.at = append(s.at, c.place)
	s.table.Covered = append(s.table.Covered, index.CoveredDx{
		Article: r.keep(article), Procedure: r.keep(procedure), Diagnosis: r.keep(diagnosis), Group: r.keep(c.get(coverageGroup)),
		Excluded: listed == "excluded", Span: span,
	})
	return nil
}
