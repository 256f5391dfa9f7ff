package audit_test

import (
	"sync"
	"testing"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/coding/audit"
)

var engine = sync.OnceValues(func() (*coding.Engine, error) { return coding.New(coding.Options{Today: "2026-03-02"}) })

func newAuditor(t *testing.T) *audit.Auditor { return auditorWith(t, audit.Options{}) }

func auditorWith(t *testing.T, o audit.Options) *audit.Auditor {
	t.Helper()
	var err error
	if o.Engine, err = engine(); err != nil {
		t.Fatal(err)
	}
	o.Today = "2026-03-02"
	a, err := audit.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return a
}
