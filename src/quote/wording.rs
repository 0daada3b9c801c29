//! What a quotation says and what its marks allow.
//!
//! - An ellipsis (`…`, `...`, `. . .`, alone or in brackets) allows words to be left out there.
//! - `[brackets]` hold what was put in: words, letters of a word (`record[ed]`), `[sic]`.
//! - A single letter in brackets at the start of a word (`[T]he`) has another case than the source.
//!
//! A mark may also be the source's own: a quotation that its source has literally is no marked one.

use std::borrow::Cow;

use super::{
    Quotation,
    normal::{Normal, ellipsis, without_closing_punctuation},
};
use crate::{text::TextSpan, words::Words};

/// The text to look a quotation's candidates up by: its parts between ellipses, in order, without
/// what stands in brackets.
#[must_use]
pub fn search_terms(quotation: &Quotation) -> Vec<String> {
    let parts = Wording::of(&quotation.text).parts;
    let terms = parts.into_iter().map(|part| part.plain);
    terms.filter(|plain| plain.contains(char::is_alphanumeric)).collect()
}

/// A quotation taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wording {
    /// The quotation as it stands, in normal form.
    pub(super) literal: String,
    /// What stands between ellipses. Each has a word, but for a quotation without any.
    pub(super) parts: Vec<Part>,
    /// Whether anything is marked.
    pub(super) marked: bool,
}

/// A stretch of a quotation that its source must have without a gap.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Part {
    /// As plain text, without brackets.
    pub(super) plain: String,
    /// In normal form, with letters in brackets in their other case.
    pub(super) recased: String,
    /// In normal form.
    pub(super) normal: String,
    /// How many words it has.
    pub(super) words: usize,
    /// The letters in brackets: bytes of `plain` at which they start.
    pub(super) letters: Vec<usize>,
}

impl Wording {
    pub(super) fn of(text: &str) -> Self {
        let mut wording = Self::default();
        let (mut plain, mut recased) = (String::new(), String::new());
        let mut letters = Vec::new();
        let mut at = 0;
        while let Some(found) = text[at..].find(['.', '…', '[', '(']) {
            let copied = &text[at..at + found];
            plain.push_str(copied);
            recased.push_str(copied);
            at += found;
            let rest = &text[at..];
            if let Some(length) = omission(rest) {
                wording.part(&mut plain, &mut recased, &mut letters);
                wording.marked = true;
                at += length;
                continue;
            }
            if let Some((inner, length)) = bracket(rest) {
                wording.marked = true;
                if let Some(letter) = letter_of_word(inner, &text[..at], &text[at + length..]) {
                    letters.push(plain.len());
                    plain.push(letter);
                    recased.extend(other_case(letter));
                }
                at += length;
            } else {
                let length = rest.chars().next().map_or(1, char::len_utf8);
                plain.push_str(&rest[..length]);
                recased.push_str(&rest[..length]);
                at += length;
            }
        }
        plain.push_str(&text[at..]);
        recased.push_str(&text[at..]);
        wording.part(&mut plain, &mut recased, &mut letters);
        let normal = Normal::of(text);
        without_closing_punctuation(normal.as_str()).clone_into(&mut wording.literal);
        if let Some(last) = wording.parts.last_mut() {
            for form in [&mut last.normal, &mut last.recased] {
                form.truncate(without_closing_punctuation(form).len());
            }
        }
        wording
    }

    /// How many words are quoted.
    pub(super) fn words(&self) -> usize {
        self.parts.iter().map(|part| part.words).sum()
    }

    /// What is quoted, as plain text.
    pub(super) fn plain(&self) -> String {
        let parts: Vec<_> = self.parts.iter().map(|part| part.plain.as_str()).collect();
        parts.join(BETWEEN)
    }

    /// The bytes of the plain text at which a letter in brackets starts: its case tells nothing.
    pub(super) fn letters(&self) -> Vec<usize> {
        let mut letters = Vec::new();
        let mut start = 0;
        for part in &self.parts {
            letters.extend(part.letters.iter().map(|at| start + at));
            start += part.plain.len() + BETWEEN.len();
        }
        letters
    }

    fn part(&mut self, plain: &mut String, recased: &mut String, letters: &mut Vec<usize>) {
        let (plain, recased) = (std::mem::take(plain), std::mem::take(recased));
        let letters = std::mem::take(letters);
        let words = Words::of(&plain).len();
        if words > 0 {
            let normal = Normal::of(&plain).as_str().to_owned();
            let recased = Normal::of(&recased).as_str().to_owned();
            let start = plain.len() - plain.trim_start().len();
            let letters = letters.into_iter().filter_map(|at| at.checked_sub(start)).collect();
            let plain = plain.trim().to_owned();
            self.parts.push(Part { plain, recased, normal, words, letters });
        }
    }
}

/// What stands between two parts in plain text.
const BETWEEN: &str = " … ";

