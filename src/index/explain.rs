//! What each word of a query adds to the score of a passage.

use tantivy::{DocSet, query::Scorer};

use super::{
    error::IndexError,
    evaluate,
    open::{Index, PassageId},
};
use crate::find::{Condition, Plan, Stretch};

/// What a word, or words that stand near each other, add to the score of a passage.
#[derive(Clone, Debug, PartialEq)]
pub struct WordShare {
    /// The leaves of the plan, by number.
    pub leaves: Vec<usize>,
    /// Their BM25 score; 0 where the passage has no match of them.
    pub score: f32,
}

impl Index {
    /// What the words of a plan add to the score of a passage, each by itself and in order.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn word_shares(&self, plan: &Plan, id: PassageId) -> Result<Vec<WordShare>, IndexError> {
        let terms = self.terms(plan)?;
        let mut stretches = Vec::new();
        wanted(&plan.root, &mut stretches);
        let mut shares = Vec::new();
        for stretch in stretches {
            let weights = terms.of(plan, id.segment);
            let mut scorer = evaluate::words(&self.segments[id.segment], stretch, weights)?;
            let doc = if scorer.doc() < id.doc { scorer.seek(id.doc) } else { scorer.doc() };
            let mut leaves = Vec::new();
            stretch.each_leaf(&mut |leaf| leaves.push(leaf));
            shares.push(WordShare {
                leaves,
                score: if doc == id.doc { scorer.score() } else { 0.0 },
            });
        }
        Ok(shares)
    }
}

/// The words that are wanted, as far as they stand alone.
fn wanted<'p>(condition: &'p Condition, stretches: &mut Vec<&'p Stretch>) {
    match condition {
        Condition::Words(stretch) => stretches.push(stretch),
        Condition::All(inner) | Condition::Any(inner) => {
            for condition in inner {
                wanted(condition, stretches);
            }
        }
        Condition::Filter(_) | Condition::Not(_) => {}
    }
}
