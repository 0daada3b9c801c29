//! Hits for programs: JSON Lines, one object a line.
//!
//! A search writes a `begin`, a `hit` for each passage, and an `end`. docs/json.md specifies each
//! field; [`VERSION`] changes when one of them changes its meaning or goes.

mod hit;
mod line;

use std::io::{self, Write};

use serde::Serialize;

use crate::{
    cite::{Processor, Wording},
    index::Suggestion,
    query::Term,
    search::{Answer, Understood},
};

pub(super) use hit::{
    HitLine, PassageObject, PlaceObject, SourceObject, hit_line, place, source, typed_hit_line,
};
pub use line::line;

/// Version of the format.
pub const VERSION: u32 = 1;

#[derive(Serialize)]
struct Begin<'a> {
    r#type: &'static str,
    version: u32,
    query: &'a str,
}

#[derive(Serialize)]
struct UnderstoodLine<'a> {
    r#type: &'static str,
    query: &'a Understood,
}

#[derive(Serialize)]
pub(super) struct End<'a> {
    pub r#type: &'static str,
    pub hits: usize,
    pub total: usize,
    pub closest: bool,
    pub unknown: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub suggestions: Vec<SuggestedObject<'a>>,
    pub elapsed_ms: f64,
}

/// What may have been meant by a word that no passage has.
#[derive(Clone, Serialize)]
pub(super) struct SuggestedObject<'a> {
    word: &'a str,
    instead: &'a [Suggestion],
}

#[derive(Serialize)]
struct QueryLine<'a> {
    query: &'a str,
    total: usize,
    closest: bool,
    unknown: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<SuggestedObject<'a>>,
    hits: Vec<HitLine<'a>>,
}

#[derive(Serialize)]
struct ErrorLine<'a> {
    query: &'a str,
    error: &'a str,
    hits: [(); 0],
}

/// Writes an answer: `begin`, `hit` …, `end`; with citations, where there is what makes them.
///
/// # Errors
/// When it cannot be written.
pub fn answer(
    out: &mut dyn Write,
    answer: &Answer,
    processor: Option<&Processor>,
) -> io::Result<()> {
    begin(out, &answer.query)?;
    if let Some(explanation) = &answer.explanation {
        line(out, &UnderstoodLine { r#type: "understood", query: &explanation.query })?;
    }
    for (at, hit) in answer.hits.iter().enumerate() {
        let explain = answer.explanation.as_ref().and_then(|it| it.scores.get(at));
        let hit_line = typed_hit_line(hit).explained(explain);
        line(out, &hit_line.cited(processor, hit, Wording::Passage))?;
    }
    end(
        out,
        &End {
            r#type: "end",
            hits: answer.hits.len(),
            total: answer.total,
            closest: answer.closest,
            unknown: unknown(answer),
            suggestions: suggestions(answer),
            elapsed_ms: answer.elapsed_ms,
        },
    )
}

pub(super) fn begin(out: &mut dyn Write, query: &str) -> io::Result<()> {
    line(out, &Begin { r#type: "begin", version: VERSION, query })
}

/// Writes an `end`, its time to the microsecond.
pub(super) fn end(out: &mut dyn Write, end: &End<'_>) -> io::Result<()> {
    let elapsed_ms = milliseconds(end.elapsed_ms);
    let (unknown, suggestions) = (end.unknown.clone(), end.suggestions.clone());
    line(out, &End { unknown, suggestions, elapsed_ms, ..*end })
}

/// A time as it is written: to the microsecond.
pub(super) fn milliseconds(elapsed: f64) -> f64 {
    (elapsed * 1000.0).round() / 1000.0
}

/// Writes an answer as one line, for many queries at once.
///
/// # Errors
/// When it cannot be written.
pub fn answer_line(out: &mut dyn Write, answer: &Answer) -> io::Result<()> {
    line(
        out,
        &QueryLine {
            query: &answer.query,
            total: answer.total,
            closest: answer.closest,
            unknown: unknown(answer),
            suggestions: suggestions(answer),
            hits: answer.hits.iter().map(hit_line).collect(),
        },
    )
}

/// Writes a query that could not be understood as one line, for many queries at once.
///
/// # Errors
/// When it cannot be written.
pub fn error_line(out: &mut dyn Write, query: &str, error: &str) -> io::Result<()> {
    line(out, &ErrorLine { query, error, hits: [] })
}

/// A value with its kind and the version of the format in front.
#[derive(Serialize)]
struct Tagged<'a, T> {
    r#type: &'static str,
    version: u32,
    #[serde(flatten)]
    value: &'a T,
}

/// Writes a value as one line, with its kind and the version of the format in front.
///
/// # Errors
/// When it cannot be written.
pub(super) fn tagged(
    out: &mut dyn Write,
    kind: &'static str,
    value: &impl Serialize,
) -> io::Result<()> {
    line(out, &Tagged { r#type: kind, version: VERSION, value })
}

/// The words of a query that no passage has, as typed.
fn unknown(answer: &Answer) -> Vec<&str> {
    typed_words(&answer.query, &answer.unknown)
}

/// Words of a query, as typed.
pub(super) fn typed_words<'a>(query: &'a str, terms: &[Term]) -> Vec<&'a str> {
    terms.iter().map(|term| typed(query, term)).collect()
}

/// What may have been meant by these.
fn suggestions(answer: &Answer) -> Vec<SuggestedObject<'_>> {
    let suggested = answer.suggestions.iter();
    suggested
        .map(|it| SuggestedObject { word: typed(&answer.query, &it.term), instead: &it.words })
        .collect()
}

/// A word of a query as it was typed.
fn typed<'a>(query: &'a str, term: &Term) -> &'a str {
    &query[term.span.start..term.span.end]
}
