//! Passages that have any of several words, each scored by all it has.
//!
//! With many words, most passages have one of them, so nothing is gained by walking the postings
//! side by side: they are taken one list after the other and added up in a table of all passages.

use tantivy::{COLLECT_BLOCK_BUFFER_LEN, DocId, DocSet, Score, TERMINATED, query::Scorer};

use super::{error::IndexError, segment::Segment, tally::Tally, terms::Weights};

/// What counts of the score of a neighbouring passage, so that words which run over a border bring
/// both sides forward. Records score nothing, so that no other document counts.
const NEIGHBOUR: f32 = 0.15;

/// When fewer than one in so many passages score, they are sorted.
const SORTED: usize = 32;

/// The passages that have one of some words, with the sum of their scores.
pub(super) struct AnyWord {
    passages: Vec<(DocId, Score)>,
    at: usize,
}

impl AnyWord {
    /// Adds up the scores of some leaves of a plan.
    pub(super) fn open(
        segment: &Segment,
        leaves: &[usize],
        weights: Weights<'_>,
    ) -> Result<Self, IndexError> {
        let mut sums = Sums::new(segment.reader.max_doc());
        let mut tally = Tally::default();
        for leaf in leaves {
            tally.add(segment, &weights.forms[*leaf], &weights.bm25[*leaf], &mut sums)?;
        }
        Ok(Self { passages: sums.with_neighbours(), at: 0 })
    }
}

/// Scores of passages, added up word by word.
pub(super) struct Sums {
    table: Vec<Score>,
    /// The passages that score at all.
    scored: Vec<DocId>,
}

impl Sums {
    pub(super) fn new(max_doc: DocId) -> Self {
        Self { table: vec![0.0; max_doc as usize], scored: Vec::new() }
    }

    /// Adds to the score of a passage; scores are above 0.
    pub(super) fn add(&mut self, doc: DocId, score: Score) {
        let sum = &mut self.table[doc as usize];
        if *sum <= 0.0 {
            self.scored.push(doc);
        }
        *sum += score;
    }

    /// The passages that score, in order, with a share of what their better neighbour scores.
    pub(super) fn with_neighbours(mut self) -> Vec<(DocId, Score)> {
        // To go through the table costs less than to sort many.
        if self.scored.len() < self.table.len() / SORTED {
            self.scored.sort_unstable();
        } else {
            let docs = (0..).zip(&self.table).filter(|(_, sum)| **sum > 0.0);
            self.scored = docs.map(|(doc, _)| doc).collect();
        }
        let sum = |at: usize| self.table.get(at).copied().unwrap_or(0.0);
        let score = |doc: &DocId| {
            let at = *doc as usize;
            let beside = sum(at + 1).max(at.checked_sub(1).map_or(0.0, sum));
            (*doc, sum(at) + NEIGHBOUR * beside)
        };
        self.scored.iter().map(score).collect()
    }
}

impl DocSet for AnyWord {
    fn advance(&mut self) -> DocId {
        self.at += 1;
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let rest = &self.passages[self.at.min(self.passages.len())..];
        self.at += rest.partition_point(|(doc, _)| *doc < target);
        self.doc()
    }

    fn fill_buffer(&mut self, buffer: &mut [DocId; COLLECT_BLOCK_BUFFER_LEN]) -> usize {
        let rest = &self.passages[self.at.min(self.passages.len())..];
        let count = rest.len().min(buffer.len());
        for (slot, (doc, _)) in buffer.iter_mut().zip(rest) {
            *slot = *doc;
        }
        self.at += count;
        count
    }

    fn doc(&self) -> DocId {
        self.passages.get(self.at).map_or(TERMINATED, |(doc, _)| *doc)
    }

    fn size_hint(&self) -> u32 {
        u32::try_from(self.passages.len()).unwrap_or(u32::MAX)
    }
}

impl Scorer for AnyWord {
    fn score(&mut self) -> Score {
        self.passages.get(self.at).map_or(0.0, |(_, score)| *score)
    }
}
