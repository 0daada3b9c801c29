//! Passages that a misremembered quotation may be from.
//!
//! All its words are optional, and the function words among them stand in most passages. So the
//! rarer words choose a few thousand passages, the others only add to the scores of these: nothing
//! is counted, and little is read.

use tantivy::{DocId, DocSet, Score, TERMINATED, query::Scorer};

use super::{
    any::AnyWord,
    best::Proposal,
    chosen,
    error::IndexError,
    evaluate,
    open::Index,
    postings::WordScorer,
    rank,
    segment::Segment,
    terms::{Terms, Weights},
    top::{Scored, Top},
};
use crate::find::{Condition, Plan};

/// How many postings of rare words are read, at most, unless the rarest few have more.
const POSTINGS: u64 = 100_000;
/// The rarest words are always read whole.
const RAREST: usize = 3;
/// How many passages the rare words choose.
const CHOSEN: usize = 1_000;
/// How many of these are ranked by the closeness of their words: more than for a search, since a
/// misremembered quotation has fewer of the right ones.
const RERANKED: usize = 300;
/// A word that weighs less stands in two of five passages: where it stands is not worth reading.
const LIGHTEST: Score = 0.9;
/// How many phrases are looked for.
const PHRASES: usize = 3;
/// How many words they begin apart from each other, at least.
const APART: usize = 2;

impl Index {
    /// The passages that have most of a plan's words, best first, by the weight and the closeness of
    /// the words. Conditions of the plan that are not about words must hold.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn candidates(&self, plan: &Plan, limit: usize) -> Result<Vec<Proposal>, IndexError> {
        let terms = self.terms(plan)?;
        let leaves = rarest_first(plan, &terms);
        self.best(plan, &terms, limit, |segment, number| {
            chosen_by_rare_words(segment, &leaves, terms.of(plan, number), &plan.root)
        })
    }

    /// The passages that have one of some phrases, or from which one runs on into the next, best
    /// first by the words of a plan. Of the phrases only the rarest are looked for, which stand
    /// apart from each other; they are given in the order in which they begin.
    ///
    /// It finds what is made of common words alone, for which [`Index::candidates`] has no rare
    /// words to choose by.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn candidates_by_phrase(
        &self,
        plan: &Plan,
        phrases: &[Plan],
        limit: usize,
    ) -> Result<Vec<Proposal>, IndexError> {
        let terms = self.terms(plan)?;
        let leaves = rarest_first(plan, &terms);
        let phrases = self.rarest_apart(phrases)?;
        self.best(plan, &terms, limit, |segment, number| {
            let weights = terms.of(plan, number);
            let docs = with_phrase(segment, number, &phrases)?;
            let mut scored: Vec<_> = docs.into_iter().map(|doc| (doc, 0.0)).collect();
            for leaf in &leaves {
                let (forms, bm25) = (&weights.forms[*leaf], weights.bm25[*leaf].clone());
                add_to(&mut scored, &mut WordScorer::open(segment, forms, bm25)?);
            }
            filtered(segment, scored, &plan.root, weights)
        })
    }

    /// Of some phrases the rarest, so many that stand apart, with what their words weigh.
    fn rarest_apart<'a>(&self, phrases: &'a [Plan]) -> Result<Vec<Weighed<'a>>, IndexError> {
        let mut weighed = Vec::with_capacity(phrases.len());
        for (at, plan) in phrases.iter().enumerate() {
            if plan.leaves.iter().any(|leaf| leaf.forms.is_empty()) {
                continue;
            }
            let terms = self.terms(plan)?;
            let rarity: f32 = terms.bm25.iter().map(|bm25| bm25.idf).sum();
            weighed.push((at, rarity, Weighed { plan, terms }));
        }
        weighed.sort_by(|(_, a, _), (_, b, _)| b.total_cmp(a));
        let mut taken: Vec<usize> = Vec::new();
        let mut kept = Vec::new();
        for (at, _, phrase) in weighed {
            if kept.len() < PHRASES && taken.iter().all(|other| other.abs_diff(at) >= APART) {
                taken.push(at);
                kept.push(phrase);
            }
        }
        Ok(kept)
    }

    /// The best of the passages that each segment proposes, in order.
    fn best(
        &self,
        plan: &Plan,
        terms: &Terms,
        limit: usize,
        propose: impl Fn(&Segment, usize) -> Result<Vec<(DocId, Score)>, IndexError>,
    ) -> Result<Vec<Proposal>, IndexError> {
        let mut top = Top::new(limit.max(RERANKED));
        for (number, segment) in self.segments.iter().enumerate() {
            for (doc, score) in propose(segment, number)? {
                if !segment.is_removed(doc) {
                    top.offer(Scored { segment: number, doc, score });
                }
            }
        }
        let kept = self.in_order(top.finish())?;
        let look = rank::Look { count: RERANKED, lightest: LIGHTEST };
        let mut best = rank::rerank(&self.segments, plan, terms, &kept, look)?;
        best.truncate(limit);
        Ok(best)
    }
}

