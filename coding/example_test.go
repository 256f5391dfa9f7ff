package coding_test

import (
	"context"
	"fmt"
	"log"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/nlp"
)

func Example() {
	engine, err := coding.New(coding.Options{}) // once; safe for concurrent use
	if err != nil {
		log.Fatal(err)
	}
	result, err := engine.Code(context.Background(), nlp.Report{
		Text: "EXAM: RIGHT WRIST, 3 VIEWS\n\nINDICATION: Right wrist pain.\n\nFINDINGS: No fracture.\n\nIMPRESSION: Normal right wrist.",
		Meta: nlp.Meta{DateOfService: "2026-03-02"},
	})
	if err != nil {
		log.Fatal(err) // only ever the context's
	}
	fmt.Println(result.Claim.Lines[0].Code, result.Claim.Lines[0].Modifiers, result.Claim.Dx)
	// Output: 73110 [RT] [M25.531]
}
