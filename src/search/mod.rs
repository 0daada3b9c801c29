//! Searching: from what was typed to passages with what matched in them.

mod address;
pub mod concordance;
mod context;
mod count;
mod explain;
mod fold;
mod hit;
pub mod recall;
mod show;
mod unmatched;

use std::time::Instant;

pub use address::{Address, Spot, seconds};
pub use context::Context;
pub use count::{Count, Counted, count};
pub use explain::{Explanation, Scoring, Understood, WordScoring};
pub use fold::Folding;
pub use hit::{Alike, Hit, Join, Match};
pub use show::{Outside, ShowError, Shown, show};
pub use unmatched::{Having, Nearest, Unmatched, unmatched};

pub use crate::index::{CountKey, SortKey};
use crate::{
    find::{self, Plan},
    index::{Index, IndexError, Proposals, Suggestion, contained},
    query::{self, Node, Query, QueryError, Term, filter::Filter, pattern::Pattern},
    words::Counting,
};

/// For how many words that no passage has others are suggested.
const CORRECTED: usize = 4;

/// What to look for, and how much of it to give.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The query as typed.
    pub query: String,
    /// Conditions that come with it, such as from options of a command line.
    pub filters: Vec<Filter>,
    /// Whether every word is optional: the passages that have most of them come first.
    pub any: bool,
    /// Whether other forms of a word count.
    pub stemming: Stemming,
    /// Whether case and accents count.
    pub counting: Counting,
    /// What becomes of passages that say nearly the same as a better one, where the best come first.
    pub folding: Folding,
    /// Whether to tell how the query was understood and what each score is made of.
    pub explaining: Explaining,
    /// How many hits to leave out at the start.
    pub offset: usize,
    /// How many hits to give.
    pub limit: usize,
    /// How much to give of what surrounds each.
    pub context: Context,
    /// What to sort them by, where it is not how well they answer.
    pub sort: Option<SortKey>,
}

impl Request {
    /// The conditions that passages have to fulfil: those of the query, and those that come with it.
    ///
    /// # Errors
    /// When the query cannot be understood.
    pub fn conditions(&self) -> Result<Vec<Filter>, QueryError> {
        Ok(understood(self)?.wanted_filters().into_iter().cloned().collect())
    }
}

/// Whether other forms of a plain word count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Stemming {
    /// `record` finds `recorded` too, by the rules of the language of each document.
    #[default]
    On,
    /// By the rules of this language (ISO 639-1), whatever the language of a document.
    In(String),
    /// `record` finds `record` alone.
    Off,
}

/// Whether an answer is explained.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Explaining {
    /// It is not.
    #[default]
    Off,
    /// It is: see [`Answer::explanation`].
    On,
}

/// What was found.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The query as typed.
    pub query: String,
    /// The hits that were asked for, best first or as they were to be sorted.
    pub hits: Vec<Hit>,
    /// How many passages there are in all, those that are folded included.
    pub total: usize,
    /// Whether no passage has all the words, so that these are the closest.
    pub closest: bool,
    /// Words of the query that no passage has.
    pub unknown: Vec<Term>,
    /// What may have been meant instead of these, where something like them is in the index.
    pub suggestions: Vec<Suggested>,
    /// Why it is what it is, where that was asked for.
    pub explanation: Option<Explanation>,
    /// How long it took, in milliseconds.
    pub elapsed_ms: f64,
}

/// What may have been meant by a word that no passage has.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggested {
    /// The word of the query.
    pub term: Term,
    /// The nearest words of the index, the likeliest first.
    pub words: Vec<Suggestion>,
}

/// Why a search failed.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The query cannot be understood.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The query asks for nothing.
    #[error("there is nothing to look for in `{0}`")]
    Empty(String),
    /// The quotation is longer than what is looked for.
    #[error("the quotation has {words} words, more than the {most} that are looked for")]
    TooLong {
        /// How many words it has.
        words: usize,
        /// How many it may have.
        most: usize,
    },
    /// The index cannot be read.
    #[error(transparent)]
    Index(#[from] IndexError),
}

/// Searches an index.
///
/// When no passage has all the words of a query, the passages that have most of them are given, and
/// [`Answer::closest`] says so.
///
/// # Errors
/// When the query holds nothing to look for or an operator that is used wrongly, or the index cannot
/// be read.
pub fn search(index: &Index, request: &Request) -> Result<Answer, SearchError> {
    contained(|| found(index, request))
}

