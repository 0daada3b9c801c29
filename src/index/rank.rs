//! The order of the best passages.
//!
//! BM25 counts words wherever they stand. The best few hundred are looked at once more: words that
//! stand close together, and in the order in which they were asked for, are what someone looking for
//! a passage has in mind, and the very word is more than another form of it. This reads positions
//! alone, no stored text, so that it costs a fraction of a millisecond.

use tantivy::{DocId, DocSet, Score, postings::Postings, schema::IndexRecordOption};

use super::{bm25::Bm25, error::IndexError, segment::Segment, top::Scored};
use crate::find::{Leaf, Plan};

/// How many passages of a search are looked at once more.
pub(super) const RERANKED: usize = 200;
/// Words further apart than this are not close.
const CLOSE: u32 = 12;
/// What a pair of neighbouring words in the right order adds, against the lighter word's idf.
const PAIR: f32 = 1.8;
/// How much of what the heavier word of a pair weighs more counts.
const COMMON: f32 = 0.25;
/// What is left of that for words that were asked for with one between.
const SKIPPED: f32 = 0.5;
/// What is left of that in the wrong order.
const REVERSED: f32 = 0.5;
/// What a word adds that only a neighbouring passage has, against its idf.
const NEIGHBOUR: f32 = 0.6;
/// What the very word adds, against its idf.
const VERY_WORD: f32 = 0.5;

/// Scores the best, so many of them, again and sorts them by it. They come in order, and keep it where
/// equal. Words that weigh less than `lightest` are not looked at.
pub(super) fn rerank(
    segments: &[Segment],
    plan: &Plan,
    bm25: &[Bm25],
    kept: &mut [Scored],
    count: usize,
    lightest: Score,
) -> Result<(), IndexError> {
    let mut wanted = Vec::new();
    plan.root.each_wanted_leaf(&mut |leaf| wanted.push(leaf));
    if wanted.is_empty() {
        return Ok(());
    }
    let leaves: Vec<&Leaf> = wanted.iter().map(|leaf| &plan.leaves[*leaf]).collect();
    let idfs: Vec<f32> = wanted.iter().map(|leaf| bm25[*leaf].idf).collect();
    let looked_at: Vec<bool> = idfs.iter().map(|idf| *idf >= lightest).collect();
    let reranked = kept.len().min(count);
    let best = &mut kept[..reranked];
    for (number, segment) in segments.iter().enumerate() {
        let mut here: Vec<&mut Scored> =
            best.iter_mut().filter(|scored| scored.segment == number).collect();
        here.sort_unstable_by_key(|scored| scored.doc);
        let docs: Vec<DocId> = here.iter().map(|scored| scored.doc).collect();
        let found = positions(segment, &leaves, &looked_at, &docs)?;
        let scores = scores(segment, &here, &found, &idfs)?;
        for (scored, score) in here.into_iter().zip(scores) {
            scored.score = score;
        }
    }
    // Stable: passages that score the same stay in the order of their places.
    best.sort_by(|a, b| b.score.total_cmp(&a.score));
    Ok(())
}

/// Where the words of a query stand in a passage, by word of the query.
struct Found {
    positions: Vec<Vec<u32>>,
    has_very_word: Vec<bool>,
}

/// Reads the positions of the words that are looked at in some passages, which are sorted.
fn positions(
    segment: &Segment,
    leaves: &[&Leaf],
    looked_at: &[bool],
    docs: &[DocId],
) -> Result<Vec<Found>, IndexError> {
    let nothing = || Found {
        positions: vec![Vec::new(); leaves.len()],
        has_very_word: vec![false; leaves.len()],
    };
    let mut found: Vec<Found> = docs.iter().map(|_| nothing()).collect();
    for (at, leaf) in leaves.iter().enumerate().filter(|(at, _)| looked_at[*at]) {
        for form in &leaf.forms {
            let option = IndexRecordOption::WithFreqsAndPositions;
            let Some(mut postings) = segment.postings(form, option)? else { continue };
            let is_very_word = leaf.term.pattern.word() == Some(form.as_str());
            for (doc, found) in docs.iter().zip(&mut found) {
                if postings.doc() < *doc {
                    postings.seek(*doc);
                }
                if postings.doc() == *doc {
                    postings.append_positions_with_offset(0, &mut found.positions[at]);
                    found.has_very_word[at] |= is_very_word;
                }
            }
        }
    }
    for list in found.iter_mut().flat_map(|found| &mut found.positions) {
        list.sort_unstable();
    }
    Ok(found)
}

