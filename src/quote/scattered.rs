//! Quotations whose parts are all real and not together: in another order, or from several places.
//!
//! Parts are what ellipses part, compared by characters; where that fails, runs of words. A part of
//! fewer words than [`SHORTEST_RUN`] proves nothing by being found elsewhere.

use super::{
    Found, Verdict,
    locate::{Source, in_document},
    runs::{self, Run},
    wording::Wording,
};
use crate::{find, find::WordSpan, text::TextSpan, words::Words};

/// The fewest words that are proof of where a part of a quotation is from. How many words a quotation
/// needs to be checked at all ([`Rules::min_words`](super::Rules::min_words)) has no say in it.
pub const SHORTEST_RUN: usize = 4;

/// Tells a reordered or spliced quotation by its marked parts.
pub(super) fn by_parts(
    wording: &Wording,
    sources: &[Source<'_>],
    places: &[Vec<Found>],
) -> Option<(Verdict, Vec<Found>)> {
    if places.iter().any(Vec::is_empty) {
        return None;
    }
    let long: Vec<&[Found]> = wording
        .parts
        .iter()
        .zip(places)
        .filter(|(part, _)| part.words >= SHORTEST_RUN)
        .map(|(_, places)| places.as_slice())
        .collect();
    let first = long.first().filter(|_| long.len() > 1)?;
    let all: Vec<_> = places.iter().map(Vec::as_slice).collect();
    for document in documents(sources, first) {
        if in_document(sources, &long, document).is_some() {
            // Only a short part is out of place: that is no proof.
            return None;
        }
        if let Some(found) = anywhere(sources, &all, document) {
            return Some((Verdict::Reordered, found));
        }
    }
    let found = places.iter().filter_map(|places| places.first().copied()).collect();
    Some((Verdict::Spliced, found))
}

/// The first place of each part in one document, in any order.
fn anywhere(sources: &[Source<'_>], places: &[&[Found]], document: usize) -> Option<Vec<Found>> {
    let here = |it: &&Found| sources[it.candidate].candidate.document == document;
    places.iter().map(|part| part.iter().find(here).copied()).collect()
}

/// The documents of some places, each once.
pub(super) fn documents(sources: &[Source<'_>], places: &[Found]) -> Vec<usize> {
    let mut documents = Vec::new();
    for place in places {
        let document = sources[place.candidate].candidate.document;
        if !documents.contains(&document) {
            documents.push(document);
        }
    }
    documents
}

/// Tells a reordered or spliced quotation by runs of words, with nothing between them.
///
/// `edits` is how many words must change to make the quotation right in one place. Where that is
/// half of the shortest run or less, the run may be chance, and the quotation is an altered one.
pub(super) fn by_runs(
    words: &Words,
    sources: &[Source<'_>],
    edits: usize,
) -> Option<(Verdict, Vec<Found>)> {
    let runs = runs::cover(words, sources, SHORTEST_RUN)?;
    let shortest = runs.iter().map(|run| run.length).min()?;
    if runs.len() < 2 || shortest >= edits * 2 {
        return None;
    }
    let places: Vec<Vec<Found>> = runs.iter().map(|run| places(words, *run, sources)).collect();
    let all: Vec<_> = places.iter().map(Vec::as_slice).collect();
    for candidate in 0..sources.len() {
        let found: Option<Vec<Found>> = all
            .iter()
            .map(|part| part.iter().find(|it| it.candidate == candidate).copied())
            .collect();
        if let Some(found) = found {
            let own: Vec<Vec<Found>> = all
                .iter()
                .map(|part| part.iter().filter(|it| it.candidate == candidate).copied().collect())
                .collect();
            let own: Vec<_> = own.iter().map(Vec::as_slice).collect();
            let document = sources[candidate].candidate.document;
            // In order and together, it only lacks a mark for what was left out.
            let ordered = in_document(sources, &own, document).is_some();
            return (!ordered).then_some((Verdict::Reordered, found));
        }
    }
    for document in documents(sources, all[0]) {
        if let Some(found) = in_document(sources, &all, document) {
            return Some((Verdict::Spliced, found));
        }
        if let Some(found) = anywhere(sources, &all, document) {
            return Some((Verdict::Reordered, found));
        }
    }
    let found = places.iter().filter_map(|places| places.first().copied()).collect();
    Some((Verdict::Spliced, found))
}

fn places(words: &Words, run: Run, sources: &[Source<'_>]) -> Vec<Found> {
    let mut found = Vec::new();
    for (candidate, source) in sources.iter().enumerate() {
        for at in runs::place(words, run, source) {
            let span = span(source, at, run.length);
            found.push(Found { candidate, span });
        }
    }
    found
}

/// The bytes of some words of a candidate.
pub(super) fn span(source: &Source<'_>, first: usize, length: usize) -> TextSpan {
    let position = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let last = position(first + length.max(1) - 1);
    find::text_span(source.words(), WordSpan { first: position(first), last })
}
