//! A hit, a document and a place, as JSON names their parts.

use serde::Serialize;

use crate::{
    cite::{Cited, Processor, Wording},
    index::Record,
    passage::Passage,
    place::Place,
    search::{Alike, Hit, Match, Scoring},
    text::TextSpan,
    transcript::Kind,
};

#[derive(Serialize)]
pub(in crate::print) struct HitLine<'a> {
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
    alike: Vec<PassageObject<'a>>,
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
pub(in crate::print) struct SourceObject<'a> {
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
pub(in crate::print) struct PlaceObject {
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

/// A passage of whose document only the path and the title are told.
#[derive(Serialize)]
pub(in crate::print) struct PassageObject<'a> {
    pub address: String,
    pub path: &'a str,
    pub title: Option<&'a str>,
    pub passage: u32,
    pub speaker: Option<&'a str>,
    pub place: PlaceObject,
}

#[derive(Serialize)]
struct NeighbourObject<'a> {
    passage: u32,
    speaker: Option<&'a str>,
    place: PlaceObject,
    text: &'a str,
}

impl<'a> HitLine<'a> {
    /// The line with what the score of its hit is made of, where that was asked for.
    pub(in crate::print) fn explained(self, explain: Option<&'a Scoring>) -> Self {
        Self { explain, ..self }
    }

    /// The line with the citation of its hit, where there is what makes one.
    pub(in crate::print) fn cited(
        self,
        processor: Option<&Processor>,
        hit: &Hit,
        wording: Wording,
    ) -> Self {
        let Some(processor) = processor else { return self };
        let citation = processor.citation(Cited { hit, wording });
        Self { citation: Some(citation.entry), in_text: citation.in_text, ..self }
    }
}

/// A hit as a line of its own, with its type.
pub(in crate::print) fn typed_hit_line(hit: &Hit) -> HitLine<'_> {
    HitLine { r#type: Some("hit"), ..hit_line(hit) }
}

pub(in crate::print) fn hit_line(hit: &Hit) -> HitLine<'_> {
    let text = hit.passage.text.as_str();
    let found = |found: &Match| MatchObject {
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

/// A passage that says nearly the same.
fn alike(alike: &Alike) -> PassageObject<'_> {
    PassageObject {
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

pub(in crate::print) fn source(record: &Record) -> SourceObject<'_> {
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

pub(in crate::print) fn place(place: Place) -> PlaceObject {
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
