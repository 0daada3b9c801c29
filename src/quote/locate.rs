//! Finding a quotation in its candidates, character by character.

use std::{borrow::Cow, cell::OnceCell};

use super::{
    Candidate, Found,
    borders::Borders,
    normal::Normal,
    verdict::Passage,
    wording::{self, Part},
};
use crate::{text::TextSpan, words::Words};

/// A candidate with what is worked out about it, each once and when it is asked for.
#[derive(Debug)]
pub(super) struct Source<'a> {
    pub(super) candidate: &'a Candidate<'a>,
    whole: OnceCell<Normal>,
    /// Without sounds, where there are any.
    without_sounds: OnceCell<Option<Normal>>,
    speech: OnceCell<Cow<'a, str>>,
    borders: Borders,
}

impl<'a> Source<'a> {
    pub(super) fn new(candidate: &'a Candidate<'a>) -> Self {
        let (whole, without_sounds, speech) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        Self { candidate, whole, without_sounds, speech, borders: Borders::default() }
    }

    /// The text with its sounds blanked out.
    pub(super) fn speech(&self) -> &str {
        self.speech.get_or_init(|| wording::speech(self.candidate.text))
    }

    /// The words of the speech.
    pub(super) fn words(&self) -> &Words {
        self.borders.words(self.speech())
    }

    /// The whole text, and the text without sounds where it has some.
    fn forms(&self) -> impl Iterator<Item = &Normal> {
        let whole = self.whole.get_or_init(|| Normal::of(self.candidate.text));
        let without_sounds = self.without_sounds.get_or_init(|| {
            let has_sounds = matches!(
                self.speech.get_or_init(|| wording::speech(self.candidate.text)),
                Cow::Owned(_)
            );
            has_sounds.then(|| Normal::of(self.speech()))
        });
        std::iter::once(whole).chain(without_sounds)
    }

    /// Where the candidate has a string in normal form, at the borders of words.
    pub(super) fn literal(&self, string: &str) -> Vec<TextSpan> {
        let mut found = Vec::new();
        for form in self.forms() {
            self.add_occurrences(form, string, &mut found);
            if !found.is_empty() {
                break;
            }
        }
        found
    }

    /// Where the candidate has a part of a quotation.
    pub(super) fn part(&self, part: &Part) -> Vec<TextSpan> {
        let mut found = Vec::new();
        for form in self.forms() {
            self.add_occurrences(form, &part.normal, &mut found);
            if part.recased != part.normal {
                self.add_occurrences(form, &part.recased, &mut found);
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    fn add_occurrences(&self, form: &Normal, string: &str, found: &mut Vec<TextSpan>) {
        if string.is_empty() {
            return;
        }
        let text = self.speech();
        let mut last = None;
        for start in memchr::memmem::find_iter(form.as_str().as_bytes(), string.as_bytes()) {
            let span = TextSpan::new(start, start + string.len());
            let Some(origin) = form.origin(span) else { continue };
            if last != Some(origin)
                && (self.borders.hold(text, origin)
                    || self.borders.hold(text, within(text, origin)))
            {
                found.push(origin);
                last = Some(origin);
            }
        }
    }

    /// The passages of the candidate that a span reaches into.
    pub(super) fn passages(&self, span: TextSpan) -> &[Passage<'a>] {
        let passages = &self.candidate.passages;
        let first = passages.partition_point(|it| it.start <= span.start).saturating_sub(1);
        let last = passages.partition_point(|it| it.start < span.end).max(first);
        &passages[first.min(passages.len())..last]
    }

    /// Where a byte stands in its document, so that bytes of several candidates can be ordered.
    pub(super) fn position(&self, at: usize) -> (u32, usize) {
        let passages = &self.candidate.passages;
        let which = passages.partition_point(|it| it.start <= at).checked_sub(1);
        which.map_or((0, at), |it| (passages[it].number, at - passages[it].start))
    }
}

/// A span without the punctuation at both ends: `.5` may be quoted where `3` and it are no word.
fn within(text: &str, span: TextSpan) -> TextSpan {
    let string = &text[span.range()];
    let kept = string.trim_start_matches(|it: char| !it.is_alphanumeric());
    let start = span.end - kept.len();
    let end = start + kept.trim_end_matches(|it: char| !it.is_alphanumeric()).len();
    if start < end { TextSpan::new(start, end) } else { span }
}

/// The most ways in which one candidate may have a quotation.
const MOST: usize = 64;

/// The ways in which a candidate has all parts of a quotation in order, as tight as can be.
pub(super) fn in_order(source: &Source<'_>, parts: &[Part]) -> Vec<Vec<TextSpan>> {
    // Each layer: the places of one part and, for each, its number in the layer before.
    let mut layers: Vec<Vec<(TextSpan, usize)>> = Vec::with_capacity(parts.len());
    for part in parts {
        let places = source.part(part).into_iter();
        let layer: Vec<_> = match layers.last() {
            None => places.map(|span| (span, 0)).collect(),
            Some(before) => places
                .filter_map(|span| {
                    // Sorted by start; the places of one part are equally long, or nearly so.
                    let next = before.partition_point(|(it, _)| it.end <= span.start);
                    next.checked_sub(1).map(|at| (span, at))
                })
                .collect(),
        };
        if layer.is_empty() {
            return Vec::new();
        }
        layers.push(layer);
    }
    let Some(last) = layers.last() else {
        return Vec::new();
    };
    let mut ways = Vec::new();
    for end in (0..last.len()).take(MOST) {
        let mut at = end;
        let mut way = Vec::with_capacity(parts.len());
        for layer in layers.iter().rev() {
            let (span, before) = layer[at];
            way.push(span);
            at = before;
        }
        way.reverse();
        ways.push(way);
    }
    ways
}

/// The parts of a quotation in order in one document, over several candidates: the first way.
///
/// `places` are those of each part.
pub(super) fn in_document(
    sources: &[Source<'_>],
    places: &[&[Found]],
    document: usize,
) -> Option<Vec<Found>> {
    let mut reached = (0, 0);
    let mut way = Vec::with_capacity(places.len());
    for part in places {
        let here = part.iter().filter(|it| sources[it.candidate].candidate.document == document);
        let start = |it: &Found| sources[it.candidate].position(it.span.start);
        let next = here.filter(|it| start(it) >= reached).min_by_key(|it| start(it))?;
        // The end is in the passage of the last character.
        let end = sources[next.candidate].position(next.span.end.saturating_sub(1));
        reached = (end.0, end.1 + 1);
        way.push(*next);
    }
    Some(way)
}
