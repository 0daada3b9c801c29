//! From a plan to the passages that answer it, in one segment.

use tantivy::{
    DocId, DocSet, Score, TERMINATED,
    query::{ConstScorer, Exclude, Scorer, intersect_scorers},
};

use super::{
    any::AnyWord, bm25::Bm25, error::IndexError, filter, near::NearScorer, postings::WordScorer,
    segment::Segment, terms::Weights,
};
use crate::find::{Condition, Stretch};

/// The passages of a segment that fulfil a condition, with their scores; removed ones included.
pub(super) fn passages(
    segment: &Segment,
    condition: &Condition,
    weights: Weights<'_>,
) -> Result<Box<dyn Scorer>, IndexError> {
    Ok(match condition {
        Condition::Words(stretch) => words(segment, stretch, weights)?,
        Condition::Filter(filter) => Box::new(unscored(filter::passages(segment, filter)?)),
        Condition::All(conditions) => all(segment, conditions, weights)?,
        Condition::Any(conditions) => {
            if let Some(leaves) = single_words(conditions) {
                return Ok(Box::new(AnyWord::open(segment, &leaves, weights)?));
            }
            let each = conditions.iter().map(|it| passages(segment, it, weights));
            Box::new(Union::of(each.collect::<Result<_, _>>()?))
        }
        Condition::Not(_) => all(segment, std::slice::from_ref(condition), weights)?,
    })
}

/// The leaves of several conditions, when each is a single word.
fn single_words(conditions: &[Condition]) -> Option<Vec<usize>> {
    let leaf = |condition: &Condition| match condition {
        Condition::Words(Stretch::Word(leaf)) => Some(*leaf),
        _ => None,
    };
    conditions.iter().map(leaf).collect()
}

/// The passages in which words stand as they should.
pub(super) fn words(
    segment: &Segment,
    stretch: &Stretch,
    weights: Weights<'_>,
) -> Result<Box<dyn Scorer>, IndexError> {
    if let Stretch::Word(leaf) = stretch {
        let bm25 = weights.bm25[*leaf].clone();
        return Ok(Box::new(WordScorer::open(segment, &weights.forms[*leaf], bm25)?));
    }
    // As in tantivy and Lucene, a phrase weighs as much as its words together.
    let mut sum: Option<Bm25> = None;
    stretch.each_leaf(&mut |leaf| {
        let bm25 = &weights.bm25[leaf];
        match &mut sum {
            Some(sum) => sum.idf += bm25.idf,
            None => sum = Some(bm25.clone()),
        }
    });
    Ok(match sum {
        Some(bm25) => Box::new(NearScorer::open(segment, stretch, weights, bm25)?),
        None => Box::new(Union::of(Vec::new())),
    })
}

/// All conditions hold: those that exclude are taken from the others, or from everything.
fn all(
    segment: &Segment,
    conditions: &[Condition],
    weights: Weights<'_>,
) -> Result<Box<dyn Scorer>, IndexError> {
    let mut wanted = Vec::new();
    let mut excluded = Vec::new();
    for condition in conditions {
        match condition {
            Condition::Not(inner) => excluded.push(passages(segment, inner, weights)?),
            _ => wanted.push(passages(segment, condition, weights)?),
        }
    }
    let included: Box<dyn Scorer> = if wanted.is_empty() {
        Box::new(unscored(segment.passages()?))
    } else {
        intersect_scorers(wanted, segment.reader.max_doc())
    };
    if excluded.is_empty() {
        return Ok(included);
    }
    Ok(Box::new(Exclude::new(included, excluded)))
}

fn unscored<D: DocSet>(docs: D) -> ConstScorer<D> {
    ConstScorer::new(docs, 0.0)
}

/// Passages that answer one of several conditions; the scores of those they answer are added up.
struct Union {
    scorers: Vec<Box<dyn Scorer>>,
    doc: DocId,
}

impl Union {
    fn of(scorers: Vec<Box<dyn Scorer>>) -> Self {
        let mut union = Self { scorers, doc: TERMINATED };
        union.find_doc();
        union
    }

    fn find_doc(&mut self) -> DocId {
        self.scorers.retain(|scorer| scorer.doc() != TERMINATED);
        self.doc = self.scorers.iter().map(DocSet::doc).min().unwrap_or(TERMINATED);
        self.doc
    }
}

impl DocSet for Union {
    fn advance(&mut self) -> DocId {
        for scorer in &mut self.scorers {
            if scorer.doc() == self.doc {
                scorer.advance();
            }
        }
        self.find_doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        for scorer in &mut self.scorers {
            if scorer.doc() < target {
                scorer.seek(target);
            }
        }
        self.find_doc()
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.scorers.iter().map(DocSet::size_hint).fold(0, u32::saturating_add)
    }
}

impl Scorer for Union {
    fn score(&mut self) -> Score {
        let doc = self.doc;
        let here = self.scorers.iter_mut().filter(|scorer| scorer.doc() == doc);
        here.map(Scorer::score).sum()
    }
}
