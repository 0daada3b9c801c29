//! The order of the best passages.
//!
//! BM25 counts words wherever they stand. The best few hundred are looked at once more: words that
//! stand close together, and in the order in which they were asked for, are what someone looking for
//! a passage has in mind, and the very word is more than another form of it. This reads positions
//! alone, no stored text, so that it costs a fraction of a millisecond.

use tantivy::{DocId, Score, postings::Postings, schema::IndexRecordOption};

use super::{
    best::Proposal,
    chosen::Chosen,
    error::IndexError,
    open::PassageId,
    segment::Segment,
    terms::{Terms, Weights},
    top::Scored,
};
use crate::find::Plan;

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

/// What the score of a passage is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Shares {
    /// What its words add by themselves (BM25).
    pub words: f32,
    /// What the very words add that were typed.
    pub very_words: f32,
    /// What words add that stand close together and in order.
    pub closeness: f32,
    /// What the passage before or after adds.
    pub neighbour: f32,
}

impl Shares {
    /// The score.
    #[must_use]
    pub fn total(&self) -> f32 {
        self.words + self.very_words + self.closeness + self.neighbour
    }
}

/// What is looked at once more.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    /// How many of the best passages.
    pub count: usize,
    /// Words that weigh less than this are not looked at.
    pub lightest: Score,
}

/// Scores the best again and sorts them by it. They come in order, and keep it where equal.
pub(super) fn rerank(
    segments: &[Segment],
    plan: &Plan,
    terms: &Terms,
    kept: &[Scored],
    look: Look,
) -> Result<Vec<Proposal>, IndexError> {
    let passage = |it: &Scored| PassageId { segment: it.segment, doc: it.doc };
    let proposal = |it: &Scored| Proposal::by_words(passage(it), it.score);
    let mut proposals: Vec<Proposal> = kept.iter().map(proposal).collect();
    let mut wanted = Vec::new();
    plan.root.each_wanted_leaf(&mut |leaf| wanted.push(leaf));
    if wanted.is_empty() {
        return Ok(proposals);
    }
    let idfs: Vec<f32> = wanted.iter().map(|leaf| terms.bm25[*leaf].idf).collect();
    let looked_at =
        |(leaf, idf): (&usize, &f32)| if *idf >= look.lightest { Some(*leaf) } else { None };
    let looked_at: Vec<Option<usize>> = wanted.iter().zip(&idfs).map(looked_at).collect();
    let reranked = kept.len().min(look.count);
    let best = &mut proposals[..reranked];
    for (number, segment) in segments.iter().enumerate() {
        let mut here: Vec<&mut Proposal> =
            best.iter_mut().filter(|proposal| proposal.passage.segment == number).collect();
        here.sort_unstable_by_key(|proposal| proposal.passage.doc);
        let docs: Vec<DocId> = here.iter().map(|proposal| proposal.passage.doc).collect();
        let found = positions(segment, &looked_at, terms.of(plan, number), docs)?;
        let shares = shares(segment, &here, &found, &idfs)?;
        for (proposal, shares) in here.into_iter().zip(shares) {
            proposal.shares = shares;
            proposal.score = shares.total();
        }
    }
    // Stable: passages that score the same stay in the order of their places.
    best.sort_by(|a, b| b.score.total_cmp(&a.score));
    Ok(proposals)
}

/// Where the words of a query stand in a passage, by word of the query.
struct Found {
    positions: Vec<Vec<u32>>,
    has_very_word: Vec<bool>,
}

/// Reads the positions of some leaves in some passages, which are sorted; `None` stands for a word
/// that is not looked at.
fn positions(
    segment: &Segment,
    leaves: &[Option<usize>],
    weights: Weights<'_>,
    docs: Vec<DocId>,
) -> Result<Vec<Found>, IndexError> {
    let nothing = || Found {
        positions: vec![Vec::new(); leaves.len()],
        has_very_word: vec![false; leaves.len()],
    };
    let mut found: Vec<Found> = docs.iter().map(|_| nothing()).collect();
    let chosen = Chosen::new(segment, docs);
    for (at, leaf) in leaves.iter().enumerate() {
        for form in leaf.map_or(&[][..], |leaf| &weights.forms[leaf]) {
            let option = IndexRecordOption::WithFreqsAndPositions;
            chosen.each(segment.read(form, option)?, |place, postings| {
                let found = &mut found[place];
                postings.append_positions_with_offset(0, &mut found.positions[at]);
                found.has_very_word[at] |= form.is_very_word;
            });
        }
    }
    for list in found.iter_mut().flat_map(|found| &mut found.positions) {
        list.sort_unstable();
    }
    Ok(found)
}

/// What each passage is worth: by itself, or with a neighbour that goes on with it. Of two
/// neighbours only the better one gains, so that it stays ahead of the other.
fn shares(
    segment: &Segment,
    here: &[&mut Proposal],
    found: &[Found],
    idfs: &[f32],
) -> Result<Vec<Shares>, IndexError> {
    let alone = |(proposal, found): (&&mut Proposal, &Found)| Shares {
        very_words: very_words(found, idfs),
        closeness: closeness_of_all(&found.positions, idfs),
        ..proposal.shares
    };
    let mut shares: Vec<Shares> = here.iter().zip(found).map(alone).collect();
    let alone: Vec<f32> = shares.iter().map(Shares::total).collect();
    for at in 1..here.len() {
        let (before, doc) = (here[at - 1].passage.doc, here[at].passage.doc);
        if before + 1 != doc {
            continue;
        }
        let length = segment.length(before)?.unwrap_or(0);
        let joint = joined(&found[at - 1].positions, &found[at].positions, length);
        let (better, other) = if alone[at] > alone[at - 1] { (at, at - 1) } else { (at - 1, at) };
        let closer = closeness_of_all(&joint, idfs) - shares[better].closeness;
        let more = only_in(&found[other], &found[better], idfs);
        shares[better].neighbour = shares[better].neighbour.max(closer + NEIGHBOUR * more);
    }
    Ok(shares)
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
