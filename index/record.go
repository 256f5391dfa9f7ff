package index

// ReleaseCode is a code as its release publishes it.
type ReleaseCode struct {
	ID       string `json:"code"` // with the dot
	Title    string `json:"title"`
	Short    string `json:"short"`
	Billable bool   `json:"billable"`
	Parent   string `json:"parent,omitempty"`  // the code above, "" for a category
	Block    string `json:"block,omitempty"`   // A00-A09
	Chapter  string `json:"chapter,omitempty"` // "chapter 1"
}

// Block is a chapter or a block of categories.
type Block struct {
	ID    string `json:"id"` // A00-A09, "chapter 1"
	Title string `json:"title"`
	First string `json:"first"` // first and last category
	Last  string `json:"last"`
}

// IsChapter tells chapters from blocks.
func (b Block) IsChapter() bool { return len(b.ID) > 8 && b.ID[:8] == "chapter " }

// NoteKind says what an instruction asks for.
type NoteKind string

// Kinds of notes, in the words of the tabular list.
const (
	Inclusion     NoteKind = "inclusionTerm"     // a further name of the code
	Includes      NoteKind = "includes"          // what a category or block takes in
	Excludes1     NoteKind = "excludes1"         // never coded together
	Excludes2     NoteKind = "excludes2"         // not meant here; both may be coded
	CodeFirst     NoteKind = "codeFirst"         // an underlying condition comes before
	UseAdditional NoteKind = "useAdditionalCode" // a further code follows
	CodeAlso      NoteKind = "codeAlso"          // a further code, in whichever order
	SeventhNote   NoteKind = "sevenChrNote"      // which codes take a seventh character
	Remark        NoteKind = "notes"
)

// noteKinds are all kinds, in the order in which a code's notes are shown.
var noteKinds = []NoteKind{Inclusion, Includes, Excludes1, Excludes2, CodeFirst, UseAdditional, CodeAlso, SeventhNote, Remark}

// KnownNote reports whether a kind of note is one of the constants.
func KnownNote(k NoteKind) bool {
	for _, known := range noteKinds {
		if k == known {
			return true
		}
	}
	return false
}

// Note is an instruction that counts for a code.
type Note struct {
	Kind  NoteKind `json:"kind"`
	Text  string   `json:"text"`
	Owner string   `json:"owner"` // where it stands: the code itself, a code above, its block or chapter
}

// Seventh is a seventh character and what it says.
type Seventh struct {
	Char    string `json:"char"`
	Meaning string `json:"meaning"`
}

// Table names one of the alphabetic tables.
type Table uint8

// Tables of a release.
const (
	Alphabetic Table = iota // index to diseases and injuries
	External                // index to external causes
	Neoplasms               // sites; Cells by Behavior
	Drugs                   // substances; Cells by Circumstance
)

// String is the table's name in messages.
func (t Table) String() string {
	return [...]string{"index", "external causes", "neoplasms", "drugs"}[t]
}

// Behavior is a column of the neoplasm table.
type Behavior int

// Behaviours of a neoplasm, as indexes into Term.Cells.
const (
	MalignantPrimary Behavior = iota
	MalignantSecondary
	InSitu
	Benign
	Uncertain
	Unspecified
)

// Circumstance is a column of the table of drugs and chemicals.
type Circumstance int

// Circumstances, as indexes into Term.Cells.
const (
	PoisoningAccidental Circumstance = iota
	PoisoningSelfHarm
	PoisoningAssault
	PoisoningUndetermined
	AdverseEffect
	Underdosing
)

const numCells = 6

// Term is an entry of an alphabetic table.
type Term struct {
	Path         []string `json:"path"`                   // titles from the main term down
	Nonessential string   `json:"nonessential,omitempty"` // of the last: words that may be absent, "(acute) (chronic)"
	Code         string   `json:"code,omitempty"`         // a dash at the end: more characters are needed
	Also         string   `json:"also,omitempty"`         // manifestation, coded second
	See          string   `json:"see,omitempty"`          // look there instead
	SeeAlso      string   `json:"see_also,omitempty"`     // look there as well
	Cells        []string `json:"cells,omitempty"`        // codes by Behavior or Circumstance, "" = none
	row          int
	table        Table
}

// Change is a difference between a release and the one before it.
type Change struct {
	Kind     ChangeKind `json:"change"`
	Code     string     `json:"code"`
	Title    string     `json:"title"` // now; of a deleted code, as it was
	Was      string     `json:"was,omitempty"`
	Billable bool       `json:"billable"`
}

// ChangeKind says what became of a code.
type ChangeKind string

// Kinds of changes. A code of which both title and use changed is listed twice.
const (
	Added      ChangeKind = "added"
	Deleted    ChangeKind = "deleted"
	Revised    ChangeKind = "revised"            // another title
	ToHeader   ChangeKind = "billable_to_header" // needs more characters now
	ToBillable ChangeKind = "header_to_billable"
)
