//! The smallest pieces that a passage is made of: sentences, and pieces of overlong ones.

use std::cmp::Reverse;

use super::{
    AIM, LONGEST, SHORTEST,
    pause::{Pause, longest},
};
use crate::{
    text::{TextSpan, runs_on},
    words::sentences::{parts_paragraphs, sentences},
};

/// How far from [`AIM`] an overlong sentence may be cut, in words.
const REACH: usize = 50;

/// A sentence, or a piece of one that has more than [`LONGEST`] words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    /// Where it stands in the turn's text.
    pub(super) span: TextSpan,
    /// How many words of the turn stand before it.
    pub(super) words_before: usize,
    /// What parts it from the unit before.
    pub(super) border: Border,
}

/// What stands between two units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Border {
    /// The end of a sentence, or a cut in an overlong one.
    Sentence,
    /// An empty line.
    Paragraph,
    /// A pause that is long enough to part passages, at the end of a sentence.
    Pause,
}

/// The units of a turn's text. `starts` are the first bytes of its words.
pub(super) fn units(text: &str, starts: &[usize], pauses: &[Pause]) -> Vec<Unit> {
    let mut units = Vec::new();
    let mut word = 0;
    let mut end = 0;
    for sentence in sentences(text) {
        let words_before = word;
        word += starts[word..].partition_point(|start| *start < sentence.end);
        let between = TextSpan { start: end, end: sentence.start };
        let border = match longest(pauses, between) {
            Some(length) if (Pause { at: end, length }).is_long() => Border::Pause,
            _ if parts_paragraphs(&text[between.range()]) => Border::Paragraph,
            _ => Border::Sentence,
        };
        let unit = Unit { span: sentence, words_before, border };
        cut_overlong(text, starts, pauses, unit, word, &mut units);
        end = sentence.end;
    }
    units
}

/// Appends a sentence, cut into pieces as long as it has too many words.
fn cut_overlong(
    text: &str,
    starts: &[usize],
    pauses: &[Pause],
    mut unit: Unit,
    words_end: usize,
    units: &mut Vec<Unit>,
) {
    while words_end - unit.words_before > LONGEST {
        let first = unit.words_before + AIM - REACH;
        let last = (unit.words_before + AIM + REACH).min(words_end - SHORTEST);
        let best = (first..=last).map(|word| cut_before(text, starts, word)).max_by_key(|cut| {
            let distance = cut.word.abs_diff(unit.words_before + AIM);
            (longest(pauses, cut.between), cut.kind, Reverse(distance))
        });
        let Some(cut) = best else { break };
        let span = TextSpan { start: unit.span.start, end: cut.between.start };
        units.push(Unit { span, ..unit });
        unit = Unit {
            span: TextSpan { start: cut.between.end, end: unit.span.end },
            words_before: cut.word,
            border: Border::Sentence,
        };
    }
    units.push(unit);
}

/// A place inside a sentence where it can be cut.
struct Cut {
    /// The first word behind it.
    word: usize,
    /// The white space that is left out; empty where there is none.
    between: TextSpan,
    kind: CutKind,
}

/// What stands at a cut, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum CutKind {
    /// Nothing, or a line end: two characters of a script without spaces.
    Bare,
    /// A sign without white space, such as `/` or `、`.
    Sign,
    /// White space.
    White,
    /// White space behind a comma or another sign inside sentences.
    Clause,
    /// White space behind an end mark, such as a dot before a small letter.
    End,
}

/// Whether a line end between two characters is no white space.
fn goes_on(before: char, after: &str) -> bool {
    after.chars().next().is_some_and(|after| runs_on((before, after)))
}

/// The cut before a word. What opens it, such as a quote, stays with it.
fn cut_before(text: &str, starts: &[usize], word: usize) -> Cut {
    let start = starts[word];
    let before = &text[starts[word - 1]..start];
    let opened = before.trim_end_matches(|c: char| !c.is_whitespace() && !c.is_alphanumeric());
    let left = opened.trim_end();
    if left.len() == opened.len() {
        let is_sign = !before.ends_with(char::is_alphanumeric);
        let kind = if is_sign { CutKind::Sign } else { CutKind::Bare };
        return Cut { word, between: TextSpan { start, end: start }, kind };
    }
    let kind = match left.chars().next_back() {
        Some('.' | '!' | '?' | '…') => CutKind::End,
        Some(',' | ';' | ':' | '-' | '–' | '—') => CutKind::Clause,
        Some(c) if &opened[left.len()..] == "\n" && goes_on(c, &text[start..]) => CutKind::Bare,
        _ => CutKind::White,
    };
    let between =
        TextSpan { start: starts[word - 1] + left.len(), end: starts[word - 1] + opened.len() };
    Cut { word, between, kind }
}
