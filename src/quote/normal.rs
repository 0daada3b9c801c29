//! The form in which a quotation and its source are compared, character by character.
//!
//! Two strings that have the same normal form differ in nothing but:
//!
//! - white space: its kind and amount anywhere, and whether there is any beside punctuation or
//!   between characters of Chinese and Japanese. Between two words, or the digits of two numbers,
//!   there must be some in both or in neither;
//! - the shape of quotation marks and apostrophes: all of them are `'`, and so are several in a row;
//! - the shape of dashes and hyphens: all of them are `-`, and so are several in a row;
//! - the shape of an ellipsis: `…`, `...` and `. . .` are one, and a full stop beside it belongs to
//!   it, as in `....`;
//! - what cannot be seen: soft hyphens, characters of no width, composed or decomposed accents, and
//!   the ligatures of type (`ﬁ` is `fi`).
//!
//! Case, accents, digits, words and all other punctuation count.

use unicode_normalization::{UnicodeNormalization, char::canonical_combining_class, is_nfc};

use super::marks::is_dash;
use crate::text::TextSpan;

/// A string in normal form that knows which bytes each of its bytes came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Normal {
    string: String,
    /// For each byte of `string`, the bytes that it stands for.
    origin: Vec<TextSpan>,
}

impl Normal {
    /// The normal form of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut writer = Writer::with_capacity(text.len());
        writer.write(text);
        writer.normal
    }

    /// The normal form.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.string
    }

    /// The bytes of the text that a stretch of the normal form stands for.
    #[must_use]
    pub fn origin(&self, span: TextSpan) -> Option<TextSpan> {
        let covered = self.origin.get(span.range())?;
        Some(TextSpan::new(covered.first()?.start, covered.last()?.end))
    }
}

/// A string in normal form without its closing punctuation.
///
/// The very end of a quotation may have another than its source, or none: full stops, commas,
/// colons, question and exclamation marks, dashes, and the marks that close a quotation inside it.
#[must_use]
pub fn without_closing_punctuation(normal: &str) -> &str {
    normal.trim_end_matches(|it| {
        matches!(
            it,
            '.' | ',' | ';' | ':' | '!' | '?' | '-' | '\'' | ' ' | '。' | '、' | '！' | '？'
        )
    })
}

struct Writer {
    normal: Normal,
    /// White space was read since the last character.
    space: bool,
}

impl Writer {
    fn with_capacity(bytes: usize) -> Self {
        let normal =
            Normal { string: String::with_capacity(bytes), origin: Vec::with_capacity(bytes) };
        Self { normal, space: false }
    }

    fn write(&mut self, text: &str) {
        let composed = text.is_ascii() || is_nfc(text);
        let mut at = 0;
        while let Some(character) = text[at..].chars().next() {
            let mut length = character.len_utf8();
            let rest = &text[at..];
            if character.is_ascii_alphanumeric() && composed {
                self.push(character, TextSpan::new(at, at + 1));
                at += 1;
                continue;
            }
            let shape = if character.is_whitespace() || character == '\u{2800}' {
                self.space = true;
                at += length;
                continue;
            } else if is_invisible(character) {
                at += length;
                continue;
            } else if let Some(ellipsis) = ellipsis(rest) {
                length = ellipsis;
                '…'
            } else if is_dash(character) {
                '-'
            } else if is_quotation_mark(character) {
                '\''
            } else {
                if !composed {
                    length += rest[length..].find(|it| !extends(it)).unwrap_or(rest.len() - length);
                }
                let span = TextSpan::new(at, at + length);
                match ligature(character) {
                    Some(letters) => letters.chars().for_each(|it| self.push(it, span)),
                    None if composed => self.push(character, span),
                    // Some compose to a mark, such as the Greek varia to a grave accent.
                    None => rest[..length].nfc().for_each(|it| {
                        self.push(if is_quotation_mark(it) { '\'' } else { it }, span);
                    }),
                }
                at += length;
                continue;
            };
            self.push(shape, TextSpan::new(at, at + length));
            at += length;
        }
    }

    fn push(&mut self, character: char, span: TextSpan) {
        if std::mem::take(&mut self.space) && self.space_counts(character) {
            self.append(' ', TextSpan::new(span.start, span.start));
        }
        self.append(character, span);
    }

    fn append(&mut self, character: char, span: TextSpan) {
        if matches!(character, '-' | '…' | '\'') && self.normal.string.ends_with(character) {
            let start = self.normal.string.len() - character.len_utf8();
            self.normal.origin[start..].iter_mut().for_each(|it| it.end = span.end);
            return;
        }
        self.normal.string.push(character);
        self.normal.origin.resize(self.normal.string.len(), span);
    }

    /// Whether white space before a character tells anything: it does between words.
    fn space_counts(&self, next: char) -> bool {
        let mut before = self.normal.string.chars().rev();
        let Some(last) = before.next() else {
            return false;
        };
        if is_word(last) && is_word(next) {
            return !(has_no_spaces(last) || has_no_spaces(next));
        }
        // `3. 5` is not `3.5`.
        next.is_numeric()
            && matches!(last, '.' | ',' | ':')
            && before.next().is_some_and(char::is_numeric)
    }
}

