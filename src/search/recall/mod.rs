//! Finding a quotation from memory: words dropped, added, changed, misspelt or swapped.
//!
//! The index proposes passages that have most of its weighty words close together; the quotation is
//! then aligned with each of them and what surrounds it, and the nearest are given with the true
//! wording. See [`crate::find::align`] for what counts as near.

mod edges;
mod nearest;
mod time_marks;
mod window;

use std::time::Instant;

use serde::Serialize;

use super::{Hit, SearchError};
use crate::{
    find::align::{Alignment, Quotation},
    index::{Index, contained},
    query::{Node, Query, filter::Filter, pattern::Pattern, word_nodes},
    text::TextSpan,
    words::{Words, language},
};

use nearest::{is_near, nearest};
use window::Window;

/// The longest quotation that is looked for, in words.
const LONGEST: usize = 500;
/// What is less similar shares a few words with the quotation by chance. Of the passages that really
/// were misremembered, nearly all are twice as similar.
const LEAST: f32 = 0.25;

/// What to look for.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The quotation as remembered.
    pub quotation: String,
    /// Conditions that each passage of a hit must fulfil: a quotation that runs over the words of
    /// another speaker is looked for in the turns of the one who is asked for.
    pub filters: Vec<Filter>,
    /// How many hits to give.
    pub limit: usize,
}

/// What was found.
#[derive(Clone, Debug)]
pub struct Recalled {
    /// The quotation as remembered.
    pub quotation: String,
    /// The nearest passages, nearest first.
    pub hits: Vec<Nearest>,
    /// How long it took, in milliseconds.
    pub elapsed_ms: f64,
}

/// A passage, and how its wording differs from what was remembered.
#[derive(Clone, Debug)]
pub struct Nearest {
    /// The passage; its one match is the true wording.
    pub hit: Hit,
    /// From 0 to 1; 1 when every word is the same and in order.
    pub similarity: f32,
    /// The true wording beside what was remembered, in order.
    pub diff: Vec<Difference>,
}

/// A stretch of the true wording, and what was remembered in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// How they compare.
    pub kind: Kind,
    /// What was remembered, empty for what was left out.
    pub remembered: String,
    /// Where the true words stand in the text of the hit; empty for what is not there.
    pub span: TextSpan,
}

/// How a stretch of the true wording compares with what was remembered or quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// The same words.
    Same,
    /// Other words.
    Changed,
    /// Words that were remembered or quoted and are not there.
    Missing,
    /// Words that are there and were not remembered or quoted.
    Added,
}

/// Finds the passages that a quotation is most likely a memory of.
///
/// # Errors
/// When the quotation holds no word, or the index cannot be read.
pub fn recall(index: &Index, request: &Request) -> Result<Recalled, SearchError> {
    contained(|| remembered(index, request))
}

fn remembered(index: &Index, request: &Request) -> Result<Recalled, SearchError> {
    let started = Instant::now();
    let quotation = &request.quotation;
    let Some(query) = query(quotation, &request.filters) else {
        return Err(SearchError::Empty(quotation.clone()));
    };
    let count = Words::of(quotation).len();
    if count > LONGEST {
        return Err(SearchError::TooLong { words: count, most: LONGEST });
    }
    let found = nearest_to(index, quotation, &query, request)?;
    let mut found = (quotation.as_str(), found);
    // Who copied it from a transcript may have copied a time mark with it.
    let shorter = time_marks::without(quotation);
    if let Some(shorter) = shorter.as_deref().filter(|_| !is_near(&found.1))
        && let Some(query) = self::query(shorter, &request.filters)
    {
        let other = nearest_to(index, shorter, &query, request)?;
        let best = |found: &[(Window, Alignment)]| found.first().map_or(0.0, |it| it.1.similarity);
        if best(&other) > best(&found.1) {
            found = (shorter, other);
        }
    }
    let (quotation, nearest) = found;
    let mut hits: Vec<Nearest> = Vec::new();
    let likely = nearest.into_iter().filter(|(_, alignment)| alignment.similarity >= LEAST);
    for (window, alignment) in likely {
        if hits.len() >= request.limit {
            break;
        }
        let hit = window.hit(index, quotation, &alignment, hits.len() + 1)?;
        // The nearer one of two that share words has come first.
        let is_new = |hit: &Nearest| !hits.iter().any(|other| overlap(&other.hit, &hit.hit));
        if is_new(&hit) {
            hits.push(hit);
        }
    }
    Ok(Recalled {
        quotation: request.quotation.clone(),
        hits,
        elapsed_ms: started.elapsed().as_secs_f64() * 1000.0,
    })
}

/// Whether two hits have words of one document in common.
fn overlap(a: &Hit, b: &Hit) -> bool {
    let spans = |hit: &Hit| -> Vec<(DocumentByte, DocumentByte)> {
        let spans = hit.matches.iter().map(|found| found.span);
        spans.map(|it| (document_byte(hit, it.start), document_byte(hit, it.end))).collect()
    };
    let others = spans(b);
    a.source.path == b.source.path
        && spans(a).iter().any(|(start, end)| {
            others.iter().any(|(other_start, other_end)| start < other_end && other_start < end)
        })
}

/// The number of a passage and a byte of it: bytes of one document in their order.
type DocumentByte = (u32, usize);

/// Where a byte of a hit's text stands in its document.
fn document_byte(hit: &Hit, byte: usize) -> DocumentByte {
    let before = hit.joins.partition_point(|join| join.start <= byte);
    let start = before.checked_sub(1).map_or(0, |last| hit.joins[last].start);
    let number = u32::try_from(before).unwrap_or(u32::MAX);
    (hit.passage.number.saturating_add(number), byte - start)
}

/// The passages that are nearest to a quotation: see [`nearest::nearest`].
fn nearest_to(
    index: &Index,
    quotation: &str,
    query: &Query,
    request: &Request,
) -> Result<Vec<(Window, Alignment)>, SearchError> {
    let language = language::detect(quotation).unwrap_or("en");
    let mut words = Quotation::new(quotation, language);
    nearest(index, query, &request.filters, quotation, &mut words, request.limit)
}

/// All words of a quotation, each optional, with the conditions.
fn query(quotation: &str, filters: &[Filter]) -> Option<Query> {
    let words = Words::of(quotation);
    if words.is_empty() {
        return None;
    }
    let any = Node::Or(word_nodes(&words, Pattern::Stem));
    let filters = filters.iter().cloned().map(Node::Filter);
    let root = Node::And(std::iter::once(any).chain(filters).collect());
    Some(Query { text: quotation.to_owned(), root: Some(root) })
}
