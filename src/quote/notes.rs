//! What to point out about a quotation that differs from its source, or stops at a turn.

use std::ops::Range;

use super::{
    Note,
    edits::is_respelt,
    marks::is_mark,
    measure::{is_negation, number, signs, unit},
    normal::Normal,
};
use crate::{
    find::align::Edit,
    read::name::{Name, judge},
    text::TextSpan,
    words::Words,
};

/// A text and its words.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    pub(super) text: &'a str,
    pub(super) words: &'a Words,
}

impl<'a> Side<'a> {
    pub(super) fn slice(&self, words: Range<usize>) -> &'a str {
        let span = words
            .clone()
            .map(|at| self.words.span(at))
            .reduce(|a, b| TextSpan::new(a.start.min(b.start), a.end.max(b.end)));
        span.map_or("", |span| &self.text[span.range()])
    }

    /// What stands between a word and the next.
    fn between(&self, word: usize) -> &'a str {
        let (end, next) = (self.words.span(word).end, self.words.span(word + 1).start);
        self.text.get(end..next).unwrap_or_default()
    }

    fn is_name(&self, word: usize) -> bool {
        let span = self.words.span(word);
        let before = self.text[..span.start].trim_end();
        let inside =
            before.ends_with(|it: char| it.is_alphanumeric() || matches!(it, ',' | ';' | '-'));
        let written = &self.text[span.range()];
        inside && written.starts_with(char::is_uppercase) && judge(written) == Name::Person
    }
}

/// What a word diff changes that matters.
pub(super) fn of_diff(diff: &[Edit], quotation: Side<'_>, source: Side<'_>) -> Vec<Note> {
    let mut notes = Vec::new();
    negations(diff, quotation, source, &mut notes);
    for edit in diff {
        match edit {
            Edit::Changed { quotation: a, text: b } => {
                changed(a.clone(), b.clone(), quotation, source, &mut notes);
            }
            Edit::Missing { quotation: a } => {
                changed(a.clone(), 0..0, quotation, source, &mut notes);
            }
            Edit::Added { text: b } => changed(0..0, b.clone(), quotation, source, &mut notes),
            Edit::Same { quotation: a, text: b } => {
                same(a.clone(), b.clone(), quotation, source, &mut notes);
            }
        }
    }
    notes
}

/// Negations that only one side has among the words that differ.
fn negations(diff: &[Edit], quotation: Side<'_>, source: Side<'_>, notes: &mut Vec<Note>) {
    let (mut quoted, mut said): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    for edit in diff {
        let (a, b) = match edit {
            Edit::Changed { quotation, text } => (quotation.clone(), text.clone()),
            Edit::Missing { quotation } => (quotation.clone(), 0..0),
            Edit::Added { text } => (0..0, text.clone()),
            Edit::Same { .. } => continue,
        };
        quoted.extend(a.map(|at| quotation.words.folded(at)).filter(|it| is_negation(it)));
        said.extend(b.map(|at| source.words.folded(at)).filter(|it| is_negation(it)));
    }
    // `do not` for `don't` loses nothing.
    let (more, fewer) = (quoted.len(), said.len());
    notes.extend(said.into_iter().skip(more).map(|it| Note::NegationLost(it.to_owned())));
    notes.extend(quoted.into_iter().skip(fewer).map(|it| Note::NegationAdded(it.to_owned())));
}

