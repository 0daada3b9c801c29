//! Passages that a misremembered quotation may be from.
//!
//! All its words are optional, and the function words among them stand in most passages. So the
//! rarer words choose a few thousand passages, the others only add to the scores of these: nothing
//! is counted, and little is read.

use tantivy::{DocId, DocSet, Score, query::Scorer};

use super::{
    any::Sums,
    error::IndexError,
    evaluate,
    open::{Index, Proposal},
    postings::WordScorer,
    rank,
    segment::Segment,
    terms::Weights,
    top::{Scored, Top},
};
use crate::find::{Condition, Plan};

/// How many postings of rare words are read, at most, unless the rarest few have more.
const POSTINGS: u64 = 100_000;
/// The rarest words are always read whole.
const RAREST: usize = 3;
/// How many passages the rare words choose.
const CHOSEN: usize = 2_000;
/// How many of these are ranked by the closeness of their words: more than for a search, since a
/// misremembered quotation has fewer of the right ones.
const RERANKED: usize = 300;

impl Index {
    /// The passages that have most of a plan's words, best first, by the weight and the closeness of
    /// the words. Conditions of the plan that are not about words must hold.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn candidates(&self, plan: &Plan, limit: usize) -> Result<Vec<Proposal>, IndexError> {
        let terms = self.terms(plan)?;
        let mut leaves = Vec::new();
        plan.root.each_wanted_leaf(&mut |leaf| leaves.push(leaf));
        leaves.retain(|leaf| !plan.leaves[*leaf].forms.is_empty());
        leaves.sort_by(|a, b| terms.bm25[*b].idf.total_cmp(&terms.bm25[*a].idf));
        let mut top = Top::new(limit.max(RERANKED));
        for (number, segment) in self.segments.iter().enumerate() {
            for (doc, score) in chosen(segment, &leaves, terms.of(plan, number), &plan.root)? {
                if !segment.is_removed(doc) {
                    top.offer(Scored { segment: number, doc, score });
                }
            }
        }
        let kept = self.in_order(top.finish())?;
        let mut best = rank::rerank(&self.segments, plan, &terms, &kept, RERANKED)?;
        best.truncate(limit);
        Ok(best)
    }
}

/// The passages of a segment that the rare words choose, scored by all words, in order.
fn chosen(
    segment: &Segment,
    leaves: &[usize],
    weights: Weights<'_>,
    root: &Condition,
) -> Result<Vec<(DocId, Score)>, IndexError> {
    let mut sums = Sums::new(segment.reader.max_doc());
    let mut read = 0;
    let mut common = Vec::new();
    for (at, leaf) in leaves.iter().enumerate() {
        let bm25 = weights.bm25[*leaf].clone();
        let mut scorer = WordScorer::open(segment, &weights.forms[*leaf], bm25)?;
        let size = u64::from(scorer.size_hint());
        if at < RAREST || read + size <= POSTINGS {
            read += size;
            scorer.add_to(&mut sums);
        } else {
            common.push(scorer);
        }
    }
    let mut best = sums.with_neighbours();
    if best.len() > CHOSEN {
        best.select_nth_unstable_by(CHOSEN, |a, b| b.1.total_cmp(&a.1));
        best.truncate(CHOSEN);
    }
    best.sort_unstable_by_key(|(doc, _)| *doc);
    for scorer in &mut common {
        for (doc, score) in &mut best {
            if scorer.doc() < *doc {
                scorer.seek(*doc);
            }
            if scorer.doc() == *doc {
                *score += scorer.score();
            }
        }
    }
    filtered(segment, best, root, weights)
}

/// Those for which the conditions hold that are not about words.
fn filtered(
    segment: &Segment,
    mut passages: Vec<(DocId, Score)>,
    root: &Condition,
    weights: Weights<'_>,
) -> Result<Vec<(DocId, Score)>, IndexError> {
    let Condition::All(conditions) = root else { return Ok(passages) };
    for condition in conditions.iter().filter(|it| matches!(it, Condition::Filter(_))) {
        let mut allowed = evaluate::passages(segment, condition, weights)?;
        passages.retain(|(doc, _)| {
            if allowed.doc() < *doc {
                allowed.seek(*doc);
            }
            allowed.doc() == *doc
        });
    }
    Ok(passages)
}
