//! Searching: from what was typed to passages with what matched in them.

mod address;
pub mod concordance;
mod context;
mod count;
mod hit;
pub mod recall;
mod show;

use std::time::Instant;

pub use address::{Address, Spot, seconds};
pub use context::Context;
pub use count::{Count, Counted, count};
pub use hit::{Hit, Join, Match};
pub use show::{ShowError, show};

pub use crate::index::{CountKey, SortKey};
use crate::{
    find::{Lexicon, Plan, plan},
    index::{Index, IndexError, Proposals, contained},
    query::{self, Node, Query, QueryError, Term, filter::Filter, pattern::Pattern},
};

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
    /// How many hits to leave out at the start.
    pub offset: usize,
    /// How many hits to give.
    pub limit: usize,
    /// How much to give of what surrounds each.
    pub context: Context,
    /// What to sort them by, where it is not how well they answer.
    pub sort: Option<SortKey>,
}

/// Whether other forms of a plain word count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stemming {
    /// `record` finds `recorded` too.
    #[default]
    On,
    /// `record` finds `record` alone.
    Off,
}

/// What was found.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The query as typed.
    pub query: String,
    /// The hits that were asked for, best first or as they were to be sorted.
    pub hits: Vec<Hit>,
    /// How many there are in all.
    pub total: usize,
    /// Whether no passage has all the words, so that these are the closest.
    pub closest: bool,
    /// Words of the query that no passage has.
    pub unknown: Vec<Term>,
    /// How long it took, in milliseconds.
    pub elapsed_ms: f64,
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
    let wanted = request.offset.saturating_add(request.limit);
    let full = plan(&query, index);
    let unknown: Vec<Term> = full.unknown().into_iter().cloned().collect();
    let mut plan = full;
    let mut proposals = if request.any {
        plan = plan_any(&query, index);
        proposals(index, &plan, request.sort, wanted)?
    } else {
        proposals(index, &plan, request.sort, wanted)?
    };
    let mut closest = false;
    if proposals.total == 0 && !request.any && asks_for_several(&query) {
        let any = plan_any(&query, index);
        let found = self::proposals(index, &any, request.sort, wanted)?;
        if found.total > 0 {
            (plan, proposals, closest) = (any, found, true);
        }
    }
    let mut hits = Vec::new();
    for (rank, proposal) in (1..).zip(&proposals.best).skip(request.offset) {
        hits.push(hit::hit(index, &plan, *proposal, rank, request.context)?);
    }
    Ok(Answer {
        query: request.query.clone(),
        hits,
        total: proposals.total,
        closest,
        unknown,
        elapsed_ms: started.elapsed().as_secs_f64() * 1000.0,
    })
}

/// What answers a request exactly, for those who want all of it and no closest: the plan, and the
/// words that no passage has.
fn planned(index: &Index, request: &Request) -> Result<(Plan, Vec<Term>), SearchError> {
    let query = understood(request)?;
    if query.root.is_none() {
        return Err(SearchError::Empty(request.query.clone()));
    }
    let full = plan(&query, index);
    let unknown = full.unknown().into_iter().cloned().collect();
    Ok((if request.any { plan_any(&query, index) } else { full }, unknown))
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
    if request.stemming == Stemming::Off {
        query.root = query.root.map(without_stems);
    }
    let filters = request.filters.iter().cloned().map(Node::Filter);
    query.root = match query.root.take() {
        root if request.filters.is_empty() => root,
        Some(Node::And(nodes)) => Some(Node::And(nodes.into_iter().chain(filters).collect())),
        root => Some(Node::And(root.into_iter().chain(filters).collect())),
    };
    Ok(query)
}

fn without_stems(node: Node) -> Node {
    let each = |nodes: Vec<Node>| nodes.into_iter().map(without_stems).collect();
    match node {
        Node::Word(Term { pattern: Pattern::Stem(word), span }) => {
            Node::Word(Term { pattern: Pattern::Exact(word), span })
        }
        Node::Near(near) => Node::Near(query::Near { operands: each(near.operands), ..near }),
        Node::And(nodes) => Node::And(each(nodes)),
        Node::Or(nodes) => Node::Or(each(nodes)),
        Node::Not(node) => Node::Not(Box::new(without_stems(*node))),
        node @ (Node::Word(_) | Node::Filter(_)) => node,
    }
}

fn plan_any(query: &Query, lexicon: &dyn Lexicon) -> Plan {
    plan(&query.with_any_word(), lexicon)
}

/// Whether there are several things of which some may be left out.
fn asks_for_several(query: &Query) -> bool {
    matches!(&query.root, Some(Node::And(_)))
}