/// Bytes of a mark of omission at the start of a text.
fn omission(text: &str) -> Option<usize> {
    let inner = text.strip_prefix(['[', '(']);
    let dots = ellipsis(inner.unwrap_or(text).trim_start_matches(' '));
    let Some(inner) = inner else {
        return dots;
    };
    let spaces = inner.len() - inner.trim_start_matches(' ').len();
    let rest = &inner[spaces + dots?..];
    let closed = rest.trim_start_matches(' ');
    let length = text.len() - closed.len() + 1;
    closed.starts_with([']', ')']).then_some(length)
}

/// The longest insertion, in bytes.
const LONGEST: usize = 300;

/// What stands in square brackets at the start of a text, and the bytes of it all.
fn bracket(text: &str) -> Option<(&str, usize)> {
    let inner = text.strip_prefix('[')?;
    let end = inner[..inner.floor_char_boundary(LONGEST)].find(['[', ']'])?;
    inner[end..].starts_with(']').then(|| (&inner[..end], end + 2))
}

/// The single letter in brackets that a word starts with.
fn letter_of_word(inner: &str, before: &str, behind: &str) -> Option<char> {
    let mut characters = inner.chars();
    let letter = characters.next().filter(|_| characters.next().is_none())?;
    let begins = behind.starts_with(char::is_alphabetic);
    let goes_on = before.ends_with(char::is_alphanumeric);
    (begins && !goes_on).then_some(letter)
}

/// A letter in the other case.
pub(super) fn other_case(letter: char) -> impl Iterator<Item = char> {
    let (mut lower, mut upper) = (None, None);
    if letter.is_uppercase() {
        lower = Some(letter.to_lowercase());
    } else {
        upper = Some(letter.to_uppercase());
    }
    lower.into_iter().flatten().chain(upper.into_iter().flatten())
}

/// Sounds and remarks that a transcript sets in brackets, such as `[laughter]`: nobody said them.
fn sound_marks(text: &str) -> Vec<TextSpan> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find('[') {
        let start = at + next;
        at = start + 1;
        // `list[0]` is no sound.
        if text[..start].ends_with(char::is_alphanumeric) {
            continue;
        }
        if let Some((inner, length)) = bracket(&text[start..])
            && length <= 60
            && !inner.contains('\n')
        {
            found.push(TextSpan::new(start, start + length));
            at = start + length;
        }
    }
    found
}

/// A text as it was spoken: sounds in brackets are blanked out, byte for byte.
#[must_use]
pub fn speech(text: &str) -> Cow<'_, str> {
    let sounds = sound_marks(text);
    if sounds.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut speech = String::with_capacity(text.len());
    for sound in sounds {
        speech.push_str(&text[speech.len()..sound.start]);
        speech.extend(std::iter::repeat_n(' ', sound.end - sound.start));
    }
    speech.push_str(&text[speech.len()..]);
    Cow::Owned(speech)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<String> {
        Wording::of(text).parts.into_iter().map(|part| part.plain).collect()
    }

    #[test]
    fn ellipses_part_a_quotation() {
        for mark in ["…", "...", ". . .", "....", "[…]", "[...]", "[. . .]", "(...)", "…."] {
            assert_eq!(
                parts(&format!("we left {mark} then we slept.")),
                ["we left", "then we slept."]
            );
        }
        assert_eq!(parts("… we left …"), ["we left"]);
        assert_eq!(parts("we left. Then.. (so)"), ["we left. Then.. (so)"]);
    }

    #[test]
    fn what_was_put_in_is_left_out() {
        assert_eq!(parts("we [all] left it record[ed] [sic]"), ["we  left it record"]);
        assert_eq!(parts("an [open end"), ["an [open end"]);
    }

    #[test]
    fn a_letter_in_brackets_may_have_the_other_case() {
        let wording = Wording::of("[T]he tape. [w]e left");
        assert_eq!(wording.parts[0].normal, "The tape.we left");
        assert_eq!(wording.parts[0].recased, "the tape.We left");
        assert!(wording.marked);
    }

    #[test]
    fn letters_in_brackets_are_known_in_the_plain_text() {
        let wording = Wording::of(" [T]he tape … [w]e left");
        let plain = wording.plain();
        let letters: Vec<_> = wording.letters().iter().map(|at| &plain[*at..=*at]).collect();
        assert_eq!(letters, ["T", "w"]);
    }

    #[test]
    fn closing_punctuation_goes_at_the_very_end_alone() {
        let wording = Wording::of("we left, … we slept.’");
        let normal: Vec<_> = wording.parts.iter().map(|part| part.normal.as_str()).collect();
        assert_eq!(normal, ["we left,", "we slept"]);
        assert_eq!(wording.literal, "we left,…we slept");
    }

    #[test]
    fn sounds_are_told_from_other_brackets() {
        let text = "so [laughter] list[0] [a\nb] [music]";
        let marks: Vec<_> = sound_marks(text).into_iter().map(|it| &text[it.range()]).collect();
        assert_eq!(marks, ["[laughter]", "[music]"]);
        assert_eq!(speech(text), "so            list[0] [a\nb]        ");
    }
}
