package coding_test

import (
	"context"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/coding/exchange"
	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// BenchmarkStart is what a process pays before its first answer: parsing the
// lexicon and building the tries.
func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		lex, err := lexicon.Load(os.DirFS("../lexicon/data"))
		if err != nil {
			b.Fatal(err)
		}
		if _, err := coding.New(coding.Options{Lexicon: lex}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCode codes the project's own sixty reports, one at a time. The
// answers are checked before they are timed.
func BenchmarkCode(b *testing.B) {
	benchmarkCorpus(b, "../testdata/corpora/demo.jsonl", "demo.jsonl")
}

// BenchmarkOpenI codes chest film reports of the development corpora.
func BenchmarkOpenI(b *testing.B) {
	benchmarkCorpus(b, "../../shared/corpora/openi-dev.jsonl", "openi-dev.jsonl")
}

func benchmarkCorpus(b *testing.B, path, name string) {
	f, err := os.Open(path)
	if err != nil {
		b.Skipf("no corpus: %v", err)
	}
	defer f.Close()
	var reports []nlp.Report
	for r, err := range exchange.ReadCorpus(f, name) {
		if err != nil {
			b.Fatal(err)
		}
		reports = append(reports, r.Report)
	}
	e := engine(b)
	bytes := 0
	for _, r := range reports {
		res, err := e.Code(context.Background(), r)
		if err != nil || len(res.Exams) == 0 && name == "demo.jsonl" {
			b.Fatalf("%s: no answer (%v)", r.ID, err)
		}
		bytes += len(r.Text)
	}
	b.SetBytes(int64(bytes / len(reports)))
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		if _, err := e.Code(context.Background(), reports[i%len(reports)]); err != nil {
			b.Fatal(err)
		}
		i++
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "reports/s")
}

// benchmarkTitles are exam names of every kind of department, in the terse
// style of price lists.
var benchmarkTitles = []string{
	"XR CHEST 2 VIEWS", "HC XR KNEE RT 3 VW", "CT ABD/PELVIS W IV CONTRAST", "MRI BRAIN WO/W CONT", "US RENAL LIMITED",
	"MAMMO SCREENING BILAT W TOMO", "NM BONE SCAN WHOLE BODY", "IR DRAINAGE CATH PLACEMENT ABSCESS", "FLUORO UPPER GI W AIR",
	"CTA HEAD AND NECK W/WO", "DEXA AXIAL SKELETON", "RAD ONC IMRT PLAN", "MR JNT LWR EXTREM W/O DYE LT", "PET CT SKULL BASE TO MID THIGH",
	"US OB > 14 WKS SINGLE FETUS", "XR SPINE LUMBOSACRAL 2-3 V", "CT GUIDED BIOPSY LIVER", "US VENOUS DUPLEX LOWER EXT BIL",
}

// BenchmarkTitle codes exam names alone, warm, as a price list holds them.
func BenchmarkTitle(b *testing.B) {
	e := engine(b)
	for _, t := range benchmarkTitles {
		if res, err := e.Code(context.Background(), nlp.Report{Exam: t}); err != nil || len(res.Exams) == 0 {
			b.Fatalf("%s: no answer (%v)", t, err)
		}
	}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		if _, err := e.Code(context.Background(), nlp.Report{Exam: benchmarkTitles[i%len(benchmarkTitles)]}); err != nil {
			b.Fatal(err)
		}
		i++
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "titles/s")
}

// BenchmarkExamTitles codes the exam names of the development corpus, each once a round: what a name costs that was
// not seen before. The median is what is reported beside the mean.
func BenchmarkExamTitles(b *testing.B) {
	const path = "../../shared/corpora/exam-titles-dev.jsonl"
	f, err := os.Open(path)
	if err != nil {
		b.Skipf("no corpus: %v", err)
	}
	defer f.Close()
	var titles []string
	for r, err := range exchange.ReadCorpus(f, path) {
		if err != nil {
			b.Fatal(err)
		}
		if titles = append(titles, r.Report.Exam); len(titles) == 4000 {
			break
		}
	}
	e := engine(b)
	code := func(title string) {
		if _, err := e.Code(context.Background(), nlp.Report{Exam: title}); err != nil {
			b.Fatal(err)
		}
	}
	for _, t := range titles {
		code(t)
	}
	b.ReportAllocs()
	var took []time.Duration
	for b.Loop() {
		start := time.Now()
		code(titles[len(took)%len(titles)])
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Nanoseconds())/1e3, "median-µs")
}
