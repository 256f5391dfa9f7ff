package coding

import (
	"strings"
	"testing"

	"github.com/radcode/radcode/models"
)

// A word that the lexicon does not hold as written adds its pieces; one that it
// holds does not.
func TestTitleWords(t *testing.T) {
	e, err := New(Options{Subwords: models.NewSubwords([]string{"qq", "##zz", "zz", "##qq", "##q", "knee", "##s", "hc"})})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ title, want string }{
		{"HC CT KNEE", "ct|knee|ct knee"},
		{"CT KNEES", "ct|knee|ct knee|##knee"}, // read as knee, which is a guess
		{"CT QQZZ", "ct|qqzz|ct qqzz|##qq|##zz"},
		{"CT zzqq", "ct|zzqq|ct zzqq|##zz|##qq"},
		{"CT qqq", "ct|qqq|ct qqq|##qq"}, // a letter says nothing
		{"CT \xff\xfe", "ct"},
		{"", ""},
	} {
		got := e.titleWords(e.reader.ReadTitle(c.title))
		if strings.Join(got, "|") != c.want {
			t.Errorf("titleWords(%q) = %q, want %s", c.title, got, c.want)
		}
	}
}
