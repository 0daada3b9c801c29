//! The passages that answer a query best, and the order of those that answer it equally.

use std::collections::HashMap;

use tantivy::{DocId, DocSet, Score, TERMINATED, schema::IndexRecordOption};

use super::{
    error::IndexError,
    open::{Index, PassageId},
    rank::{self, Shares},
    segment::get_or_try,
    top::{Scored, Top},
};
use crate::find::Plan;

/// A passage that answers a query.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Proposal {
    /// Which one.
    pub passage: PassageId,
    /// How well: higher is better. Comparable within one search only.
    pub score: f32,
    /// What the score is made of.
    pub shares: Shares,
}

impl Proposal {
    /// A passage with the score that its words have by themselves.
    pub(super) fn by_words(passage: PassageId, score: Score) -> Self {
        Self { passage, score, shares: Shares { words: score, ..Shares::default() } }
    }
}

/// The passages that answer a query.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposals {
    /// The best, in order: score, then path, then place in the document.
    pub best: Vec<Proposal>,
    /// How many there are in all.
    pub total: usize,
}

/// A number for each record, which is named by its segment and its number there.
pub(super) type ByRecord = HashMap<(usize, DocId), u64>;

impl Index {
    /// Finds the passages that answer a plan: counts all, gives the best.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn search(&self, plan: &Plan, limit: usize) -> Result<Proposals, IndexError> {
        let terms = self.terms(plan)?;
        let proposing = plan.proposing();
        let best = limit.max(rank::RERANKED);
        let parts = self.of_segments(plan, &terms, |segment| {
            let mut top = Top::new(best);
            let mut total = 0;
            self.each_answer(segment, plan, &proposing, &terms, |doc, score| {
                total += 1;
                top.offer(Scored { segment, doc, score });
                Ok(())
            })?;
            Ok((top.finish(), total))
        })?;
        let mut top = Top::new(best);
        let mut total = 0;
        for (best, found) in parts {
            total += found;
            for scored in best {
                top.offer(scored);
            }
        }
        let kept = self.in_order(top.finish())?;
        let looked_at = rank::Look { count: rank::RERANKED, lightest: 0.0 };
        let mut best = rank::rerank(&self.segments, plan, &terms, &kept, looked_at)?;
        best.truncate(limit);
        Ok(Proposals { best, total })
    }

    /// Sorts by score, and what scores the same by path and place in the document.
    pub(super) fn in_order(&self, mut kept: Vec<Scored>) -> Result<Vec<Scored>, IndexError> {
        kept.sort_unstable_by(|a, b| {
            b.score.total_cmp(&a.score).then((a.segment, a.doc).cmp(&(b.segment, b.doc)))
        });
        for equal in kept.chunk_by_mut(|a, b| a.score.total_cmp(&b.score).is_eq()) {
            if equal.len() > 1 {
                self.by_path(equal)?;
            }
        }
        Ok(kept)
    }

    /// Sorts what scores the same by path and place.
    fn by_path(&self, equal: &mut [Scored]) -> Result<(), IndexError> {
        let paths = self.path_ranks_if_needed()?;
        let mut keyed = Vec::with_capacity(equal.len());
        for scored in equal.iter() {
            let segment = &self.segments[scored.segment];
            let record = segment.record_of(scored.doc)?.unwrap_or_default();
            let rank = match paths {
                Some(ranks) => ranks.get(&(scored.segment, record)).copied().unwrap_or(u64::MAX),
                None => segment.rank(record)?,
            };
            keyed.push((rank, scored.doc, *scored));
        }
        keyed.sort_unstable_by_key(|(rank, doc, _)| (*rank, *doc));
        for (place, (_, _, scored)) in equal.iter_mut().zip(keyed) {
            *place = scored;
        }
        Ok(())
    }

    /// For each record, where its path stands among all paths, worked out once; `None` where the
    /// records have that with them, as they mostly do.
    pub(super) fn path_ranks_if_needed(&self) -> Result<Option<&ByRecord>, IndexError> {
        if self.note.is_ranked() {
            return Ok(None);
        }
        get_or_try(&self.path_ranks, || self.path_ranks()).map(Some)
    }

    /// For each record, where its path stands among all paths.
    fn path_ranks(&self) -> Result<ByRecord, IndexError> {
        let mut paths: Vec<(Vec<u8>, (usize, DocId))> = Vec::new();
        for (number, segment) in self.segments.iter().enumerate() {
            let inverted = segment.reader.inverted_index(self.fields.path)?;
            let mut stream = inverted.terms().stream()?;
            while let Some((path, info)) = stream.next() {
                let mut postings =
                    inverted.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
                while postings.doc() != TERMINATED {
                    paths.push((path.to_vec(), (number, postings.doc())));
                    postings.advance();
                }
            }
        }
        paths.sort_unstable();
        Ok((0..).zip(paths).map(|(rank, (_, record))| (record, rank)).collect())
    }
}
