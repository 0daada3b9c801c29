//! What was understood of a file.

use std::io::{self, Write};

use serde::Serialize;

use super::{
    clean,
    json::{self, PlaceObject},
    line_ends::LineEnds,
    sources::counted,
    style::Styles,
    wrap::{Piece, wrap},
};
use crate::{
    place::TimeSpan,
    read::Document,
    text::TextSpan,
    transcript::{Kind, Turn, Warning},
    words::Words,
};

const INDENT: usize = 4;

/// Writes a file as it was read, for a person: what is known about it, its turns, its warnings.
///
/// # Errors
/// When it cannot be written.
pub fn text(
    out: &mut dyn Write,
    path: &str,
    document: &Document,
    width: usize,
    styles: Styles,
) -> io::Result<()> {
    let Styles { title, faint, .. } = styles;
    let transcript = &document.transcript;
    let metadata = &transcript.metadata;
    let words: usize = transcript.turns.iter().map(words).sum();
    writeln!(out, "{title}{}{title:#}", clean(path))?;
    let mut row = |name: &str, value: Option<String>| match value {
        Some(value) => writeln!(out, "{:INDENT$}{faint}{name:9}{faint:#}{}", "", clean(&value)),
        None => Ok(()),
    };
    row("format", Some(format!("{}, {}", document.format, document.encoding)))?;
    row("title", metadata.title.clone())?;
    row("author", (!metadata.authors.is_empty()).then(|| metadata.authors.join("; ")))?;
    row("date", metadata.date.map(|date| date.to_string()))?;
    row("url", metadata.url.clone())?;
    row("kind", Some(transcript.kind().as_str().to_owned()))?;
    row("language", metadata.language.clone())?;
    row("holds", Some(held(transcript.turns.len(), words)))?;
    for turn in &transcript.turns {
        writeln!(out)?;
        self::turn(out, turn, width, styles)?;
    }
    if !transcript.warnings.is_empty() {
        writeln!(out)?;
    }
    for warning in &transcript.warnings {
        let line = warning.line.map_or_else(String::new, |line| format!(":{line}"));
        writeln!(out, "{}{line}: {}", clean(path), clean(&warning.message))?;
    }
    Ok(())
}

fn turn(out: &mut dyn Write, turn: &Turn, width: usize, styles: Styles) -> io::Result<()> {
    let Styles { speaker, time, faint, .. } = styles;
    let place = turn.text.place(TextSpan { start: 0, end: turn.text.len() });
    let mut parts = Vec::new();
    if let Some(name) = &turn.speaker {
        parts.push(format!("{speaker}{}{speaker:#}", clean(&name.0)));
    }
    if let Some(span) = place.time {
        parts.push(format!("{time}{}{time:#}", period(span)));
    }
    if let Some(page) = place.page {
        parts.push(format!("page {}", page.0));
    }
    if let Some(source) = place.source {
        parts.push(format!("{faint}line {}{faint:#}", source.at.line));
    }
    // Inside an archive prose has neither a speaker nor a place.
    if !parts.is_empty() {
        writeln!(out, "{}", parts.join(&format!(" {faint}·{faint:#} ")))?;
    }
    let line_ends = LineEnds::of(&turn.text);
    let mut start = 0;
    for paragraph in turn.text.as_str().split("\n\n") {
        let text = line_ends.shown(paragraph, start);
        start += paragraph.len() + "\n\n".len();
        wrap(out, &[Piece { text: &text, style: anstyle::Style::new() }], INDENT, width)?;
    }
    Ok(())
}

/// `00:00:07–00:00:12`; the start alone where the end is unknown or within the same second.
fn period(TimeSpan { start, end }: TimeSpan) -> String {
    let (from, to) = (start.to_string(), end.to_string());
    if from == to { from } else { format!("{from}–{to}") }
}

fn held(turns: usize, words: usize) -> String {
    format!("{}, {}", counted(turns as u64, "turn"), counted(words as u64, "word"))
}

fn words(turn: &Turn) -> usize {
    Words::of(turn.text.as_str()).len()
}

#[derive(Serialize)]
struct DocumentLine<'a> {
    r#type: &'static str,
    version: u32,
    path: &'a str,
    format: &'a str,
    encoding: &'a str,
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    authors: &'a [String],
    date: Option<String>,
    url: Option<&'a str>,
    kind: Kind,
    lang: Option<&'a str>,
    turns: usize,
}

#[derive(Serialize)]
struct TurnLine<'a> {
    r#type: &'static str,
    speaker: Option<&'a str>,
    place: PlaceObject,
    text: &'a str,
}

#[derive(Serialize)]
struct WarningLine<'a> {
    r#type: &'static str,
    line: Option<u32>,
    message: &'a str,
}

/// Writes a file as it was read, as JSON Lines: a `document`, its `turn`s, its `warning`s.
///
/// # Errors
/// When it cannot be written.
pub fn json(out: &mut dyn Write, path: &str, document: &Document) -> io::Result<()> {
    let transcript = &document.transcript;
    let metadata = &transcript.metadata;
    json::line(
        out,
        &DocumentLine {
            r#type: "document",
            version: json::VERSION,
            path,
            format: document.format,
            encoding: document.encoding,
            title: metadata.title.as_deref(),
            authors: &metadata.authors,
            date: metadata.date.map(|date| date.to_string()),
            url: metadata.url.as_deref(),
            kind: transcript.kind(),
            lang: metadata.language.as_deref(),
            turns: transcript.turns.len(),
        },
    )?;
    for turn in &transcript.turns {
        let place = turn.text.place(TextSpan { start: 0, end: turn.text.len() });
        json::line(
            out,
            &TurnLine {
                r#type: "turn",
                speaker: turn.speaker.as_ref().map(|name| name.0.as_str()),
                place: json::place(place),
                text: turn.text.as_str(),
            },
        )?;
    }
    for Warning { line, message } in &transcript.warnings {
        json::line(out, &WarningLine { r#type: "warning", line: *line, message })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::Time;

    #[test]
    fn an_end_that_says_nothing_is_not_shown() {
        let shown = |start, end| period(TimeSpan { start: Time(start), end: Time(end) });
        assert_eq!(shown(7000, 12_400), "00:00:07–00:00:12");
        assert_eq!(shown(7000, 7000), "00:00:07");
        assert_eq!(shown(7000, 7900), "00:00:07");
    }
}