/// What each passage is worth: by itself, or with a neighbour that goes on with it. Of two
/// neighbours only the better one gains, so that it stays ahead of the other.
fn scores(
    segment: &Segment,
    here: &[&mut Scored],
    found: &[Found],
    idfs: &[f32],
) -> Result<Vec<f32>, IndexError> {
    let alone: Vec<f32> = here
        .iter()
        .zip(found)
        .map(|(scored, found)| {
            scored.score + very_words(found, idfs) + closeness_of_all(&found.positions, idfs)
        })
        .collect();
    let mut scores = alone.clone();
    for at in 1..here.len() {
        if here[at - 1].doc + 1 != here[at].doc {
            continue;
        }
        let length = segment.length(here[at - 1].doc)?.unwrap_or(0);
        let joint = joined(&found[at - 1].positions, &found[at].positions, length);
        let (better, other) = if alone[at] > alone[at - 1] { (at, at - 1) } else { (at - 1, at) };
        let closer =
            closeness_of_all(&joint, idfs) - closeness_of_all(&found[better].positions, idfs);
        let more = only_in(&found[other], &found[better], idfs);
        scores[better] = scores[better].max(alone[better] + closer + NEIGHBOUR * more);
    }
    Ok(scores)
}

/// The positions in two neighbouring passages, as if they were one.
fn joined(first: &[Vec<u32>], second: &[Vec<u32>], length: u32) -> Vec<Vec<u32>> {
    let join = |(first, second): (&Vec<u32>, &Vec<u32>)| {
        first.iter().copied().chain(second.iter().map(|at| at + length)).collect()
    };
    first.iter().zip(second).map(join).collect()
}

fn very_words(found: &Found, idfs: &[f32]) -> f32 {
    let very = found.has_very_word.iter().zip(idfs).filter(|(has, _)| **has);
    very.map(|(_, idf)| VERY_WORD * idf).sum()
}

/// The weight of the words that one passage has and the other lacks.
fn only_in(one: &Found, other: &Found, idfs: &[f32]) -> f32 {
    let pairs = one.positions.iter().zip(&other.positions).zip(idfs);
    pairs.filter(|((one, other), _)| !one.is_empty() && other.is_empty()).map(|(_, idf)| idf).sum()
}

fn closeness_of_all(positions: &[Vec<u32>], idfs: &[f32]) -> f32 {
    let pairs = |apart: usize| {
        let closeness = |at: usize| {
            // A common word beside a rare one says something too, if less.
            let (a, b) = (idfs[at], idfs[at + apart]);
            let weight = a.min(b) + COMMON * (a - b).abs();
            weight * closeness(&positions[at], &positions[at + apart])
        };
        (0..positions.len().saturating_sub(apart)).map(closeness).sum::<f32>()
    };
    // Words that were asked for with one between are close too: that one may be misremembered.
    PAIR * (pairs(1) + SKIPPED * pairs(2))
}

/// How close two words come: 1 when the second follows the first at once, less for each word
/// between and for the wrong order, 0 when they are far apart.
fn closeness(first: &[u32], second: &[u32]) -> f32 {
    let mut best: f32 = 0.0;
    let mut next = 0;
    for at in first {
        while second.get(next).is_some_and(|other| other < at) {
            next += 1;
        }
        if let Some(after) = second.get(next).filter(|other| *other > at) {
            best = best.max(inverse(after - at));
        }
        if let Some(before) = next.checked_sub(1).map(|previous| second[previous]) {
            best = best.max(REVERSED * inverse(at - before));
        }
    }
    best
}

#[expect(clippy::cast_precision_loss, reason = "distances are small")]
fn inverse(distance: u32) -> f32 {
    if distance > CLOSE { 0.0 } else { 1.0 / distance.max(1) as f32 }
}

#[cfg(test)]
mod tests {
    use super::closeness;

    #[test]
    fn neighbours_in_order_are_closest() {
        let close = closeness(&[3], &[4]);
        assert!(close > closeness(&[3], &[5]));
        assert!(close > closeness(&[4], &[3]));
        assert!(closeness(&[4], &[3]) > closeness(&[3], &[40]));
    }

    #[test]
    fn the_closest_pair_counts() {
        assert!((closeness(&[0, 50, 90], &[51, 200]) - 1.0).abs() < f32::EPSILON);
    }
}
