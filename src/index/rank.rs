//! The order of the best passages.
//!
//! BM25 counts words wherever they stand. The best few hundred are looked at once more: words that
//! stand close together, and in the order in which they were asked for, are what someone looking for
//! a passage has in mind, and the very word is more than another form of it. This reads positions
//! alone, no stored text, so that it costs a fraction of a millisecond.

use tantivy::{
    DocSet,
    postings::{Postings, SegmentPostings},
    schema::IndexRecordOption,
};

use super::{bm25::Bm25, error::IndexError, segment::Segment, top::Scored};
use crate::find::{Leaf, Plan};

/// How many passages are looked at once more.
pub(super) const RERANKED: usize = 300;
/// Words further apart than this are not close.
const CLOSE: u32 = 12;
/// What a pair of neighbouring words in the right order adds, against the lighter word's idf.
const PAIR: f32 = 0.9;
/// What is left of that in the wrong order.
const REVERSED: f32 = 0.5;
/// What the very word adds, against its idf.
const VERY_WORD: f32 = 0.35;

/// Scores the best again and sorts them by it. They come in order, and keep it where equal.
pub(super) fn rerank(
    segments: &[Segment],
    plan: &Plan,
    bm25: &[Bm25],
    kept: &mut [Scored],
) -> Result<(), IndexError> {
    let mut wanted = Vec::new();
    plan.root.each_wanted_leaf(&mut |leaf| wanted.push(leaf));
    if wanted.is_empty() {
        return Ok(());
    }
    let reranked = kept.len().min(RERANKED);
    let best = &mut kept[..reranked];
    for (number, segment) in segments.iter().enumerate() {
        let mut here: Vec<&mut Scored> =
            best.iter_mut().filter(|scored| scored.segment == number).collect();
        here.sort_unstable_by_key(|scored| scored.doc);
        if here.is_empty() {
            continue;
        }
        let leaves = wanted.iter().map(|leaf| &plan.leaves[*leaf]);
        let mut readers: Vec<LeafPositions> =
            leaves.map(|leaf| LeafPositions::open(segment, leaf)).collect::<Result<_, _>>()?;
        for scored in here {
            for reader in &mut readers {
                reader.read(scored.doc);
            }
            scored.score += bonus(&readers, &wanted, bm25);
        }
    }
    // Stable: passages that score the same stay in the order of their places.
    best.sort_by(|a, b| b.score.total_cmp(&a.score));
    Ok(())
}

fn bonus(readers: &[LeafPositions], wanted: &[usize], bm25: &[Bm25]) -> f32 {
    let mut bonus = 0.0;
    for (reader, leaf) in readers.iter().zip(wanted) {
        if reader.has_very_word {
            bonus += VERY_WORD * bm25[*leaf].idf;
        }
    }
    for (pair, leaves) in readers.windows(2).zip(wanted.windows(2)) {
        let lighter = bm25[leaves[0]].idf.min(bm25[leaves[1]].idf);
        bonus += PAIR * lighter * closeness(&pair[0].positions, &pair[1].positions);
    }
    bonus
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

/// The positions of one word of the query, passage by passage in ascending order.
struct LeafPositions {
    /// The postings of each form, and whether it is the very word.
    forms: Vec<(SegmentPostings, bool)>,
    positions: Vec<u32>,
    has_very_word: bool,
}

impl LeafPositions {
    fn open(segment: &Segment, leaf: &Leaf) -> Result<Self, IndexError> {
        let mut forms = Vec::new();
        for form in &leaf.forms {
            let option = IndexRecordOption::WithFreqsAndPositions;
            if let Some(postings) = segment.postings(form, option)? {
                let is_very_word = leaf.term.pattern.word() == Some(form.as_str());
                forms.push((postings, is_very_word));
            }
        }
        Ok(Self { forms, positions: Vec::new(), has_very_word: false })
    }

    fn read(&mut self, doc: tantivy::DocId) {
        self.positions.clear();
        self.has_very_word = false;
        for (postings, is_very_word) in &mut self.forms {
            if postings.doc() < doc {
                postings.seek(doc);
            }
            if postings.doc() == doc {
                postings.append_positions_with_offset(0, &mut self.positions);
                self.has_very_word |= *is_very_word;
            }
        }
        if self.forms.len() > 1 {
            self.positions.sort_unstable();
        }
    }
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
