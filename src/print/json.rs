//! Hits for programs: JSON Lines, one object a line.
//!
//! A search writes a `begin`, a `hit` for each passage, and an `end`. docs/json.md specifies each
//! field; [`VERSION`] changes when one of them changes its meaning or goes.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Serializer, ser::Formatter};

use super::clean::is_unsafe;
use crate::{
    cite::{Cited, Processor, Wording},
    index::{Record, Suggestion},
    passage::Passage,
    place::Place,
    query::Term,
    search::{Alike, Answer, Hit, Scoring, Understood},
    text::TextSpan,
    transcript::Kind,
};

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
pub(super) struct HitLine<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    r#type: Option<&'static str>,
    rank: usize,
    score: f32,
    address: String,
    source: SourceObject<'a>,
    passage: u32,
    speaker: Option<&'a str>,
    place: PlaceObject,
    text: &'a str,
    matches: Vec<MatchObject<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    joins: Vec<JoinObject<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    alike: Vec<AlikeObject<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    before: Vec<NeighbourObject<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    after: Vec<NeighbourObject<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    explain: Option<&'a Scoring>,
    #[serde(skip_serializing_if = "Option::is_none")]
    citation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_text: Option<String>,
}

/// A document, as it is described in JSON.
#[derive(Serialize)]
pub(super) struct SourceObject<'a> {
    path: &'a str,
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    authors: &'a [String],
    kind: Kind,
    date: Option<&'a str>,
    url: Option<&'a str>,
    lang: Option<&'a str>,
}

/// A place, as its parts are named in JSON.
#[derive(Serialize)]
pub(super) struct PlaceObject {
    line: Option<u32>,
    column: Option<u32>,
    byte_start: Option<usize>,
    byte_end: Option<usize>,
    time_start_ms: Option<u64>,
    time_end_ms: Option<u64>,
    page: Option<u32>,
}

#[derive(Serialize)]
struct MatchObject<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    place: PlaceObject,
}

#[derive(Serialize)]
struct JoinObject<'a> {
    start: usize,
    speaker: Option<&'a str>,
}

/// A passage that says nearly the same.
#[derive(Serialize)]
struct AlikeObject<'a> {
    address: String,
    path: &'a str,
    title: Option<&'a str>,
    passage: u32,
    speaker: Option<&'a str>,
    place: PlaceObject,
}

#[derive(Serialize)]
struct NeighbourObject<'a> {
    passage: u32,
    speaker: Option<&'a str>,
    place: PlaceObject,
    text: &'a str,
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
        let hit_line = HitLine { explain, ..typed_hit_line(hit) };
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

/// Writes any value as one line. It holds no character that a terminal would obey, and is read as
/// what it was: JSON has escapes for all of them.
///
/// # Errors
/// When it cannot be written.
pub fn line(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut *out, Escaped))?;
    writeln!(out)
}

/// Compact JSON with escapes also for the control characters that it allows as they are.
struct Escaped;

impl Formatter for Escaped {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut plain = 0;
        for (at, c) in fragment.char_indices().filter(|(_, c)| is_unsafe(*c)) {
            writer.write_all(&fragment.as_bytes()[plain..at])?;
            write!(writer, "\\u{:04x}", u32::from(c))?;
            plain = at + c.len_utf8();
        }
        writer.write_all(&fragment.as_bytes()[plain..])
    }
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

impl HitLine<'_> {
    /// The line with the citation of its hit, where there is what makes one.
    pub(super) fn cited(self, processor: Option<&Processor>, hit: &Hit, wording: Wording) -> Self {
        let Some(processor) = processor else { return self };
        let citation = processor.citation(Cited { hit, wording });
        Self { citation: Some(citation.entry), in_text: citation.in_text, ..self }
    }
}

/// A hit as a line of its own, with its type.
pub(super) fn typed_hit_line(hit: &Hit) -> HitLine<'_> {
    HitLine { r#type: Some("hit"), ..hit_line(hit) }
}

pub(super) fn hit_line(hit: &Hit) -> HitLine<'_> {
    let text = hit.passage.text.as_str();
    let found = |found: &crate::search::Match| MatchObject {
        start: found.span.start,
        end: found.span.end,
        text: &text[found.span.range()],
        place: place(found.place),
    };
    HitLine {
        r#type: None,
        rank: hit.rank,
        score: hit.score,
        address: hit.address.to_string(),
        source: source(&hit.source),
        passage: hit.passage.number,
        speaker: hit.passage.speaker.as_ref().map(|name| name.0.as_str()),
        place: place(whole(&hit.passage)),
        text,
        matches: hit.matches.iter().map(found).collect(),
        joins: hit
            .joins
            .iter()
            .map(|join| JoinObject {
                start: join.start,
                speaker: join.speaker.as_ref().map(|name| name.0.as_str()),
            })
            .collect(),
        alike: hit.alike.iter().map(alike).collect(),
        before: hit.before.iter().map(neighbour).collect(),
        after: hit.after.iter().map(neighbour).collect(),
        explain: None,
        citation: None,
        in_text: None,
    }
}

fn alike(alike: &Alike) -> AlikeObject<'_> {
    AlikeObject {
        address: alike.address.to_string(),
        path: &alike.source.path,
        title: alike.source.title.as_deref(),
        passage: alike.number,
        speaker: alike.speaker.as_ref().map(|name| name.0.as_str()),
        place: place(alike.place),
    }
}

fn neighbour(passage: &Passage) -> NeighbourObject<'_> {
    NeighbourObject {
        passage: passage.number,
        speaker: passage.speaker.as_ref().map(|name| name.0.as_str()),
        place: place(whole(passage)),
        text: passage.text.as_str(),
    }
}

fn whole(passage: &Passage) -> Place {
    passage.text.place(TextSpan { start: 0, end: passage.text.len() })
}

pub(super) fn source(record: &Record) -> SourceObject<'_> {
    SourceObject {
        path: &record.path,
        title: record.title.as_deref(),
        authors: &record.authors,
        kind: record.kind,
        date: record.date.as_deref(),
        url: record.url.as_deref(),
        lang: record.language.as_deref(),
    }
}

pub(super) fn place(place: Place) -> PlaceObject {
    let Place { source, time, page } = place;
    PlaceObject {
        line: source.map(|source| source.at.line),
        column: source.map(|source| source.at.column),
        byte_start: source.map(|source| source.start),
        byte_end: source.map(|source| source.end),
        time_start_ms: time.map(|time| time.start.0),
        time_end_ms: time.map(|time| time.end.0),
        page: page.map(|page| page.0.get()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(value: &str) -> String {
        let mut out = Vec::new();
        line(&mut out, &value).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn control_characters_are_escapes() {
        assert_eq!(
            written("a\u{1b}\u{7f}\u{9b}\u{202e}é\n"),
            "\"a\\u001b\\u007f\\u009b\\u202eé\\n\"\n"
        );
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_as_it_was(text in any::<String>()) {
            let written = written(&text);
            prop_assert!(!written.trim_end_matches('\n').contains(is_unsafe));
            prop_assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
        }
    }
}
