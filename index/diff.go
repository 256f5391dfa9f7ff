package index

import (
	"cmp"
	"slices"
	"strings"
)

// changeKinds in the order in which Diff tells them.
var changeKinds = []ChangeKind{Added, Deleted, Revised, ToHeader, ToBillable}

// Diff returns what is different in a later release: codes added and deleted,
// long titles revised, codes that became headers or billable. By kind, then by
// code.
func Diff(old, later *Release) []Change {
	var out []Change
	a, b := old.flat.tables[secCodes].rows(), later.flat.tables[secCodes].rows()
	for i, k := 0, 0; i < a || k < b; {
		switch {
		case k == b || i < a && old.id(i) < later.id(k):
			out = append(out, changeOf(Deleted, old.code(i), ""))
			i++
		case i == a || old.id(i) > later.id(k):
			out = append(out, changeOf(Added, later.code(k), ""))
			k++
		default:
			out = append(out, between(old.code(i), later.code(k))...)
			i, k = i+1, k+1
		}
	}
	slices.SortStableFunc(out, func(x, y Change) int {
		return cmp.Or(slices.Index(changeKinds, x.Kind)-slices.Index(changeKinds, y.Kind), strings.Compare(x.Code, y.Code))
	})
	return out
}

// between compares a code with itself in a later release.
func between(was, is ReleaseCode) (out []Change) {
	if was.Title != is.Title {
		out = append(out, changeOf(Revised, is, was.Title))
	}
	switch {
	case was.Billable && !is.Billable:
		out = append(out, changeOf(ToHeader, is, ""))
	case !was.Billable && is.Billable:
		out = append(out, changeOf(ToBillable, is, ""))
	}
	return out
}

func changeOf(kind ChangeKind, c ReleaseCode, was string) Change {
	return Change{Kind: kind, Code: c.ID, Title: c.Title, Was: was, Billable: c.Billable}
}
