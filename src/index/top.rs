//! Keeping the best while all are counted.

use tantivy::{DocId, Score};

/// A passage that was proposed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scored {
    pub segment: usize,
    pub doc: DocId,
    pub score: Score,
}

/// The best so far. All that score the same as the last one are kept too, so that which of them
/// come first can be decided by something better than the order in which they were met.
pub(super) struct Top {
    limit: usize,
    kept: Vec<Scored>,
    /// What scores less is not among the best.
    threshold: Score,
    /// How many may be kept before they are sorted out.
    full: usize,
}

impl Top {
    pub(super) fn new(limit: usize) -> Self {
        let limit = limit.max(1);
        Self { limit, kept: Vec::new(), threshold: Score::MIN, full: limit.saturating_mul(4) }
    }

    pub(super) fn offer(&mut self, scored: Scored) {
        if scored.score < self.threshold {
            return;
        }
        self.kept.push(scored);
        // Sorting out now and then is cheaper than a heap, and keeps what scores the same.
        if self.kept.len() >= self.full {
            self.sort_out();
            self.full = self.kept.len().max(self.limit.saturating_mul(2)).saturating_mul(2);
        }
    }

    fn sort_out(&mut self) {
        if self.kept.len() <= self.limit {
            return;
        }
        let best_first = |a: &Scored, b: &Scored| b.score.total_cmp(&a.score);
        let (_, last, _) = self.kept.select_nth_unstable_by(self.limit - 1, best_first);
        let threshold = last.score;
        self.threshold = threshold;
        self.kept.retain(|scored| scored.score >= threshold);
    }

    /// The best, and those that score the same as the last of them, in no order.
    pub(super) fn finish(mut self) -> Vec<Scored> {
        self.sort_out();
        self.kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_best_and_their_equals_are_kept(scores in prop::collection::vec(0_u8..20, 0..900), limit in 1_usize..40) {
            let mut top = Top::new(limit);
            for (doc, score) in (0..).zip(&scores) {
                top.offer(Scored { segment: 0, doc, score: Score::from(*score) });
            }
            let mut kept: Vec<DocId> = top.finish().iter().map(|scored| scored.doc).collect();
            kept.sort_unstable();
            let mut sorted = scores.clone();
            sorted.sort_unstable_by(|a, b| b.cmp(a));
            let worst = sorted.get(limit - 1).copied().unwrap_or(0);
            let expected: Vec<DocId> =
                (0..).zip(&scores).filter(|(_, score)| **score >= worst).map(|(doc, _)| doc).collect();
            prop_assert_eq!(kept, expected);
        }
    }
}