fn changed(
    quoted: Range<usize>,
    said: Range<usize>,
    quotation: Side<'_>,
    source: Side<'_>,
    notes: &mut Vec<Note>,
) {
    let texts =
        || (quotation.slice(quoted.clone()).to_owned(), source.slice(said.clone()).to_owned());
    let numbers = |range: Range<usize>, side: Side<'_>| -> Vec<String> {
        range.filter_map(|at| number(side.words.folded(at))).collect()
    };
    let counted = (numbers(quoted.clone(), quotation), numbers(said.clone(), source));
    // A `one` that comes or goes counts nothing, as in `one of them`.
    let idle = |a: &[String], b: &[String]| a.is_empty() && b == ["1"];
    let is_idle = idle(&counted.0, &counted.1) || idle(&counted.1, &counted.0);
    if counted.0 != counted.1 && !is_idle {
        let (quoted, source) = texts();
        notes.push(Note::NumberChanged { quoted, source });
    }
    let units = |range: Range<usize>, side: Side<'_>| -> Vec<&str> {
        range.filter_map(|at| unit(side.words.folded(at))).collect()
    };
    if units(quoted.clone(), quotation) != units(said.clone(), source) {
        let (quoted, source) = texts();
        notes.push(Note::UnitChanged { quoted, source });
    }
    let is_name =
        quoted.clone().any(|at| quotation.is_name(at)) || said.clone().any(|at| source.is_name(at));
    if is_name && !quoted.is_empty() && !said.is_empty() {
        let (quoted, source) = texts();
        notes.push(Note::NameChanged { quoted, source });
    }
}

/// Words that are equal when folded may still have other capitals, accents or punctuation.
fn same(
    quoted: Range<usize>,
    said: Range<usize>,
    quotation: Side<'_>,
    source: Side<'_>,
    notes: &mut Vec<Note>,
) {
    let last = quoted.end;
    for (a, b) in quoted.zip(said) {
        let (word, original) = (quotation.slice(a..a + 1), source.slice(b..b + 1));
        if is_respelt(word, original) {
            let (quoted, source) = (word.to_owned(), original.to_owned());
            notes.push(Note::SpellingChanged { quoted, source });
        }
        if a + 1 == last {
            break;
        }
        let (gap, original) = (quotation.between(a), source.between(b));
        let signs = (signs(gap), signs(original));
        if signs.0 != signs.1 {
            notes.push(Note::UnitChanged { quoted: signs.0, source: signs.1 });
        } else if !gap.contains('…') && around(gap) != around(original) {
            let (quoted, source) = (gap.trim().to_owned(), original.trim().to_owned());
            notes.push(Note::PunctuationChanged { quoted, source });
        }
    }
}

/// What stands between two words in normal form, white space between them included.
fn around(gap: &str) -> String {
    Normal::of(&format!("a{gap}a")).as_str().to_owned()
}

/// Words with which a sentence takes a turn.
const TURNS: &[&str] = &["although", "but", "except", "not", "though", "unless"];

/// The word with which the source's sentence takes a turn where a quotation stops.
pub(super) fn clipped(source: &str, end: usize) -> Option<Note> {
    let rest = source[end..].trim_start_matches(|it: char| is_mark(it) || it == '\'');
    let open =
        |it: char| it.is_whitespace() || matches!(it, ',' | ';' | ':') || super::marks::is_dash(it);
    if source[..end].trim_end_matches(is_mark).ends_with(['.', '!', '?']) {
        return None;
    }
    let next = rest.trim_start_matches(open);
    let gap = &rest[..rest.len() - next.len()];
    if gap.is_empty() || gap.contains("\n\n") {
        return None;
    }
    let word = next.split(|it: char| !it.is_alphabetic()).next().unwrap_or_default();
    TURNS.contains(&word.to_lowercase().as_str()).then(|| Note::Clipped(word.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_that_takes_a_turn_is_clipped() {
        let clip = |source: &str| clipped(source, source.find('|').unwrap());
        for (source, word) in [("we won|, but", "but"), ("we won|” — except", "except")] {
            let source = source.replace('|', "");
            assert_eq!(clipped(&source, 6), Some(Note::Clipped(word.into())), "{source}");
        }
        for source in ["we won. But we", "we won, and", "we won", "we wonbut", "we won\n\nNot"] {
            assert_eq!(clipped(source, 6), None, "{source}");
        }
        assert_eq!(clip("we won.|"), None);
    }
}
