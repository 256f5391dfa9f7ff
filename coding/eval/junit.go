package eval

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Class   string        `xml:"classname,attr"`
	Name    string        `xml:"name,attr"`
	Failure *junitFailure `xml:"failure,omitempty"`
}

type junitFailure struct {
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

// writeJUnit makes a test case of every report and code system. It passes when
// all codes are right. Times are left out, so that runs can be compared.
func writeJUnit(r *Run, _ *Manifest, w io.Writer) error {
	all := junitSuites{Name: r.Corpus.base()}
	for _, t := range trecSystems {
		s := junitSuite{Name: tasks[t].name}
		for _, c := range r.Cases {
			if c.outcomes[t] == nil {
				continue
			}
			x := junitCase{Class: r.Corpus.base() + "." + tasks[t].name, Name: c.ID, Failure: c.failure(t)}
			if x.Failure != nil {
				s.Failures++
			}
			s.Cases = append(s.Cases, x)
		}
		if s.Tests = len(s.Cases); s.Tests > 0 {
			all.Suites = append(all.Suites, s)
		}
		all.Tests += s.Tests
		all.Failures += s.Failures
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", " ")
	if err := enc.Encode(all); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func (c *Case) failure(t int) *junitFailure {
	var lines []string
	for _, e := range c.Errors {
		if e.System == tasks[t].name {
			lines = append(lines, e.words())
		}
	}
	if len(lines) == 0 {
		return nil
	}
	return &junitFailure{Message: strings.Join(lines, "; "), Text: fmt.Sprintf("gold %s\npredicted %s\n", c.goldCodes(t), c.predictedCodes(t))}
}

// words tells an error in one line.
func (e CodeError) words() string {
	switch {
	case e.Predicted == "":
		return fmt.Sprintf("%s missed, lost in %s", e.Gold, e.Stage)
	case e.Gold == "":
		return e.Predicted + " extra"
	}
	return fmt.Sprintf("%s instead of %s (%s, lost in %s)", e.Predicted, e.Gold, e.Relation, e.Stage)
}
