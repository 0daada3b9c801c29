//! Finding where sentences begin and end.
//!
//! The sentence rules of Unicode (UAX #29), reduced to what can be told at an end mark, with
//! changes that serve speech. Only the bytes of end marks and line ends are looked at.
//!
//! - A sentence ends after its end marks and the closing quotes and brackets that follow them
//!   (SB9 to SB11). Marks of scripts that use spaces need white space behind them, so that
//!   `example.com` and `3.14` stay whole (SB6, SB7); `。`, `！`, `।` and their like need none.
//! - A single dot or an ellipsis before a lower-case letter ends nothing (SB8), nor does `!` or
//!   `?` inside quotes before one (`“Why?” she asked`). A digit counts as a capital here.
//! - Initials (`J. Smith`), titles and abbreviations (`Dr.`, `No. 5`), and the number of a list's
//!   item end nothing.
//! - A line's end is white space as any other, because captions break lines anywhere (against
//!   SB4). An empty line, or a paragraph separator, always ends a sentence.
//! - Sound marks such as `[laughter]`, and signs without a letter, that close a paragraph stay
//!   with its last sentence.

mod abbreviation;

use super::script::is_unspaced;
use crate::text::TextSpan;

/// Longest sound mark, in bytes.
const LONGEST_SOUND: usize = 60;

/// The sentences of a text, in order.
///
/// Each starts at a character that is not white space and ends after one. Together they hold all
/// of the text but white space. See the rules in the description of this module.
#[must_use]
pub fn sentences(text: &str) -> Vec<TextSpan> {
    let mut spans = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while let Some(candidate) = next_candidate(text.as_bytes(), at) {
        let step = if let Some(next) = paragraph_end(text, candidate) {
            Step { next, border: Some(candidate) }
        } else {
            step_over(text, start, candidate)
        };
        at = step.next;
        if let Some(end) = step.border {
            spans.extend(trimmed(text, TextSpan { start, end }));
            start = end;
        }
    }
    spans.extend(trimmed(text, TextSpan { start, end: text.len() }));
    spans
}

/// A span without the white space at both ends; nothing when there is nothing else in it.
#[must_use]
pub fn trimmed(text: &str, span: TextSpan) -> Option<TextSpan> {
    let string = &text[span.range()];
    let kept = string.trim_start();
    let start = span.end - kept.len();
    let end = start + kept.trim_end().len();
    (start < end).then_some(TextSpan { start, end })
}

/// Whether white space between two sentences parts paragraphs: it holds an empty line.
#[must_use]
pub fn parts_paragraphs(white: &str) -> bool {
    memchr::memchr_iter(b'\n', white.as_bytes()).nth(1).is_some() || white.contains('\u{2029}')
}

/// What was found out at a candidate byte.
struct Step {
    /// Where to look for the next candidate; always behind this one.
    next: usize,
    /// Where a sentence ends, if it does.
    border: Option<usize>,
}

/// Bytes at which a sentence may end: ASCII marks, line ends, and the first bytes of other marks.
static CANDIDATES: [bool; 256] = {
    let mut table = [false; 256];
    let bytes = b".?!\n\xD6\xD8\xDB\xE0\xE1\xE2\xE3\xEF";
    let mut at = 0;
    while at < bytes.len() {
        table[bytes[at] as usize] = true;
        at += 1;
    }
    table
};

fn next_candidate(bytes: &[u8], from: usize) -> Option<usize> {
    let found = bytes.get(from..)?.iter().position(|byte| CANDIDATES[usize::from(*byte)])?;
    Some(from + found)
}

/// Behind an empty line or paragraph separator that starts at `at`, if one does.
fn paragraph_end(text: &str, at: usize) -> Option<usize> {
    if text[at..].starts_with('\u{2029}') {
        return Some(at + '\u{2029}'.len_utf8());
    }
    let following = text[at..]
        .strip_prefix('\n')?
        .trim_start_matches(|c: char| c.is_whitespace() && c != '\n' && c != '\u{2029}');
    following.starts_with('\n').then_some(text.len() - following.len())
}

/// What an end mark is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// One `.`, which may also belong to an abbreviation.
    Dot,
    /// `…` or several dots.
    Ellipsis,
    /// `!`, `?` and their like.
    Strong,
    /// The marks of scripts that put no space behind them.
    Unspaced,
}

fn mark(c: char) -> Option<Mark> {
    match c {
        '.' => Some(Mark::Dot),
        '…' => Some(Mark::Ellipsis),
        '!' | '?' | '‼' | '‽' | '⁇' | '⁈' | '⁉' => Some(Mark::Strong),
        // Armenian, Arabic, Indic, Burmese, Ethiopic, Khmer, Chinese and Japanese.
        '։' | '؟' | '۔' | '।' | '॥' | '။' | '።' | '፧' | '។' | '៕' | '。' | '！' | '？' | '．'
        | '｡' => Some(Mark::Unspaced),
        _ => None,
    }
}

