package coding

import "github.com/radcode/radcode/lexicon"

// compareViews compares the number of views stated with a code's.
func compareViews(v Views, p *lexicon.Procedure) FeatureID {
	switch {
	case p.ViewsMin == 0 && !v.Stated():
		return noFeature
	case p.ViewsMin == 0:
		return viewsNone
	case !v.Stated() && p.ViewsMin == 1:
		return viewsSilentLow
	case !v.Stated():
		return viewsSilent
	}
	hi, phi := bound(v.Max), bound(p.ViewsMax)
	switch {
	case v.Min == p.ViewsMin && hi == phi:
		return viewsEqual
	case v.Min >= p.ViewsMin && hi <= phi:
		return viewsWithin
	case v.Min <= phi && p.ViewsMin <= hi:
		return viewsOverlap
	}
	return viewsConflict
}

// refineViews says more of ranges that are not one within the other: who asks for one view more or less than a
// code has means the nearest code, and "3 or more" of a code for three means that code.
func refineViews(v Views, p *lexicon.Procedure) FeatureID {
	hi, phi := bound(v.Max), bound(p.ViewsMax)
	switch {
	case p.ViewsMin == 0 || !v.Stated():
		return noFeature
	case hi == p.ViewsMin-1 || v.Min == phi+1:
		return viewsNear
	case v.Min == p.ViewsMin && v.Max == 0 && p.ViewsMax > 0:
		return viewsFrom
	}
	return noFeature
}

func bound(maxViews int) int {
	if maxViews == 0 {
		return 1 << 20
	}
	return maxViews
}
