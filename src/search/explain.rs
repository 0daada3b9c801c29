//! Why a search found what it found: how the query was understood, and what each score is made of.

use serde::Serialize;

use super::{Hit, SearchError, fold::Folded};
use crate::{
    find::{Condition, Plan, Stretch},
    index::{Index, WordShare},
    query::{Order, Query, QuerySpan},
};

/// How many forms of a word are named.
const NAMED: usize = 12;

/// How a query was understood, and what the score of each hit is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The query.
    pub query: Understood,
    /// For each hit, in order.
    pub scores: Vec<Scoring>,
}

/// A part of a query as it was understood.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Understood {
    /// A word.
    Word {
        /// As it was typed.
        typed: String,
        /// What it stands for, as one would type it: `=word`, `word*`.
        pattern: String,
        /// How many words of the index it stands for.
        forms: usize,
        /// The first of these, in alphabetical order.
        examples: Vec<String>,
    },
    /// These, one behind the other.
    Phrase {
        /// What.
        parts: Vec<Understood>,
    },
    /// These near each other.
    Near {
        /// How many other words may stand among them.
        distance: u32,
        /// Whether they must come in this order.
        ordered: bool,
        /// What.
        parts: Vec<Understood>,
    },
    /// Something about the passage or its document.
    Filter {
        /// As one would type it.
        filter: String,
    },
    /// All of these.
    All {
        /// What.
        parts: Vec<Understood>,
    },
    /// One of these or more; each may be missing.
    Any {
        /// What.
        parts: Vec<Understood>,
    },
    /// Not this.
    Not {
        /// What.
        part: Box<Understood>,
    },
}

/// What a score is made of: all of it added up is the score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Scoring {
    /// What each word adds by itself (BM25).
    pub words: Vec<WordScoring>,
    /// What the very words add that were typed, where other forms would do.
    pub very_words: f32,
    /// What words add that stand close together and in order.
    pub closeness: f32,
    /// What the passage before or after adds.
    pub neighbour: f32,
    /// What is taken off, 0 or less: for saying nearly the same as a better one.
    pub penalty: f32,
}

/// What a word adds by itself.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WordScoring {
    /// As it was typed; several words for a phrase.
    pub typed: String,
    /// How much, 0 where it is missing.
    pub score: f32,
}

/// Explains an answer.
pub(super) fn explanation(
    index: &Index,
    plan: &Plan,
    query: &Query,
    folded: &[Folded],
    hits: &[Hit],
) -> Result<Explanation, SearchError> {
    let score = |hit: &Hit| -> Result<Scoring, SearchError> {
        let proposal = folded[hit.rank - 1].best;
        let word = |share: WordShare| WordScoring {
            typed: typed(plan, query, &share.leaves),
            score: share.score,
        };
        let words: Vec<WordScoring> =
            index.word_shares(plan, proposal.passage)?.into_iter().map(word).collect();
        let alone: f32 = words.iter().map(|word| word.score).sum();
        let shares = proposal.shares;
        Ok(Scoring {
            words,
            very_words: shares.very_words,
            closeness: shares.closeness,
            // Where words are optional, a neighbour's words count a little from the start.
            neighbour: shares.neighbour + (shares.words - alone),
            penalty: proposal.score - shares.total(),
        })
    };
    let scores = hits.iter().map(score).collect::<Result<_, _>>()?;
    Ok(Explanation { query: condition(&plan.root, plan, query), scores })
}

fn condition(root: &Condition, plan: &Plan, query: &Query) -> Understood {
    let each = |inner: &[Condition]| -> Vec<Understood> {
        inner.iter().map(|inner| condition(inner, plan, query)).collect()
    };
    match root {
        Condition::Words(words) => stretch(words, plan, query),
        Condition::Filter(filter) => Understood::Filter { filter: filter.to_string() },
        Condition::All(inner) => Understood::All { parts: each(inner) },
        Condition::Any(inner) => Understood::Any { parts: each(inner) },
        Condition::Not(inner) => Understood::Not { part: Box::new(condition(inner, plan, query)) },
    }
}

fn stretch(words: &Stretch, plan: &Plan, query: &Query) -> Understood {
    let each = |inner: &[Stretch]| -> Vec<Understood> {
        inner.iter().map(|inner| stretch(inner, plan, query)).collect()
    };
    match words {
        Stretch::Word(leaf) => {
            let found = &plan.leaves[*leaf];
            Understood::Word {
                typed: typed(plan, query, &[*leaf]),
                pattern: found.term.pattern.to_string(),
                forms: found.forms.len(),
                examples: found.forms.iter().take(NAMED).cloned().collect(),
            }
        }
        Stretch::Near { operands, .. } if words.phrase().is_some() => {
            Understood::Phrase { parts: each(operands) }
        }
        Stretch::Near { operands, distance, order } => Understood::Near {
            distance: *distance,
            ordered: *order == Order::Kept,
            parts: each(operands),
        },
        Stretch::Any(inner) => Understood::Any { parts: each(inner) },
    }
}

/// The words of some leaves as they were typed, with what stands between.
fn typed(plan: &Plan, query: &Query, leaves: &[usize]) -> String {
    let spans = leaves.iter().map(|leaf| plan.leaves[*leaf].term.span);
    let whole = spans.reduce(QuerySpan::to);
    whole.and_then(|span| query.text.get(span.start..span.end)).unwrap_or_default().to_owned()
}
