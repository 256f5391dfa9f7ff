package coding_test

import (
	"strings"
	"testing"

	"github.com/radcode/radcode/coding"
)

// followupsOf writes the follow-ups of a result as the tables below do: action, modality, region,
// interval, code, and what else is said, separated by semicolons.
func followupsOf(r coding.Result) string {
	var out []string
	for _, f := range r.Followups {
		words := []string{f.Action, f.Modality, f.Region, f.Side, f.Interval, f.Code}
		if f.Conditional {
			words = append(words, "conditional")
		}
		if f.Implied {
			words = append(words, "implied")
		}
		out = append(out, strings.Join(strings.Fields(strings.Join(words, " ")), " "))
	}
	return strings.Join(out, "; ")
}

// TestFollowups reads advice as reports word it. Where a text has no heading the sentence
// stands in the impression.
func TestFollowups(t *testing.T) {
	for _, c := range []struct{ exam, text, want string }{
		// Advice, and what it is for.
		{chestCT, "Recommend CT chest in 3 months.", "imaging ct chest P3M 71250"},
		{chestCT, "CT chest in 3 months is recommended.", "imaging ct chest P3M 71250"},
		{chestCT, "Follow-up CT of the chest without contrast is advised at 6-12 months.", "imaging ct chest P6M/P12M 71250"},
		{chestCT, "Per Fleischner Society guidelines, CT at 6 to 12 months is recommended.", "imaging ct chest P6M/P12M 71250"},
		{chestCT, "CT at 6-12 months, then CT at 18-24 months.", "imaging ct chest P6M/P12M 71250; imaging ct chest P18M/P24M 71250"},
		{chestCT, "CT at 6-12 months, then consider CT at 18-24 months.", "imaging ct chest P6M/P12M 71250; imaging ct chest P18M/P24M 71250"},
		{chestCT, "Lung-RADS 3. Recommend low-dose CT in 6 months.", "imaging ct chest P6M 71250"},
		{prostateMR, "PI-RADS 4. MRI-targeted biopsy is recommended.", "biopsy mr prostate"},
		{chestCT, "Repeat CT chest in one year.", "imaging ct chest P1Y 71250"},
		{chestCT, "Six month follow-up chest CT.", "imaging ct chest P6M 71250"},
		{chestCT, "PET/CT is suggested.", "imaging pet chest 78814"},
		{chestCT, "Follow-up in 3 months is recommended.", "imaging ct chest P3M 71250"},
		{chestCT, "Recommend follow up in 12 weeks.", "imaging ct chest P12W 71250"},
		{chestCT, "Further evaluation with contrast-enhanced chest CT is recommended.", "imaging ct chest 71260"},
		{chestCT, "Consider MRI of the brain with and without contrast.", "imaging mr brain 70553"},
		{chestCT, "Recommend chest radiographs in 4-6 weeks to ensure resolution.", "imaging xr chest P4W/P6W 71046"},
		{kidneyCT, "Dedicated renal protocol MRI is recommended.", "imaging mr kidney 74181"},
		{kidneyCT, "Correlate with pelvic ultrasound.", "imaging us pelvis 76856"},
		{kidneyCT, "Correlation with renal ultrasound is advised.", "imaging us kidney 76770"},
		{kidneyCT, "Ultrasound of the thyroid may be helpful.", "imaging us thyroid 76536"},
		{kidneyCT, "Recommend MRI abdomen in 48 hours.", "imaging mr abdomen PT48H 74181"},
		{kidneyCT, "Recommend MRI of the left knee.", "imaging mr knee left 73721"},
		{kidneyCT, "Recommend CT and MRI of the abdomen in 3 months.", "imaging ct abdomen P3M 74150; imaging mr abdomen P3M 74181"},
		{thyroidUS, "Follow-up ultrasound in one year.", "imaging us thyroid P1Y 76536"},
		{thyroidUS, "RECOMMENDATION: Thyroid ultrasound in 12 months.", "imaging us thyroid P12M 76536"},
		{chestCT, "RECOMMENDATION: CT chest without contrast, 6 months.", "imaging ct chest P6M 71250"},
		// Breast.
		{mammogram, "Annual screening mammogram is recommended. BI-RADS 1.", "screening mg breast P1Y 77067"},
		{mammogram, "BI-RADS 2. Screening in one year.", "screening mg breast P1Y 77067"},
		{mammogram, "BI-RADS 2. Routine screening may be resumed.", "screening mg breast 77067"},
		{mammogram, "BI-RADS 2. Continued yearly mammographic screening is recommended.", "screening mg breast P1Y 77067"},
		{leftMammo, "BI-RADS 3. Short-interval follow-up is recommended.", "imaging mg breast left P6M 77065"},
		{leftMammo, "BI-RADS 3. Left diagnostic mammogram in 6 months.", "imaging mg breast left P6M 77065"},
		{mammogram, "BI-RADS 0. Spot magnification views of the right breast are recommended.", "imaging mg breast right 77065"},
		{mammogram, "BI-RADS 0. Recommend targeted right breast ultrasound.", "imaging us breast right 76642"},
		{leftMammo, "BI-RADS 4B. Ultrasound-guided core biopsy is recommended.", "biopsy us breast left 19083"},
		{leftMammo, "BI-RADS 4. Stereotactic biopsy is recommended.", "biopsy breast left 19081"},
		{leftMammo, "BI-RADS 5. Biopsy is recommended.", "biopsy breast left"},
		// Implied by categories.
		{mammogram, "BI-RADS 0.", "imaging mg breast bilateral 77066 implied"},
		{mammogram, "BI-RADS 1.", "screening mg breast bilateral P1Y 77067 implied"},
		{leftMammo, "BI-RADS 3.", "imaging mg breast left P6M 77065 implied"},
		{leftMammo, "BI-RADS 4C.", "biopsy breast left implied"},
		{mammogram, "Right: BI-RADS 2. Left: BI-RADS 5.", "biopsy breast left implied"},
		{leftMammo, "BI-RADS 6.", ""},
		{chestCT, "Lung-RADS 1.", "screening ct lung P1Y 71271 implied"},
		{chestCT, "Lung-RADS 3.", "imaging ct lung P6M 71250 implied"},
		{chestCT, "Lung-RADS 4A.", "imaging ct lung P3M 71250 implied"},
		{thyroidUS, "TI-RADS 4, 1.2 cm.", "imaging us thyroid P1Y 76536 implied"},
		{thyroidUS, "TI-RADS 4 nodule of 1.8 x 1.1 cm.", "biopsy thyroid implied"},
		{thyroidUS, "TI-RADS 4 nodule of 6 mm.", ""},
		{thyroidUS, "TI-RADS 3.", ""},
		{kidneyCT, "Bosniak IIF cyst.", "imaging mr kidney P6M 74183 implied"},
		{kidneyCT, "Bosniak II cyst.", ""},
		{prostateMR, "PI-RADS 5.", "biopsy prostate implied"},
		{liverMR, "LR-3.", "imaging mr liver P3M/P6M 74183 implied"},
		{mammogram, "INDICATION: BI-RADS 4 at an outside hospital.\n\nIMPRESSION: Benign.", ""},
		// Conditions.
		{chestCT, "CT chest in 3 months if clinically indicated.", "imaging ct chest P3M 71250 conditional"},
		{chestCT, "MRI brain may be considered if symptoms persist.", "imaging mr brain 70551 conditional"},
		{chestCT, "If there is concern for embolism, CTA chest is recommended.", "imaging ct chest 71275 conditional"},
		{chestCT, "Recommend CT chest in 12 months in high risk patients.", "imaging ct chest P12M 71250 conditional"},
		// Nothing to follow.
		{chestCT, "No further follow-up needed.", ""},
		{chestCT, "No follow-up imaging is recommended.", ""},
		{chestCT, "CT follow-up is not needed.", ""},
		{chestCT, "The cyst does not require follow-up CT.", ""},
		{chestCT, "No additional imaging is necessary; routine care.", ""},
		{leftMammo, "Biopsy is not indicated. BI-RADS 3. Mammogram in 6 months.", "imaging mg breast left P6M 77065"},
		// Done, or of another time.
		{chestCT, "Compared with follow-up CT of 3 months ago.", ""},
		{chestCT, "Follow-up of prior CT.", ""},
		{chestCT, "CT chest was recommended in the prior report.", ""},
		{chestCT, "The findings and recommendations were discussed with Dr. Ames.", ""},
		{chestCT, "Stable for 2 years on CT.", ""},
		{chestCT, "Nodule unchanged over 6 months.", ""},
		{chestCT, "Repeat CT chest was performed 6 months ago.", ""},
		{chestCT, "Biopsy proven adenocarcinoma.", ""},
		{chestCT, "Status post biopsy 3 weeks ago.", ""},
		{chestCT, "Findings suggest pneumonia.", ""},
		{chestCT, "Recommend correlation with prior CT.", ""},
		{chestCT, "INDICATION: 6-month follow-up CT of nodule.\n\nIMPRESSION: Stable nodule.", ""},
		{chestCT, "TECHNIQUE: Repeat CT chest at 5 minutes was needed.\n\nIMPRESSION: Normal.", ""},
		{chestCT, "Clinical correlation is recommended.", ""},
		{chestCT, "Recommend follow up with primary care physician in 2 weeks.", ""},
		{chestCT, "Recommend retraction of the endotracheal tube by 3 cm.", ""},
		{chestCT, "Orthopedic consultation is recommended.", ""},
		{chestCT, "A chest tube is needed.", ""},
	} {
		text := c.text
		if !strings.Contains(text, "IMPRESSION") && !strings.Contains(text, "RECOMMENDATION") {
			text = "IMPRESSION: " + text
		}
		if got := followupsOf(answerOf(t, report(c.exam, text)).Result); got != c.want {
			t.Errorf("%s, %q:\n got %s\nwant %s", c.exam, c.text, got, c.want)
		}
	}
}
