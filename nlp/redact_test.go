package nlp_test

import (
	"bufio"
	"os"
	"strings"
	"testing"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

func redactor(t testing.TB) *nlp.Redactor {
	t.Helper()
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	return nlp.NewRedactor(lex)
}

// TestRedactLines measures masking on lines of our own. In each line what has to be
// masked stands in {braces}; everything else must stay. Lines of the second half were not looked at while
// the rules were written.
func TestRedactLines(t *testing.T) {
	r := redactor(t)
	for _, part := range []struct {
		file          string
		missed, false int // letters and digits, at most
	}{{"testdata/redact-seen.txt", 0, 0}, {"testdata/redact-unseen.txt", 0, 6}} {
		lines, identifiers, want, missed, kept, wrong := 0, 0, 0, 0, 0, 0
		f, err := os.Open(part.file)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for s := bufio.NewScanner(f); s.Scan(); {
			line := s.Text()
			if line == "" || strings.HasPrefix(line, "#") {
				continue
			}
			text, inside := unbrace(line)
			lines++
			identifiers += strings.Count(line, "{")
			masked := r.Mask(text)
			m, w := 0, 0
			for i := range len(text) {
				isLetter := text[i] != '*' && (text[i] >= 'a' && text[i] <= 'z' || text[i] >= 'A' && text[i] <= 'Z' || text[i] >= '0' && text[i] <= '9' || text[i] >= 0x80)
				switch {
				case !isLetter:
				case inside[i]:
					want++
					if masked[i] == text[i] {
						m++
					}
				default:
					kept++
					if masked[i] != text[i] {
						w++
					}
				}
			}
			if m+w > 0 {
				t.Logf("%s: %d missed, %d too many\n  want %s\n  got  %s", part.file, m, w, line, masked)
			}
			missed, wrong = missed+m, wrong+w
		}
		t.Logf("%s: %d lines, %d identifiers of %d characters: %d missed (recall %.3f); %d of %d others masked", part.file, lines, identifiers, want, missed, 1-float64(missed)/float64(want), wrong, kept)
		if missed > part.missed || wrong > part.false {
			t.Errorf("%s: %d characters missed, %d masked for nothing", part.file, missed, wrong)
		}
	}
}

// unbrace takes the braces off and says which bytes stood between them.
func unbrace(line string) (string, map[int]bool) {
	var b strings.Builder
	inside := map[int]bool{}
	open := false
	for i := range len(line) {
		switch line[i] {
		case '{':
			open = true
		case '}':
			open = false
		default:
			inside[b.Len()] = open
			b.WriteByte(line[i])
		}
	}
	return b.String(), inside
}
