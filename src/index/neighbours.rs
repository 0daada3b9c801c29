//! Words that stand near each other, over the border between two passages.
//!
//! Such a match starts in one passage and ends in one that follows in the same document. Where to
//! look is found cheaply: a phrase needs a passage that ends in one of its words and a next one that
//! begins with the word after it, which the marked terms of [`super::tokenizer`] tell; other
//! nearness is looked for round the passages of its rarest word. Whether the words do stand there is
//! decided on positions, by the rules of [`crate::find::stretch`].

use std::collections::BTreeSet;

use tantivy::{DocId, DocSet, TERMINATED, schema::IndexRecordOption};

use super::{
    chosen::{self, Chosen, Positions},
    error::IndexError,
    segment::Segment,
    terms::{self, Weights},
    tokenizer::{FIRST, LAST},
};
use crate::find::{
    Leaf,
    stretch::{Stretch, spans},
};

/// The passages from which a match runs on into the next, and how many do, in order.
pub(super) fn crossing(
    segment: &Segment,
    stretch: &Stretch,
    weights: Weights<'_>,
) -> Result<Vec<(DocId, u32)>, IndexError> {
    let reach = stretch.widest().saturating_sub(1);
    if reach == 0 {
        return Ok(Vec::new());
    }
    let windows = match stretch.phrase() {
        Some(phrase) => windows(segment, phrase_starts(segment, &phrase, weights)?, reach)?,
        None => near_windows(segment, stretch, weights, reach)?,
    };
    if windows.is_empty() {
        return Ok(Vec::new());
    }
    let chosen = Chosen::new(segment, docs_of(&windows));
    let positions = positions(&chosen, stretch, weights)?;
    let mut here: Vec<Vec<u32>> = vec![Vec::new(); weights.leaves.len()];
    let mut found = Vec::new();
    for window in windows {
        here.iter_mut().for_each(Vec::clear);
        let mut offset = 0;
        for doc in window.start..window.end {
            if let Some(place) = chosen.place(doc) {
                // What is further from the border than a match can reach is no part of one.
                let near = |at: &u32| *at + reach >= window.own && *at < window.own + reach;
                for (leaf, positions) in &positions {
                    let moved = positions.of(place).iter().map(|at| at + offset);
                    here[*leaf].extend(moved.filter(near));
                }
            }
            offset += segment.length(doc)?.unwrap_or(0);
        }
        let crosses =
            |span: &&crate::find::WordSpan| span.first < window.own && span.last >= window.own;
        let count = spans(stretch, &here).iter().filter(crosses).count();
        if count > 0 {
            found.push((window.start, u32::try_from(count).unwrap_or(u32::MAX)));
        }
    }
    Ok(found)
}

/// The positions of the leaves of a stretch in some passages, by leaf.
pub(super) fn positions(
    chosen: &Chosen<'_>,
    stretch: &Stretch,
    weights: Weights<'_>,
) -> Result<Vec<(usize, Positions)>, IndexError> {
    let mut leaves = BTreeSet::new();
    stretch.each_leaf(&mut |leaf| {
        leaves.insert(leaf);
    });
    leaves.into_iter().map(|leaf| Ok((leaf, chosen.positions(&weights.forms[leaf])?))).collect()
}

/// A passage with those that follow it, as far as a match can reach from its end.
#[derive(Clone, Copy)]
struct Window {
    start: DocId,
    end: DocId,
    /// How many words the passage has.
    own: u32,
}

/// The windows that start at some passages and have more than one passage.
fn windows(
    segment: &Segment,
    starts: impl IntoIterator<Item = DocId>,
    reach: u32,
) -> Result<Vec<Window>, IndexError> {
    let mut windows = Vec::new();
    for start in starts {
        let Some(own) = segment.length(start)? else { continue };
        let mut end = start + 1;
        let mut words = 0;
        while words < reach {
            let Some(length) = segment.length(end)? else { break };
            words += length;
            end += 1;
        }
        if own > 0 && words > 0 {
            windows.push(Window { start, end, own });
        }
    }
    Ok(windows)
}

