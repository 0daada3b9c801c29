//! Counting all passages that answer a query.

use std::time::Instant;

use super::{Request, SearchError, exact};
use crate::{
    index::{CountKey, Index, contained},
    query::Term,
};

/// How many passages answer a query.
#[derive(Clone, Debug)]
pub struct Counted {
    /// The query as typed.
    pub query: String,
    /// What they were counted by.
    pub key: Option<CountKey>,
    /// How many there are for each value, most first, years in their order; empty without a key.
    pub rows: Vec<Count>,
    /// How many there are in all.
    pub total: usize,
    /// Words of the query that no passage has.
    pub unknown: Vec<Term>,
    /// How long it took, in milliseconds.
    pub elapsed_ms: f64,
}

/// How many passages share a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// A speaker, a path or a year; `None` for passages that have none.
    pub value: Option<String>,
    /// How many passages.
    pub passages: usize,
}

/// Counts the passages that answer a query: all of them, whatever the request's limit and offset,
/// and never those that are only the closest.
///
/// # Errors
/// As [`super::search`].
pub fn count(
    index: &Index,
    request: &Request,
    key: Option<CountKey>,
) -> Result<Counted, SearchError> {
    contained(|| counted(index, request, key))
}

fn counted(
    index: &Index,
    request: &Request,
    key: Option<CountKey>,
) -> Result<Counted, SearchError> {
    let started = Instant::now();
    let (plan, unknown) = exact(index, request)?;
    let mut rows = Vec::new();
    let total = match key {
        None => index.count(&plan)?,
        Some(key) => {
            let counts = index.count_by(&plan, key)?;
            let row = |(value, passages)| Count { value, passages };
            rows = counts.into_iter().map(row).collect();
            if key != CountKey::Year {
                // Stable: equals stay in the order of their values.
                rows.sort_by_key(|row: &Count| std::cmp::Reverse(row.passages));
            }
            rows.iter().map(|row| row.passages).sum()
        }
    };
    let elapsed_ms = started.elapsed().as_secs_f64() * 1000.0;
    Ok(Counted { query: request.query.clone(), key, rows, total, unknown, elapsed_ms })
}