/// A phrase that is looked for.
struct Weighed<'a> {
    plan: &'a Plan,
    terms: Terms,
}

/// The words of a plan that are in the index, the rarest first.
fn rarest_first(plan: &Plan, terms: &Terms) -> Vec<usize> {
    let mut leaves = Vec::new();
    plan.root.each_wanted_leaf(&mut |leaf| leaves.push(leaf));
    leaves.retain(|leaf| !plan.leaves[*leaf].forms.is_empty());
    leaves.sort_by(|a, b| terms.bm25[*b].idf.total_cmp(&terms.bm25[*a].idf));
    leaves
}

/// The passages of a segment that have one of some phrases, each with the one that follows it: the
/// words of a quotation may run on there.
fn with_phrase(
    segment: &Segment,
    number: usize,
    phrases: &[Weighed<'_>],
) -> Result<Vec<DocId>, IndexError> {
    let mut docs = Vec::new();
    for phrase in phrases {
        let mut found =
            evaluate::passages(segment, &phrase.plan.root, phrase.terms.of(phrase.plan, number))?;
        let mut count = 0;
        while found.doc() != TERMINATED && count < CHOSEN {
            docs.push(found.doc());
            if segment.length(found.doc() + 1)?.is_some() {
                docs.push(found.doc() + 1);
            }
            count += 1;
            found.advance();
        }
    }
    docs.sort_unstable();
    docs.dedup();
    Ok(docs)
}

/// Adds the scores of a word to those of some passages, which are in order.
fn add_to(passages: &mut [(DocId, Score)], word: &mut WordScorer) {
    for (doc, score) in passages {
        if word.doc() < *doc {
            word.seek(*doc);
        }
        if word.doc() == *doc {
            *score += word.score();
        }
    }
}

/// The passages of a segment that the rare words choose, scored by all words, in order.
fn chosen_by_rare_words(
    segment: &Segment,
    leaves: &[usize],
    weights: Weights<'_>,
    root: &Condition,
) -> Result<Vec<(DocId, Score)>, IndexError> {
    let mut read = 0;
    let (mut rare, mut common) = (Vec::new(), Vec::new());
    for leaf in leaves {
        let size = chosen::size(&[*leaf], weights);
        if rare.len() < RAREST || read + size <= POSTINGS {
            read += size;
            rare.push(*leaf);
        } else {
            common.push(*leaf);
        }
    }
    let mut any = AnyWord::open(segment, &rare, weights)?;
    let mut best = Vec::new();
    while any.doc() != TERMINATED {
        best.push((any.doc(), any.score()));
        any.advance();
    }
    if best.len() > CHOSEN {
        best.select_nth_unstable_by(CHOSEN, |a, b| b.1.total_cmp(&a.1));
        best.truncate(CHOSEN);
    }
    best.sort_unstable_by_key(|(doc, _)| *doc);
    for leaf in common {
        let (forms, bm25) = (&weights.forms[leaf], weights.bm25[leaf].clone());
        add_to(&mut best, &mut WordScorer::open(segment, forms, bm25)?);
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