/// Decides about the end marks at `at`, in a sentence that starts at or behind `start`.
fn step_over(text: &str, start: usize, at: usize) -> Step {
    let (kind, marks_end) = marks_from(text, at);
    let Some(kind) = kind else {
        return Step { next: marks_end, border: None };
    };
    let (end, is_quoted) = closed(text, marks_end, kind);
    let going_on = Step { next: end, border: None };
    let behind = text[end..].chars().next();
    let is_free = match kind {
        Mark::Unspaced => !is_between_digits(text, at, end),
        Mark::Strong => behind.is_some_and(|c| c.is_whitespace() || is_unspaced(c)),
        Mark::Dot | Mark::Ellipsis => behind.is_some_and(char::is_whitespace),
    };
    if !is_free {
        return going_on;
    }
    let Some(opening) = opening(text, end) else {
        return going_on;
    };
    let is_lower = opening.starts_with(char::is_lowercase);
    let is_border = match kind {
        Mark::Dot => !is_lower && !abbreviation::is_at(text, start, at, opening),
        Mark::Ellipsis => !is_lower,
        Mark::Strong => !(is_lower && is_quoted),
        Mark::Unspaced => true,
    };
    if is_border { Step { next: end, border: Some(end) } } else { going_on }
}

/// The kind of a run of end marks and where it ends; no kind when there is no mark.
fn marks_from(text: &str, at: usize) -> (Option<Mark>, usize) {
    let mut kind = None;
    for (offset, c) in text[at..].char_indices() {
        let Some(mark) = mark(c) else {
            let end = if kind.is_none() { at + c.len_utf8() } else { at + offset };
            return (kind, end);
        };
        kind = Some(match (kind, mark) {
            (None, mark) => mark,
            (Some(Mark::Unspaced), _) | (_, Mark::Unspaced) => Mark::Unspaced,
            (Some(Mark::Strong), _) | (_, Mark::Strong) => Mark::Strong,
            _ => Mark::Ellipsis,
        });
    }
    (kind, text.len())
}

/// Behind the quotes and brackets that close a sentence, and whether a quote is among them.
fn closed(text: &str, from: usize, kind: Mark) -> (usize, bool) {
    let mut end = from;
    let mut is_quoted = false;
    for c in text[from..].chars() {
        let is_quote = match c {
            '"' | '\'' | '’' | '”' | '»' | '›' | '」' | '』' | '＂' => true,
            // These close in German and Danish, but open where no space is put between sentences.
            '“' | '‘' | '«' | '‹' => kind != Mark::Unspaced,
            _ => false,
        };
        let is_bracket = matches!(c, ')' | ']' | '}' | '）' | '］' | '】' | '》' | '〉' | '〕');
        // Marks of emphasis, where a format leaves them in the text.
        let is_emphasis = matches!(c, '*' | '_' | '`');
        if !is_quote && !is_bracket && !is_emphasis {
            break;
        }
        is_quoted |= is_quote;
        end += c.len_utf8();
    }
    french_quote_end(text, end).map_or((end, is_quoted), |end| (end, true))
}

/// Behind a `»` that closes after a space, as French sets it.
fn french_quote_end(text: &str, from: usize) -> Option<usize> {
    let following = text[from..].strip_prefix([' ', '\u{A0}', '\u{202F}'])?.strip_prefix('»')?;
    let opens = following.starts_with(|c: char| c.is_alphanumeric());
    (!opens).then_some(text.len() - following.len())
}

fn is_between_digits(text: &str, start: usize, end: usize) -> bool {
    text[..start].ends_with(char::is_numeric) && text[end..].starts_with(char::is_numeric)
}

/// What follows in this paragraph, from its first letter or digit; sound marks do not count.
fn opening(text: &str, from: usize) -> Option<&str> {
    let mut rest = &text[from..];
    loop {
        let c = rest.chars().next()?;
        if paragraph_end(text, text.len() - rest.len()).is_some() {
            return None;
        }
        if c.is_alphanumeric() || mark(c).is_some() {
            return Some(rest);
        }
        rest = behind_sound(rest).unwrap_or(&rest[c.len_utf8()..]);
    }
}

