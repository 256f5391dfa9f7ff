package models

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"
)

func TestSplit(t *testing.T) {
	s := NewSubwords([]string{"arthr", "##ogram", "##og", "##r", "##m", "a", "r", "spine", "c", "##t", "3"})
	for _, c := range []struct {
		text string
		want []string
	}{
		{"arthrogram", []string{"arthr", "##ogram"}},
		{"ARTHROGRM", []string{"arthr", "##og", "##r", "##m"}},
		{"CT, spine-3", []string{"c", "##t", "spine", "3"}},
		{"", nil},
		{" \t\n", nil},
		{"xyz", nil}, // no piece for x
		{"xyz spine", []string{"spine"}},
		{"spine\xff\xfe3", []string{"spine", "3"}},
		{"\xc3", nil},
		{"spiné 3", []string{"3"}},
		{"[UNK] ##t", nil}, // what the vocabulary marks is no text
		{strings.Repeat("a", maxWord+1), nil},
	} {
		for range 2 { // cut, then remembered
			if got := s.Split(c.text); !slices.Equal(got, c.want) {
				t.Errorf("Split(%q) = %q, want %q", c.text, got, c.want)
			}
		}
	}
}

// The memory is bounded whatever is asked.
func TestSplitRemembersLittle(t *testing.T) {
	s := NewSubwords([]string{"a", "##a", "##b"})
	for i := range 3 * memoTexts {
		s.Split("a" + strings.Repeat("b", i%7) + strings.Repeat(" a", i%50) + string(rune('0'+i%10)) + string(rune(0x4e00+i)))
	}
	s.Split(strings.Repeat("a ", maxMemoText))
	if n := s.memo.Len(); n != memoTexts {
		t.Errorf("%d texts remembered, want %d", n, memoTexts)
	}
	for _, k := range s.memo.Keys() {
		if len(k) > maxMemoText {
			t.Fatalf("a text of %d bytes is remembered", len(k))
		}
	}
}

func TestSplitConcurrently(t *testing.T) {
	s, err := LoadSubwords()
	if err != nil {
		t.Fatal(err)
	}
	words := []string{"sialogrm", "hysterosalpingogr", "intussusception", "lumbosac", "tib/fib"}
	want := make([][]string, len(words))
	fresh := NewSubwords(s.Pieces())
	for i, w := range words {
		want[i] = fresh.Split(w)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for i := range 1000 {
				if k := i % len(words); !slices.Equal(s.Split(words[k]), want[k]) {
					t.Errorf("Split(%q) = %q, want %q", words[k], s.Split(words[k]), want[k])
					return
				}
			}
		})
	}
	wg.Wait()
}

// The shipped vocabulary cuts every word of plain letters.
func TestEmbeddedSubwords(t *testing.T) {
	s, err := LoadSubwords()
	if err != nil {
		t.Fatal(err)
	}
	if n := len(s.Pieces()); n < 1000 || n > DefaultSubwordOptions.MaxPieces {
		t.Errorf("%d pieces", n)
	}
	for r := range "abcdefghijklmnopqrstuvwxyz" {
		c := string("abcdefghijklmnopqrstuvwxyz"[r])
		if got := s.Split(c); !slices.Equal(got, []string{c}) {
			t.Errorf("Split(%q) = %q", c, got)
		}
		if !slices.Contains(s.pieces, Continuation+c) {
			t.Errorf("no piece continues with %q", c)
		}
	}
}

func TestReadSubwords(t *testing.T) {
	s := NewSubwords([]string{"b", "##a", "a"})
	var b bytes.Buffer
	if err := s.Write(&b, "one\ntwo"); err != nil {
		t.Fatal(err)
	}
	if want := "# one\n# two\n##a\na\nb\n"; b.String() != want {
		t.Errorf("wrote %q, want %q", b.String(), want)
	}
	again, err := ReadSubwords(&b, "f")
	if err != nil || !slices.Equal(again.Pieces(), s.Pieces()) {
		t.Errorf("read %q, %v", again.Pieces(), err)
	}
	for _, bad := range []string{"##", "a b", "a\xff"} {
		if _, err := ReadSubwords(strings.NewReader("a\n"+bad+"\n"), "f.txt"); err == nil || !strings.Contains(err.Error(), "f.txt:2") {
			t.Errorf("piece %q: error %v", bad, err)
		}
	}
}

func TestTrainSubwords(t *testing.T) {
	var uses []WordUse
	for _, g := range []string{"a", "b", "c"} {
		for _, w := range []string{"arthrogram", "myelogram", "Angiogram", "gram"} {
			uses = append(uses, WordUse{w, g})
		}
	}
	for range 100 { // one hospital's word, however often
		uses = append(uses, WordUse{"quux", "d"})
	}
	opt := SubwordOptions{MaxPieces: 60, MinGroups: 3}
	s := TrainSubwords(uses, opt)
	if got, want := s.Split("venogram"), "##gram"; len(got) == 0 && !slices.Contains(s.pieces, want) {
		t.Errorf("no piece %q in %q", want, s.pieces)
	}
	for _, p := range s.pieces {
		if strings.Contains(p, "q") {
			t.Errorf("piece %q is of one group", p)
		}
	}
	if got := TrainSubwords(uses, SubwordOptions{MaxPieces: 30, MinGroups: 3}).pieces; len(got) > 30 {
		t.Errorf("%d pieces, want at most 30", len(got))
	}
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(uses), func(i, j int) { uses[i], uses[j] = uses[j], uses[i] })
	if again := TrainSubwords(uses, opt); !slices.Equal(again.pieces, s.pieces) {
		t.Errorf("the order of words matters: %q, %q", again.pieces, s.pieces)
	}
}

// Any bytes are a text: pieces are valid, and with the continuation marks taken
// off they spell letters of the text in order.
func FuzzSplit(f *testing.F) {
	s, err := LoadSubwords()
	if err != nil {
		f.Fatal(err)
	}
	for _, text := range []string{"CT ABD/PELV W&WO", "\xff\xfeknee", "Wirbelsäule", "ǅ İ", "a\x00b", strings.Repeat("x", 200)} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		rest := strings.ToLower(text)
		for _, p := range s.Split(text) {
			if !utf8.ValidString(p) || p == Continuation {
				t.Fatalf("piece %q of %q", p, text)
			}
			letters := strings.TrimPrefix(p, Continuation)
			_, after, ok := strings.Cut(rest, letters)
			if !ok {
				t.Fatalf("piece %q of %q stands nowhere", p, text)
			}
			rest = after
		}
		if again := s.Split(text); !slices.Equal(again, s.split(text)) {
			t.Fatalf("Split(%q) = %q, then %q", text, s.split(text), again)
		}
	})
}

func BenchmarkLoadSubwords(b *testing.B) {
	for b.Loop() {
		if _, err := LoadSubwords(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSplit(b *testing.B) {
	s, err := LoadSubwords()
	if err != nil {
		b.Fatal(err)
	}
	if got := s.Split("intussusception"); len(got) == 0 {
		b.Fatal("no pieces")
	}
	b.Run("remembered", func(b *testing.B) {
		for b.Loop() {
			s.Split("intussusception")
		}
	})
	b.Run("cut", func(b *testing.B) {
		for b.Loop() {
			s.split("intussusception")
		}
	})
}
