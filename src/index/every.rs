//! Passages that have every one of several common words, each scored by all of them.
//!
//! To look each passage of the rarest word up among the postings of the others pays where it is
//! rare. Where all are common, nearly every block of postings is opened anyway, and it is faster to
//! walk through all of them once: for some thousand passages after the other, the words are counted
//! off, the rarest first.

use tantivy::{DocId, DocSet, Score, TERMINATED, query::Scorer};

use super::{
    chosen,
    error::IndexError,
    segment::Segment,
    table::{SIZE, Table},
    tally::Tally,
    terms::Weights,
};

/// Words are common when all of them have at most so many times the postings of the rarest.
const COMMON: u64 = 16;

/// The passages that have all of some words, with the sum of their scores.
pub(super) struct EveryWord {
    /// The rarest first.
    words: Vec<Tally>,
    /// How many of the words a passage has, as far as it has the rarer ones.
    counted: Box<[u8; SIZE]>,
    sums: Table,
    /// Of one word at a time.
    frequencies: Table,
    doc: DocId,
    max_doc: DocId,
    size: u32,
}

impl EveryWord {
    /// The passages that have a word of each of some leaves of a plan; `None` when these are better
    /// found otherwise.
    pub(super) fn open(
        segment: &Segment,
        leaves: &[usize],
        weights: Weights<'_>,
    ) -> Result<Option<Self>, IndexError> {
        let size = |leaf: &usize| chosen::size(&[*leaf], weights);
        let mut leaves = leaves.to_vec();
        leaves.sort_by_key(size);
        let rarest = leaves.first().map_or(0, size);
        let all: u64 = leaves.iter().map(size).sum();
        if leaves.len() < 2 || leaves.len() > usize::from(u8::MAX) || all > COMMON * rarest {
            return Ok(None);
        }
        let open =
            |leaf: &usize| Tally::open(segment, &weights.forms[*leaf], weights.bm25[*leaf].clone());
        let mut every = Self {
            words: leaves.iter().map(open).collect::<Result<_, _>>()?,
            counted: Box::new([0; SIZE]),
            sums: Table::new(0),
            frequencies: Table::new(0),
            doc: 0,
            max_doc: segment.reader.max_doc(),
            size: u32::try_from(rarest).unwrap_or(u32::MAX),
        };
        every.count();
        every.find_from(0);
        Ok(Some(every))
    }

    /// Counts the words off in the passages of the tables.
    fn count(&mut self) {
        self.counted.fill(0);
        let start = self.sums.start();
        for (number, word) in (0_u8..).zip(&mut self.words) {
            word.add(&mut self.sums, &mut self.frequencies, |doc| {
                let counted = &mut self.counted[(doc - start) as usize % SIZE];
                let has_rarer = *counted >= number;
                if has_rarer {
                    *counted = number + 1;
                }
                has_rarer
            });
        }
    }

    /// Stops at the first passage from this one on that has all words.
    fn find_from(&mut self, mut doc: DocId) -> DocId {
        let all = self.words.len();
        self.doc = loop {
            match self.sums.next_from(doc) {
                Some(next) => {
                    let counted = self.counted[(next - self.sums.start()) as usize % SIZE];
                    if usize::from(counted) == all {
                        break next;
                    }
                    doc = next + 1;
                }
                None if self.sums.end() >= self.max_doc => break TERMINATED,
                None => {
                    let end = self.sums.end();
                    self.sums.restart(end);
                    self.frequencies.restart(end);
                    self.count();
                }
            }
        };
        self.doc
    }
}

impl DocSet for EveryWord {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED { TERMINATED } else { self.find_from(self.doc + 1) }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target { self.find_from(target) } else { self.doc }
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.size
    }
}

impl Scorer for EveryWord {
    fn score(&mut self) -> Score {
        self.sums.get(self.doc)
    }
}
