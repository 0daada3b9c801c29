//! Alignment: where in a text a quotation stands that someone remembers, and what it really says.
//!
//! People drop words, add some, change their form or spelling, hear another word, swap neighbours.
//! Each of these costs a share of the words' weight; the cheapest way through is the alignment, and
//! what it costs is its similarity. A similarity ranks passages. It never tells whether a quotation
//! is right: for that there is the [`Edit`]s.
//!
//! A query meets hundreds of candidates, so a [`Quotation`] is prepared once, remembers each word it
//! was compared with, and rules most texts out by an upper bound ([`closest`]).

mod bound;
mod diff;
mod expansion;
mod function_word;
mod matrix;
mod quotation;
mod relation;
mod resemblance;
mod sound;
mod target;

pub use diff::Edit;
pub use quotation::Quotation;

use super::stretch::WordSpan;
use crate::words::Words;

/// Where a quotation stands in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Alignment {
    /// From 0 to 1; 1 only when the text has every word just so and in order. The last character of
    /// a run without spaces may begin a pair of the text.
    pub similarity: f32,
    /// The words of the text that it covers.
    pub span: WordSpan,
    /// The quotation's words and the text's, from the first to the last of either.
    pub diff: Vec<Edit>,
}

/// Finds the stretch of a text that a quotation is most likely a memory of.
///
/// `None` when they have nothing in common, or are too long for each other: a quotation and a text
/// whose numbers of words multiply to more than eight million are only compared word for word.
#[must_use]
pub fn align(quotation: &mut Quotation, text: &Words) -> Option<Alignment> {
    let mut classes = Vec::with_capacity(text.len());
    quotation.classify(text, &mut classes);
    align_classes(quotation, &classes)
}

/// A similarity that no alignment with the text can exceed, told from the words alone.
#[must_use]
pub fn upper_bound(quotation: &mut Quotation, text: &Words) -> f32 {
    let mut classes = Vec::with_capacity(text.len());
    quotation.classify(text, &mut classes);
    let least = bound::least_cost(&quotation.relations, &classes, &mut Vec::new());
    similarity(least, quotation.total)
}

/// Finds the texts that a quotation is most likely a memory of, nearest first: at most `count`, each
/// by its number. Of equally near ones the first come first.
///
/// Gives what [`align`] with every text would, without doing so.
#[must_use]
pub fn closest(
    quotation: &mut Quotation,
    texts: &[Words],
    count: usize,
) -> Vec<(usize, Alignment)> {
    let mut classes = Vec::with_capacity(texts.iter().map(Words::len).sum());
    let mut least = Vec::new();
    let mut candidates = Vec::with_capacity(texts.len());
    for (number, text) in texts.iter().enumerate() {
        let start = classes.len();
        quotation.classify(text, &mut classes);
        let bound = bound::least_cost(&quotation.relations, &classes[start..], &mut least);
        candidates.push((bound, number, start..classes.len()));
    }
    candidates.sort_unstable_by_key(|(bound, number, _)| (*bound, *number));

    let mut best: Vec<(u64, usize, std::ops::Range<usize>)> = Vec::with_capacity(count + 1);
    for (bound, number, range) in candidates {
        let worst = best.last().filter(|_| best.len() == count).map(|(cost, ..)| *cost);
        if count == 0 || bound >= quotation.total || worst.is_some_and(|worst| worst < bound) {
            break;
        }
        let cost = cost(quotation, &classes[range.clone()]);
        if cost < quotation.total {
            let at = best.partition_point(|(other, text, _)| (*other, *text) < (cost, number));
            best.insert(at, (cost, number, range));
            best.truncate(count);
        }
    }
    let aligned = |(_, number, range): (u64, usize, std::ops::Range<usize>)| {
        align_classes(quotation, &classes[range]).map(|alignment| (number, alignment))
    };
    best.into_iter().filter_map(aligned).collect()
}

/// The cost of the best alignment.
fn cost(quotation: &mut Quotation, text: &[u32]) -> u64 {
    if verbatim(quotation, text).is_some() {
        return 0;
    }
    let Quotation { relations, matrix, total, .. } = quotation;
    if !matrix.fill(relations, text) {
        return *total;
    }
    u64::from(matrix.least(text.len()).0)
}

fn align_classes(quotation: &mut Quotation, text: &[u32]) -> Option<Alignment> {
    let length = quotation.words.len();
    if let Some(start) = verbatim(quotation, text) {
        let diff = vec![Edit::Same { quotation: 0..length, text: start..start + length }];
        return Some(Alignment { similarity: 1.0, span: span(start, start + length), diff });
    }
    let cost = cost(quotation, text);
    if cost >= quotation.total {
        return None;
    }
    let (steps, end) = quotation.matrix.trace(&quotation.relations, text);
    let taken: usize = steps.iter().map(|step| step.lengths().1).sum();
    let start = end - taken;
    let diff = diff::edits(steps.into_iter().rev(), start);
    let similarity = similarity(cost, quotation.total);
    Some(Alignment { similarity, span: span(start, end), diff })
}

/// Where the text has the quotation word for word.
fn verbatim(quotation: &Quotation, text: &[u32]) -> Option<usize> {
    let relations = &quotation.relations;
    // Not only equal classes: the end of a run without spaces may begin a pair.
    let same = |at: usize, class: u32| {
        class == relations.own[at] || relations.row(relations.class(class))[at] == 0
    };
    let length = relations.own.len();
    let last = text.len().checked_sub(length).filter(|_| length > 0)?;
    (0..=last).find(|start| (0..length).all(|at| same(at, text[start + at])))
}

fn span(start: usize, end: usize) -> WordSpan {
    let position = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    WordSpan { first: position(start), last: position(end.saturating_sub(1)) }
}

/// What is left of 1 when a share of the whole weight is lost; 1 only when nothing is.
#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "a share")]
fn similarity(cost: u64, total: u64) -> f32 {
    if cost == 0 && total > 0 {
        return 1.0;
    }
    let left = 1.0 - cost as f64 / total.max(1) as f64;
    (left as f32).clamp(0.0, 1.0 - f32::EPSILON)
}

#[cfg(test)]
mod tests;
