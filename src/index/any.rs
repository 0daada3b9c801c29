//! Passages that have any of several words, each scored by all it has.
//!
//! With many words, most passages have one of them, so nothing is gained by walking the postings
//! side by side: for some thousand passages after the other, they are added up word by word.

use std::mem;

use tantivy::{DocId, DocSet, Score, TERMINATED, query::Scorer};

use super::{error::IndexError, segment::Segment, table::Table, tally::Tally, terms::Weights};

/// What counts of the score of a neighbouring passage, so that words which run over a border bring
/// both sides forward. Records score nothing, so that no other document counts.
const NEIGHBOUR: f32 = 0.15;

/// The passages that have one of some words, with the sum of their scores.
pub(super) struct AnyWord {
    words: Vec<Tally>,
    /// The score of the passage before those that are gone through.
    before: Score,
    here: Table,
    /// The passages behind these, of which the first is the neighbour of the last.
    next: Table,
    /// Of one word at a time, in the next passages.
    frequencies: Table,
    doc: DocId,
    max_doc: DocId,
    size: u32,
}

impl AnyWord {
    /// The passages that have a word of some leaves of a plan.
    pub(super) fn open(
        segment: &Segment,
        leaves: &[usize],
        weights: Weights<'_>,
    ) -> Result<Self, IndexError> {
        let mut words = Vec::new();
        let mut size = 0_u32;
        for (leaf, times) in counted(leaves, weights) {
            let mut bm25 = weights.bm25[leaf].clone();
            bm25.idf *= times;
            words.push(Tally::open(segment, &weights.forms[leaf], bm25)?);
            let passages = weights.forms[leaf].iter().map(|form| form.info.doc_freq);
            size = passages.fold(size, u32::saturating_add);
        }
        let max_doc = segment.reader.max_doc();
        let [here, next, frequencies] = [0; 3].map(Table::new);
        let size = size.min(max_doc);
        let mut any = Self { words, before: 0.0, here, next, frequencies, doc: 0, max_doc, size };
        any.add_next();
        any.go_on();
        any.find_from(0);
        Ok(any)
    }

    /// Adds up the words in the next passages.
    fn add_next(&mut self) {
        for word in &mut self.words {
            word.add(&mut self.next, &mut self.frequencies);
        }
    }

    /// Goes on to the next passages.
    fn go_on(&mut self) {
        self.before = self.here.get(self.here.end() - 1);
        mem::swap(&mut self.here, &mut self.next);
        self.next.restart(self.here.end());
        self.frequencies.restart(self.here.end());
        self.add_next();
    }

    /// Stops at the first passage from this one on that scores.
    fn find_from(&mut self, doc: DocId) -> DocId {
        self.doc = loop {
            match self.here.next_from(doc) {
                Some(doc) => break doc,
                None if self.here.end() >= self.max_doc => break TERMINATED,
                None => self.go_on(),
            }
        };
        self.doc
    }
}

/// The leaves with different words, and how often each was asked for: a sentence has some words
/// twice, and they are mostly the common ones.
fn counted(leaves: &[usize], weights: Weights<'_>) -> Vec<(usize, f32)> {
    let pattern = |leaf: usize| &weights.leaves[leaf].term.pattern;
    let mut counted: Vec<(usize, f32)> = Vec::new();
    for leaf in leaves {
        match counted.iter_mut().find(|(other, _)| pattern(*other) == pattern(*leaf)) {
            Some((_, times)) => *times += 1.0,
            None => counted.push((*leaf, 1.0)),
        }
    }
    counted
}

impl DocSet for AnyWord {
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

impl Scorer for AnyWord {
    fn score(&mut self) -> Score {
        let (here, doc) = (&self.here, self.doc);
        let is_first = doc == here.start();
        let before = if is_first { self.before } else { here.get(doc - 1) };
        let is_last = doc + 1 == here.end();
        let after = if is_last { self.next.get(doc + 1) } else { here.get(doc + 1) };
        here.get(doc) + NEIGHBOUR * before.max(after)
    }
}
