package main

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

// pageWidth is the width of all views: what every terminal and printout has.
const pageWidth = 80

// style is how a view may look.
type style struct {
	color bool
	glyphs
}

// glyphs are the characters beyond letters.
type glyphs struct {
	open, close  string // quotation marks
	rule         string
	ask          string
	more         string
	minus        string
	bar          []string // empty to full cell, in even steps
	barOff       string   // the rest of a bar
	error_, warn string
	info         string
}

var (
	unicodeGlyphs = glyphs{"“", "”", "─", "→", "…", "−", []string{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"}, " ", "✗", "!", "·"}
	asciiGlyphs   = glyphs{`"`, `"`, "-", "->", "...", "-", []string{"", "#"}, ".", "x", "!", "-"}
)

// style finds out what the terminal can show.
func (a *app) style() style {
	plain := a.noColor || a.env("NO_COLOR") != "" || !a.isUTF8()
	if plain {
		return style{glyphs: asciiGlyphs}
	}
	return style{color: a.outIsTerminal && a.env("TERM") != "dumb", glyphs: unicodeGlyphs}
}

// isUTF8 follows the order in which the C library looks at locale variables.
func (a *app) isUTF8() bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := strings.ToUpper(a.env(name)); v != "" {
			return strings.Contains(v, "UTF-8") || strings.Contains(v, "UTF8")
		}
	}
	return false
}

// ink is an ANSI attribute.
type ink string

const (
	bold   ink = "1"
	dim    ink = "2"
	red    ink = "31"
	green  ink = "32"
	yellow ink = "33"
	cyan   ink = "36"
)

func (s style) paint(i ink, text string) string {
	if !s.color || i == "" || text == "" {
		return text
	}
	return "\x1b[" + string(i) + "m" + text + "\x1b[0m"
}

// barCells is the width of a confidence bar.
const barCells = 10

// barOf draws a probability.
func (s style) barOf(p float64) string {
	steps := len(s.bar) - 1
	n := int(math.Round(p * float64(barCells*steps)))
	full := strings.Repeat(s.bar[steps], n/steps) + s.bar[n%steps]
	return full + strings.Repeat(s.barOff, barCells-utf8.RuneCountInString(full))
}

// quoteLimit is how many characters of the report one quotation shows.
const quoteLimit = 48

// quote prints words of the report on one line. Control characters, which could
// steer a terminal, become spaces.
func (s style) quote(text string) string {
	text = strings.Join(strings.Fields(printable(text)), " ")
	if utf8.RuneCountInString(text) > quoteLimit {
		text = string([]rune(text)[:quoteLimit]) + s.more
	}
	return s.open + text + s.close
}

func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return ' '
	}, text)
}

// pad fills up to a width in characters.
func pad(text string, width int) string {
	if n := width - utf8.RuneCountInString(text); n > 0 {
		return text + strings.Repeat(" ", n)
	}
	return text
}

// cut shortens to a width in characters.
func (s style) cut(text string, width int) string {
	if utf8.RuneCountInString(text) <= width {
		return text
	}
	keep := width - utf8.RuneCountInString(s.more)
	return strings.TrimRight(string([]rune(text)[:keep]), " ") + s.more
}

// wrap breaks at spaces into lines of at most width characters.
func wrap(text string, width int) []string {
	var lines []string
	line := ""
	for _, w := range strings.Fields(text) {
		switch {
		case line == "":
			line = w
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(w) <= width:
			line += " " + w
		default:
			lines = append(lines, line)
			line = w
		}
	}
	return append(lines, line)
}
