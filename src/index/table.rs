//! A number for each of some passages that follow each other, most of which may stay 0.
//!
//! A table for a whole segment would be written all over and leave the caches; one of so many
//! passages stays in the nearest.

use tantivy::{DocId, Score};

/// How many passages are marked together.
const GROUP: usize = 64;
/// How many passages a table has: a group for each bit of its marks.
const SIZE: usize = GROUP * 64;

/// A number for each passage from a first one on, 0 until something is added.
pub(super) struct Table {
    start: DocId,
    values: Box<[Score; SIZE]>,
    /// A bit for each group of passages, set when one of them has another number than 0.
    touched: u64,
}

impl Table {
    /// The passages from this one on.
    pub(super) fn new(start: DocId) -> Self {
        Self { start, values: Box::new([0.0; SIZE]), touched: 0 }
    }

    /// The first passage.
    pub(super) fn start(&self) -> DocId {
        self.start
    }

    /// The first passage behind it.
    #[expect(clippy::cast_possible_truncation, reason = "a constant that fits")]
    pub(super) fn end(&self) -> DocId {
        self.start.saturating_add(SIZE as DocId)
    }

    /// Makes it a table of other passages, all 0.
    pub(super) fn restart(&mut self, start: DocId) {
        self.clear();
        self.start = start;
    }

    /// Makes all 0 again.
    pub(super) fn clear(&mut self) {
        while self.touched != 0 {
            let group = self.touched.trailing_zeros() as usize;
            self.values[group * GROUP..][..GROUP].fill(0.0);
            self.touched &= self.touched - 1;
        }
    }

    /// The number of a passage; 0 for one that is not in the table.
    pub(super) fn get(&self, doc: DocId) -> Score {
        let at = doc.checked_sub(self.start);
        at.and_then(|at| self.values.get(at as usize)).copied().unwrap_or(0.0)
    }

    /// Adds what is above 0 to the number of a passage of the table. Gives what it was before.
    #[inline]
    pub(super) fn add(&mut self, doc: DocId, value: Score) -> Score {
        let at = (doc - self.start) as usize % SIZE;
        self.touched |= 1 << (at / GROUP);
        let before = self.values[at];
        self.values[at] = before + value;
        before
    }

    /// The first passage of the table from this one on whose number is above 0.
    pub(super) fn next_from(&self, doc: DocId) -> Option<DocId> {
        let mut at = doc.saturating_sub(self.start) as usize;
        while at < SIZE {
            let group = at / GROUP;
            if self.touched >> group & 1 == 0 {
                // On to the next group that has something.
                let later = self.touched & (u64::MAX << group);
                at = later.trailing_zeros() as usize * GROUP;
                continue;
            }
            let end = (group + 1) * GROUP;
            if let Some(more) = self.values[at..end].iter().position(|value| *value > 0.0) {
                return DocId::try_from(at + more).ok().map(|at| self.start + at);
            }
            at = end;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        #[expect(clippy::float_cmp, reason = "sums of small whole numbers are exact")]
        fn what_was_added_to_is_found_again_in_order(
            start in 0_u32..9_000,
            added in prop::collection::vec((0..SIZE, 1_u8..9), 0..60),
        ) {
            let mut table = Table::new(0);
            table.add(7, 1.0);
            table.restart(start);
            let mut plain = vec![0.0; SIZE];
            let docs = |at: usize| start + DocId::try_from(at).unwrap();
            for (at, value) in &added {
                let before = table.add(docs(*at), f32::from(*value));
                prop_assert_eq!(before, plain[*at]);
                plain[*at] += f32::from(*value);
            }
            let expected: Vec<DocId> = (0..SIZE).filter(|at| plain[*at] > 0.0).map(docs).collect();
            let found = std::iter::successors(table.next_from(0), |doc| table.next_from(doc + 1));
            prop_assert_eq!(found.collect::<Vec<_>>(), expected);
            prop_assert!((0..SIZE).all(|at| table.get(docs(at)) == plain[at]));
            prop_assert_eq!(table.get(table.end()), 0.0);
            table.clear();
            prop_assert_eq!(table.next_from(0), None);
        }
    }
}