fn found(index: &Index, request: &Request) -> Result<Answer, SearchError> {
    let started = Instant::now();
    let query = understood(request)?;
    if query.root.is_none() {
        return Err(SearchError::Empty(request.query.clone()));
    }
    // What is folded takes up no place.
    let compared = if request.sort.is_none() { fold::COMPARED } else { 0 };
    let wanted = request.offset.saturating_add(request.limit).saturating_add(compared);
    let full = planned(index, request, &query);
    let unknown = unknown(index, &full)?;
    let suggestions = suggestions(index, &unknown)?;
    let mut plan = if request.any { planned(index, request, &query.with_any_word()) } else { full };
    let mut proposals = proposals(index, &plan, request.sort, wanted)?;
    let mut closest = false;
    if proposals.total == 0 && !request.any && asks_for_several(&query) {
        let any = planned(index, request, &query.with_any_word());
        let found = self::proposals(index, &any, request.sort, wanted)?;
        if found.total > 0 {
            (plan, proposals, closest) = (any, found, true);
        }
    }
    let mut hits = Vec::new();
    let folded = match request.sort {
        None => fold::folded(index, &proposals.best, request.folding)?,
        Some(_) => fold::alone(&proposals.best),
    };
    for (rank, folded) in (1..).zip(&folded).skip(request.offset).take(request.limit) {
        hits.push(hit::hit(index, &plan, folded, rank, request.context)?);
    }
    let explanation = match request.explaining {
        Explaining::Off => None,
        Explaining::On => Some(explain::explanation(index, &plan, &query, &folded, &hits)?),
    };
    Ok(Answer {
        query: request.query.clone(),
        hits,
        total: proposals.total,
        closest,
        unknown,
        suggestions,
        explanation,
        elapsed_ms: started.elapsed().as_secs_f64() * 1000.0,
    })
}

/// What answers a request exactly, for those who want all of it and no closest: the plan, and the
/// words that no passage has.
fn exact(index: &Index, request: &Request) -> Result<(Plan, Vec<Term>), SearchError> {
    let query = understood(request)?;
    if query.root.is_none() {
        return Err(SearchError::Empty(request.query.clone()));
    }
    let full = planned(index, request, &query);
    let unknown = unknown(index, &full)?;
    let any = || planned(index, request, &query.with_any_word());
    Ok((if request.any { any() } else { full }, unknown))
}

/// The words of a query, looked up and compared as a request wants it.
fn planned(index: &Index, request: &Request, query: &Query) -> Plan {
    find::plan(query, index).counting(request.counting, query)
}

/// The first passages that answer a plan, in the order that was asked for.
fn proposals(
    index: &Index,
    plan: &Plan,
    sort: Option<SortKey>,
    limit: usize,
) -> Result<Proposals, IndexError> {
    match sort {
        None => index.search(plan, limit),
        Some(key) => index.sorted(plan, key, limit),
    }
}

/// The query as typed, with the conditions that come with it.
fn understood(request: &Request) -> Result<Query, QueryError> {
    let mut query = query::parse(&request.query)?;
    query.root = query.root.map(|root| stemmed(root, &request.stemming));
    let filters = request.filters.iter().cloned().map(Node::Filter);
    query.root = match query.root.take() {
        root if request.filters.is_empty() => root,
        Some(Node::And(nodes)) => Some(Node::And(nodes.into_iter().chain(filters).collect())),
        root => Some(Node::And(root.into_iter().chain(filters).collect())),
    };
    Ok(query)
}

/// The same query with its plain words standing for the forms that were asked for.
fn stemmed(node: Node, stemming: &Stemming) -> Node {
    let each = |nodes: Vec<Node>| nodes.into_iter().map(|node| stemmed(node, stemming)).collect();
    match node {
        Node::Word(Term { pattern: Pattern::Stem(word), span }) => {
            let pattern = match stemming {
                Stemming::On => Pattern::Stem(word),
                Stemming::In(language) => Pattern::stem_in(language, word),
                Stemming::Off => Pattern::Exact(word),
            };
            Node::Word(Term { pattern, span })
        }
        Node::Near(near) => Node::Near(query::Near { operands: each(near.operands), ..near }),
        Node::And(nodes) => Node::And(each(nodes)),
        Node::Or(nodes) => Node::Or(each(nodes)),
        Node::Not(node) => Node::Not(Box::new(stemmed(*node, stemming))),
        node @ (Node::Word(_) | Node::Filter(_)) => node,
    }
}

/// The words that are wanted and that no passage has, each once.
fn unknown(index: &Index, plan: &Plan) -> Result<Vec<Term>, IndexError> {
    let mut unknown: Vec<Term> = Vec::new();
    for leaf in plan.wanted() {
        if !unknown.iter().any(|it| it.pattern == leaf.term.pattern) && !index.has(leaf)? {
            unknown.push(leaf.term.clone());
        }
    }
    Ok(unknown)
}

/// What may have been meant by words that no passage has.
fn suggestions(index: &Index, unknown: &[Term]) -> Result<Vec<Suggested>, IndexError> {
    // A pasted text in a language that the index has nothing of is not worth more.
    let words = |term: &&Term| term.pattern.word().is_some();
    let terms: Vec<&Term> = unknown.iter().filter(words).take(CORRECTED).collect();
    if terms.is_empty() {
        return Ok(Vec::new());
    }
    let typed: Vec<&str> = terms.iter().filter_map(|term| term.pattern.word()).collect();
    let found = index.suggestions(&typed)?;
    let suggested = terms.into_iter().zip(found).filter(|(_, words)| !words.is_empty());
    Ok(suggested.map(|(term, words)| Suggested { term: term.clone(), words }).collect())
}

/// Whether there are several things of which some may be left out.
fn asks_for_several(query: &Query) -> bool {
    matches!(&query.root, Some(Node::And(_)))
}