/// Bytes of an ellipsis at the start of a text: `…`, three dots or more, spaced out or not.
pub(super) fn ellipsis(text: &str) -> Option<usize> {
    let (mut length, mut dots) = (0, 0);
    for (at, character) in text.char_indices() {
        match character {
            '…' => dots += 3,
            '.' => dots += 1,
            _ if dots > 0 && character.is_whitespace() => continue,
            _ => break,
        }
        length = at + character.len_utf8();
    }
    (dots >= 3).then_some(length)
}

fn is_invisible(character: char) -> bool {
    matches!(character, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{0}')
}

fn is_quotation_mark(character: char) -> bool {
    matches!(character, '\'' | '`' | '´' | 'ʼ' | '‛' | '‟' | '＇' | '＂' | '〝' | '〞' | '〟')
        || super::marks::is_mark(character)
}

fn ligature(character: char) -> Option<&'static str> {
    Some(match character {
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        _ => return None,
    })
}

/// Whether a character belongs to the one before it when accents are composed.
fn extends(character: char) -> bool {
    canonical_combining_class(character) != 0 || matches!(character, '\u{1160}'..='\u{11FF}')
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || canonical_combining_class(character) != 0
}

/// Whether a script sets no spaces at all, so that one only comes from a line's end.
fn has_no_spaces(character: char) -> bool {
    matches!(character as u32,
        0x3005..=0x3007 | 0x3040..=0x30FF | 0x31F0..=0x31FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF
        | 0xF900..=0xFAFF | 0xFF66..=0xFF9F | 0x20000..=0x3FFFF)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn same(a: &str, b: &str) -> bool {
        Normal::of(a).as_str() == Normal::of(b).as_str()
    }

    #[test]
    fn shapes_and_white_space_do_not_count() {
        for (a, b) in [
            ("we  don't\nknow", "we don’t know"),
            ("“no,” he said", "\"no,\" he said"),
            ("“no,” he said", "``no,'' he said"),
            ("\u{1FEF}no", "'no"),
            ("« non ! »", "\"non!\""),
            ("‘so’", "\"so\""),
            ("word — word", "word--word"),
            ("word–word", "word-word"),
            ("1990 – 1995", "1990-1995"),
            ("well… no", "well ... no"),
            ("well. . . no", "well…no"),
            ("cafe\u{301}", "café"),
            ("con\u{AD}trol", "control"),
            ("ﬁlm", "film"),
            ("音楽\n史", "音楽史"),
            ("한국", "한국"),
        ] {
            assert!(same(a, b), "{a} and {b}: {:?} {:?}", Normal::of(a), Normal::of(b));
        }
    }

    #[test]
    fn everything_else_counts() {
        for (a, b) in [
            ("every day", "everyday"),
            ("3. 5", "3.5"),
            ("1 000", "1000"),
            ("The", "the"),
            ("café", "cafe"),
            ("no, sir", "no sir"),
            ("5%", "5"),
            ("well-known", "well known"),
            ("\"no\"", "no"),
            ("so (yes)", "so yes"),
            ("x²", "x2"),
            ("1990 1995", "1990-1995"),
        ] {
            assert!(!same(a, b), "{a} and {b}");
        }
    }

    #[test]
    fn closing_punctuation_may_go() {
        assert_eq!(without_closing_punctuation("so 'go.'"), "so 'go");
        assert_eq!(without_closing_punctuation("5%."), "5%");
        assert_eq!(without_closing_punctuation("(so)."), "(so)");
    }

    #[test]
    fn a_stretch_knows_where_it_came_from() {
        let text = "a “b”  ﬁ...";
        let normal = Normal::of(text);
        assert_eq!(normal.as_str(), "a'b'fi…");
        let origin =
            |start, end| normal.origin(TextSpan::new(start, end)).map(|it| &text[it.range()]);
        assert_eq!(origin(1, 4), Some("“b”"));
        assert_eq!(origin(4, 5), Some("ﬁ"));
        assert_eq!(origin(6, 9), Some("..."));
        assert_eq!(origin(0, 0), None);
        assert_eq!(origin(0, 99), None);
    }

    proptest! {
        #[test]
        fn origins_are_in_order_on_character_borders(text in "[a-z0-9 .,'\"“”–—…é\u{301}ﬁ音\n-]{0,30}|\\PC{0,30}") {
            let normal = Normal::of(&text);
            prop_assert_eq!(normal.string.len(), normal.origin.len());
            for pair in normal.origin.windows(2) {
                prop_assert!(pair[0].start <= pair[1].start && pair[0].end <= pair[1].end);
            }
            prop_assert!(normal.origin.iter().all(|span| text.get(span.range()).is_some()));
        }

        #[test]
        fn the_normal_form_of_a_normal_form_is_itself(text in "[a-z0-9 .,'“–…é音ﬁ-]{0,30}|\\PC{0,30}") {
            let once = Normal::of(&text);
            let twice = Normal::of(once.as_str());
            prop_assert_eq!(once.as_str(), twice.as_str());
        }
    }
}