/// What follows a sound mark such as `[laughter]` or `(laughs)`, if the text starts with one.
fn behind_sound(text: &str) -> Option<&str> {
    let close = match text.as_bytes().first()? {
        b'[' => b']',
        b'(' => b')',
        _ => return None,
    };
    let bytes = &text.as_bytes()[..text.len().min(LONGEST_SOUND)];
    let end = bytes.iter().position(|byte| *byte == close)?;
    let is_sentence = text[..end].contains(['.', '!', '?', '\n']);
    (!is_sentence).then(|| &text[end + 1..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|span| &text[span.range()]).collect()
    }

    /// Each text has a `|` where a sentence must end, and no sentence ends elsewhere.
    fn assert_borders(marked: &[&str]) {
        for text in marked {
            let plain = text.replace('|', "");
            let expected: Vec<&str> = text.split('|').map(str::trim).collect();
            assert_eq!(found(&plain), expected);
        }
    }

    #[test]
    fn sentences_end_at_their_marks() {
        assert_borders(&[
            "The drums came first.| Then the bass! |Did it work?| It did.",
            "We never left?!| 1999 was over.|   Four songs were done",
            "Was the tape lost⁇| It was.",
        ]);
    }

    #[test]
    fn text_without_an_end_is_one_sentence() {
        assert_eq!(found("  so we kept going \n"), ["so we kept going"]);
        assert_eq!(found(" \n\n "), Vec::<&str>::new());
        assert_eq!(found("***"), ["***"]);
    }

    #[test]
    fn names_and_numbers_with_dots_are_whole() {
        assert_borders(&["See example.com for 3.14 and v1.2 now.| Or Node.js.| Wow!Really"]);
    }

    #[test]
    fn initials_end_nothing() {
        assert_borders(&[
            "It was J. Smith who played.| The rest followed.",
            "N.W.A. was there. |So was J.R.R. Tolkien in the U.S. Army.",
            "She met I. M. Pei.| Only you and I.| Nobody else.",
            "We lived in the U.S.| The band did not.| At 5 p.m.| Rita left.",
        ]);
    }

    #[test]
    fn titles_and_abbreviations_end_nothing() {
        assert_borders(&[
            "Dr. Okafor met Mrs. Lund at St. Mary.| They spoke.",
            "Vinyl vs. Tape is old.| Cables, mics, etc. were ours.| Strings, horns, etc.| We won.",
            "Use a filter, e.g. Butterworth.| It is No. 5 on p. 12.| No.| Never.",
            "Herr Dr. Weiß kam z.B. Montags, d.h. Nr. 7 am 3. Mai usw.| Das war gut.",
            "El Sr. Pérez y la Sra. Ruiz vinieron.| M. Petit et Mlle. Roux aussi.",
        ]);
    }

    #[test]
    fn the_number_of_an_item_ends_nothing() {
        assert_borders(&["1. Tune the snare.| 2. Record it in room 12.| Done."]);
    }

    #[test]
    fn an_ellipsis_before_a_small_letter_ends_nothing() {
        assert_borders(&["Well… we tried... and failed.| Maybe...| Yes…| No."]);
    }

    #[test]
    fn a_line_end_is_no_border_but_an_empty_line_is() {
        assert_borders(&[
            "the best\nband We\r\nsaw. |Then\nit ended",
            "A heading\n|\nits text\r\n|\r\nmore\n \t|\nand more\u{2029}|end",
        ]);
    }

    #[test]
    fn closing_quotes_and_brackets_belong_to_the_sentence_before() {
        assert_borders(&[
            "(He left.)| “She stayed.”| 'We saw.'| Good",
            "„Komm mit.“| »Nein.«| *So war es.*| Gut",
            "« Tu viens ? »| « Non. »| Fin",
        ]);
    }

    #[test]
    fn a_question_inside_a_sentence_does_not_end_it() {
        assert_borders(&["“Who knows?” she asked.| “Stop!” |He did.| What? |no"]);
    }

    #[test]
    fn sound_marks_at_the_end_of_a_paragraph_stay_with_its_last_sentence() {
        assert_borders(&[
            "It broke. [laughter]\n|\nWe fixed it. (applause) [music]",
            "It broke.| [laughter] We fixed it. 🎉",
        ]);
    }

    #[test]
    fn scripts_without_spaces_have_marks_of_their_own() {
        assert_borders(&[
            "音楽が好き。|本当？！|「はい。」|終わり",
            "他说。|“好”。|什么?|好３．５个。|完",
            "यह गीत है।| वह नहीं।| هل سمعت؟| نعم",
        ]);
    }

    #[test]
    fn white_space_with_an_empty_line_parts_paragraphs() {
        assert!(parts_paragraphs(" \r\n\t\r\n") && parts_paragraphs("\u{2029}"));
        assert!(!parts_paragraphs(" \n ") && !parts_paragraphs(""));
    }

    proptest! {
        #[test]
        fn sentences_hold_everything_but_white_space(
            text in "([a-zA-Z0-9éß音。！…]|[.?!]|[ \n\r\t\u{2029}\u{85}]|[\\[\\]()\"'“”»«]|\\PC){0,80}",
        ) {
            let mut end = 0;
            for span in sentences(&text) {
                let between = text.get(end..span.start);
                prop_assert!(between.is_some_and(|white| white.trim().is_empty()));
                let sentence = &text[span.range()];
                prop_assert!(!sentence.is_empty());
                prop_assert_eq!(sentence.trim(), sentence);
                prop_assert!(!sentence.contains("\n\n"));
                end = span.end;
            }
            prop_assert!(text[end..].trim().is_empty());
        }

        #[test]
        fn any_string_has_sentences(text in any::<String>()) {
            let letters: usize = sentences(&text).iter().map(|span| span.end - span.start).sum();
            prop_assert!(letters <= text.len());
        }
    }
}
