package coding

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/radcode/radcode/nlp"
)

func TestScratchUnresolved(t *testing.T) {
	if os.Getenv("SCRATCH") == "" {
		t.Skip()
	}
	e, err := New(Options{Policy: Official})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"cmc2007-dev", "reports-dev", "openi-dev", "unlabelled"} {
		out, _ := os.Create("/tmp/rt/un-" + name + ".txt")
		n, noInd, withText, noProblem := 0, 0, 0, 0
		for _, r := range loadRows(name) {
			n++
			res, _ := e.Code(context.Background(), r.Report)
			has := false
			for _, d := range res.Diagnoses {
				if d.Role == RoleIndication || d.Role == RoleScreening {
					has = true
				}
			}
			if has {
				continue
			}
			noInd++
			d := e.reader.Read(r.Report)
			var ind []string
			for _, s := range d.Sections {
				if s.Kind == nlp.SectionIndication && strings.TrimSpace(s.Body.Of(d.Text)) != "" {
					ind = append(ind, strings.Join(strings.Fields(s.Body.Of(d.Text)), " "))
				}
			}
			if len(ind) == 0 {
				continue
			}
			withText++
			var ms []string
			for _, m := range d.Mentions {
				if m.Problem != nil && d.Sections[m.Section].Kind == nlp.SectionIndication {
					ms = append(ms, m.Of(d.Text)+fmt.Sprintf("%+v", m.Assertion.Affirmed()))
				}
			}
			if len(ms) == 0 {
				noProblem++
			}
			var dx []string
			for _, x := range res.Diagnoses {
				dx = append(dx, string(x.Role)+":"+x.Code)
			}
			fmt.Fprintf(out, "%s | %s | problems %v | dx %v | gold %v\n", r.ID, strings.Join(ind, " // "), ms, dx, r.Gold.ICD10CM)
		}
		out.Close()
		fmt.Println(name, n, "no indication dx", noInd, "with indication text", withText, "of these no problem mention", noProblem)
	}
}