/// The passages of some windows, in order.
fn docs_of(windows: &[Window]) -> Vec<DocId> {
    let mut docs: Vec<DocId> = Vec::new();
    for window in windows {
        let from = docs.last().map_or(window.start, |last| window.start.max(last + 1));
        docs.extend(from..window.end);
    }
    docs
}

/// Passages that end in a word of the phrase, before one that begins with the next word.
fn phrase_starts(
    segment: &Segment,
    phrase: &[usize],
    weights: Weights<'_>,
) -> Result<BTreeSet<DocId>, IndexError> {
    let mut starts = BTreeSet::new();
    for pair in phrase.windows(2) {
        let ends = marked(segment, LAST, &weights.leaves[pair[0]])?;
        if ends.is_empty() {
            continue;
        }
        let begins = marked(segment, FIRST, &weights.leaves[pair[1]])?;
        for end in ends {
            let next = next_with_words(segment, end)?;
            if begins.binary_search(&next).is_ok() {
                starts.insert(end);
            }
        }
    }
    Ok(starts)
}

/// The next number that is not that of a passage without words, such as `***`.
fn next_with_words(segment: &Segment, doc: DocId) -> Result<DocId, IndexError> {
    let mut next = doc + 1;
    while segment.length(next)? == Some(0) {
        next += 1;
    }
    Ok(next)
}

/// The passages whose first or last word is this one, sorted.
fn marked(segment: &Segment, mark: char, leaf: &Leaf) -> Result<Vec<DocId>, IndexError> {
    let mut docs = Vec::new();
    for (_, info) in terms::found(segment, &leaf.forms, mark.encode_utf8(&mut [0; 4]))? {
        let mut postings =
            segment.words.read_postings_from_terminfo(&info, IndexRecordOption::Basic)?;
        while postings.doc() != TERMINATED {
            docs.push(postings.doc());
            postings.advance();
        }
    }
    docs.sort_unstable();
    Ok(docs)
}

/// The windows that have all that must be there, round the passages that have the rarest of it.
fn near_windows(
    segment: &Segment,
    stretch: &Stretch,
    weights: Weights<'_>,
    reach: u32,
) -> Result<Vec<Window>, IndexError> {
    let groups = needed(stretch);
    let rarest = groups.iter().min_by_key(|group| chosen::size(group, weights));
    let Some(rarest) = rarest else { return Ok(Vec::new()) };
    let mut starts = Vec::new();
    for doc in chosen::with_any(segment, rarest, weights)? {
        starts.push(doc);
        // Back over the passages between, as long as the match can span them.
        let mut between = 0;
        let mut start = doc;
        while start > 0 && between < reach && segment.length(start - 1)?.is_some() {
            start -= 1;
            starts.push(start);
            between += segment.length(start)?.unwrap_or(0);
        }
    }
    starts.sort_unstable();
    starts.dedup();
    let mut windows = windows(segment, starts, reach)?;
    for group in groups.iter().filter(|group| *group != rarest) {
        let chosen = Chosen::new(segment, docs_of(&windows));
        let has = chosen.has_any(group, weights)?;
        windows.retain(|window| {
            (window.start..window.end).any(|doc| chosen.place(doc).is_some_and(|at| has[at]))
        });
    }
    Ok(windows)
}

/// Groups of leaves, one word of each of which every match has.
pub(super) fn needed(stretch: &Stretch) -> Vec<Vec<usize>> {
    match stretch {
        Stretch::Word(leaf) => vec![vec![*leaf]],
        Stretch::Near { operands, .. } => operands.iter().flat_map(needed).collect(),
        Stretch::Any(_) => {
            let mut any = Vec::new();
            stretch.each_leaf(&mut |leaf| any.push(leaf));
            vec![any]
        }
    }
}
