package exchange

import (
	"html"
	"strings"
)

// documentText returns the text of a document with a media type. A type that is
// no text gives a *FormatError.
func documentText(mediaType string, data []byte) (text, note string, err error) {
	mediaType, _, _ = strings.Cut(strings.ToLower(mediaType), ";")
	text, note, err = DecodeText(data)
	if err != nil {
		return "", "", err
	}
	if strings.Contains(mediaType, "html") {
		return stripTags(text), note, nil
	}
	if looksHTML(text) {
		note = strings.TrimPrefix(note+"; "+noteHTML, "; ")
		text = stripTags(text)
	}
	return text, note, nil
}

const noteHTML = "HTML: read without its tags"

func looksHTML(s string) bool {
	head := strings.ToLower(strings.TrimSpace(s[:min(len(s), 200)]))
	return strings.HasPrefix(head, "<!doctype html") || strings.HasPrefix(head, "<html") || strings.HasPrefix(head, "<div")
}

// breaks are the elements that begin a new line.
var breaks = map[string]bool{
	"br": true, "p": true, "div": true, "tr": true, "li": true, "ul": true, "ol": true, "table": true, "hr": true, "pre": true, "section": true,
	"h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true, "dt": true, "dd": true, "blockquote": true, "body": true,
}

// hidden are the elements whose content is not shown.
var hidden = map[string]bool{"script": true, "style": true, "head": true, "title": true}

// stripTags returns the text of an HTML or XHTML document, lines where a reader
// sees lines. A "<" that begins no tag is text: "T score < 2".
func stripTags(s string) string {
	w := &htmlWriter{}
	end := strings.LastIndexByte(s, '>') + 1
	s, rest := s[:end], s[end:] // no tag can end in the rest
	for s != "" {
		i := strings.IndexByte(s, '<')
		if i < 0 {
			w.text(s)
			break
		}
		w.text(s[:i])
		s = s[i:]
		n := tagLength(s)
		if n == 0 {
			w.text("<")
			s = s[1:]
			continue
		}
		w.tag(s[:n])
		s = s[n:]
	}
	w.text(rest)
	return strings.Trim(w.out.String(), "\n ")
}

// tagLength returns the length of the tag or comment s begins with, or 0. A
// comment without an end hides the rest, as browsers have it.
func tagLength(s string) int {
	if strings.HasPrefix(s, "<!--") {
		if i := strings.Index(s, "-->"); i >= 0 {
			return i + len("-->")
		}
		return len(s)
	}
	if len(s) < 2 || !isLetter(s[1]) && s[1] != '/' && s[1] != '!' && s[1] != '?' {
		return 0
	}
	return strings.IndexByte(s, '>') + 1
}

// htmlWriter collects text; white space is one space outside of pre.
type htmlWriter struct {
	out    strings.Builder
	hidden string // the hidden element we are in
	pre    bool
	space  bool // a space is due before the next word
	fresh  int  // line ends at the end of out
}

func (w *htmlWriter) text(s string) {
	if w.hidden != "" {
		return
	}
	s = strings.ReplaceAll(html.UnescapeString(s), "\u00a0", " ")
	if w.pre {
		w.out.WriteString(s)
		w.fresh = 0
		return
	}
	for i, word := range strings.Fields(s) {
		if (i > 0 || w.space || strings.IndexAny(s[:1], " \t\r\n") == 0) && w.fresh == 0 && w.out.Len() > 0 {
			w.out.WriteByte(' ')
		}
		w.out.WriteString(word)
		w.space, w.fresh = false, 0
	}
	w.space = w.space || s != "" && strings.IndexAny(s[len(s)-1:], " \t\r\n") == 0
}

func (w *htmlWriter) tag(tag string) {
	closing := strings.HasPrefix(tag, "</")
	name := strings.ToLower(strings.Trim(tag, "</>!?"))
	if i := strings.IndexAny(name, " \t\r\n/"); i >= 0 {
		name = name[:i]
	}
	switch {
	case w.hidden != "":
		if closing && name == w.hidden {
			w.hidden = ""
		}
	case hidden[name] && !closing && !strings.HasSuffix(tag, "/>"):
		w.hidden = name
	case name == "td" || name == "th":
		w.space = true
	case breaks[name]:
		w.line(name == "p")
		if name == "pre" {
			w.pre = !closing
		}
	}
}

// line ends the line; after a paragraph it leaves one empty.
func (w *htmlWriter) line(paragraph bool) {
	w.space = false
	want := 1
	if paragraph {
		want = 2
	}
	for ; w.fresh < want && w.out.Len() > 0; w.fresh++ {
		w.out.WriteByte('\n')
	}
}
