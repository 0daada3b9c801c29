//! What was found out about a manuscript's quotations.

use std::io::{self, Write};

use anstyle::Style;
use serde::Serialize;

use super::{
    clean,
    github::annotation,
    json::{self, PlaceObject},
    sources::counted,
    style::{ADDED, FAINT, MATCH, MISSING, SPEAKER, TIME, TITLE},
    wrap::{Piece, wrap},
};
use crate::{
    check::{Checked, Difference, Source},
    quote::{Note, Verdict},
    search::recall::Kind,
};

const INDENT: usize = 4;

/// The verdicts, in the order in which they are counted.
const VERDICTS: &[Verdict] = &[
    Verdict::Exact,
    Verdict::Marked,
    Verdict::Altered,
    Verdict::Reordered,
    Verdict::Spliced,
    Verdict::Misattributed,
    Verdict::Absent,
    Verdict::Unchecked,
];

/// Writes a quotation and its verdict for a person: where it stands in the manuscript, what differs,
/// where it is from, what to look at.
///
/// # Errors
/// When it cannot be written.
pub fn text(out: &mut dyn Write, file: &str, checked: &Checked, width: usize) -> io::Result<()> {
    let passes = checked.verdict.passes();
    let style = match checked.verdict {
        Verdict::Unchecked => FAINT,
        _ if passes => TIME,
        _ => MATCH,
    };
    let line = line(checked).map_or_else(String::new, |line| format!(":{line}"));
    writeln!(out, "{}{line}: {style}{}{style:#}", clean(file), checked.verdict.as_str())?;
    let quotation = clean(&checked.quotation.text).into_owned();
    let pieces = if checked.diff.is_empty() {
        vec![(format!("“{quotation}”"), Style::new())]
    } else {
        differences(&checked.diff)
    };
    let pieces: Vec<Piece<'_>> =
        pieces.iter().map(|(text, style)| Piece { text, style: *style }).collect();
    wrap(out, &pieces, INDENT, width)?;
    if let Some(source) = &checked.source {
        self::source(out, source)?;
    }
    for note in &checked.notes {
        writeln!(out, "{:INDENT$}{}", "", clean(&note_text(note)))?;
    }
    Ok(())
}

fn source(out: &mut dyn Write, source: &Source) -> io::Result<()> {
    let Source { document, speaker, place, .. } = source;
    write!(out, "{:INDENT$}", "")?;
    if let Some(title) = &document.title {
        write!(out, "{TITLE}{}{TITLE:#} {FAINT}·{FAINT:#} ", clean(title))?;
    }
    if let Some(speaker) = speaker {
        write!(out, "{SPEAKER}{}{SPEAKER:#} {FAINT}·{FAINT:#} ", clean(speaker))?;
    }
    if let Some(time) = place.time {
        write!(out, "{TIME}{}{TIME:#} {FAINT}·{FAINT:#} ", time.start)?;
    }
    let line = place.source.map_or_else(String::new, |source| format!(":{}", source.at.line));
    writeln!(out, "{FAINT}{}{line}{FAINT:#}", clean(&document.path))
}

/// The quotation beside the true wording, `[-…-]` for what only the manuscript has and `{+…+}` for
/// what only the source has.
fn differences(diff: &[Difference]) -> Vec<(String, Style)> {
    let mut pieces = Vec::new();
    for Difference { kind, quoted, source } in diff {
        if !pieces.is_empty() {
            pieces.push((" ".to_owned(), Style::new()));
        }
        if matches!(kind, Kind::Changed | Kind::Missing) {
            pieces.push((format!("[-{}-]", clean(quoted)), MISSING));
        }
        match kind {
            Kind::Same => pieces.push((clean(source).into_owned(), Style::new())),
            Kind::Changed | Kind::Added => {
                pieces.push((format!("{{+{}+}}", clean(source)), ADDED));
            }
            Kind::Missing => {}
        }
    }
    pieces
}

/// Writes how many quotations got each verdict.
///
/// # Errors
/// When it cannot be written.
pub fn counts(out: &mut dyn Write, verdicts: &[Verdict]) -> io::Result<()> {
    let count = |verdict: &Verdict| verdicts.iter().filter(|it| *it == verdict).count();
    let counts: Vec<String> = VERDICTS
        .iter()
        .filter(|verdict| count(verdict) > 0)
        .map(|verdict| format!("{} {}", count(verdict), verdict.as_str()))
        .collect();
    let total = counted(verdicts.len() as u64, "quotation");
    if counts.is_empty() {
        return writeln!(out, "{total}");
    }
    writeln!(out, "{total}: {}", counts.join(", "))
}

#[derive(Serialize)]
struct FindingLine<'a> {
    r#type: &'static str,
    version: u32,
    file: &'a str,
    line: Option<u32>,
    quotation: &'a str,
    said_by: Option<&'a str>,
    verdict: &'static str,
    hit: Option<SourceObject<'a>>,
    diff: &'a [Difference],
    notes: Vec<String>,
}

#[derive(Serialize)]
struct SourceObject<'a> {
    path: &'a str,
    title: Option<&'a str>,
    passage: u32,
    speaker: Option<&'a str>,
    place: PlaceObject,
    text: &'a str,
}

/// Writes a quotation and its verdict as one JSON line.
///
/// # Errors
/// When it cannot be written.
pub fn json(out: &mut dyn Write, file: &str, checked: &Checked) -> io::Result<()> {
    let object = checked.source.as_ref().map(|source| SourceObject {
        path: &source.document.path,
        title: source.document.title.as_deref(),
        passage: source.passage,
        speaker: source.speaker.as_deref(),
        place: json::place(source.place),
        text: &source.text,
    });
    json::line(
        out,
        &FindingLine {
            r#type: "finding",
            version: json::VERSION,
            file,
            line: line(checked),
            quotation: &checked.quotation.text,
            said_by: checked.quotation.said_by.as_deref(),
            verdict: checked.verdict.as_str(),
            hit: object,
            diff: &checked.diff,
            notes: checked.notes.iter().map(note_text).collect(),
        },
    )
}

#[derive(Serialize)]
struct CountsLine {
    r#type: &'static str,
    quotations: usize,
    #[serde(flatten)]
    counts: std::collections::BTreeMap<&'static str, usize>,
}

/// Writes how many quotations got each verdict as one JSON line.
///
/// # Errors
/// When it cannot be written.
pub fn json_counts(out: &mut dyn Write, verdicts: &[Verdict]) -> io::Result<()> {
    let count = |verdict: &Verdict| verdicts.iter().filter(|it| *it == verdict).count();
    let counts = VERDICTS.iter().map(|verdict| (verdict.as_str(), count(verdict))).collect();
    json::line(out, &CountsLine { r#type: "end", quotations: verdicts.len(), counts })
}

/// Writes a quotation that does not pass as an annotation of GitHub Actions.
///
/// # Errors
/// When it cannot be written.
pub fn github(out: &mut dyn Write, file: &str, checked: &Checked) -> io::Result<()> {
    if checked.verdict.passes() {
        return Ok(());
    }
    let level = if checked.verdict == Verdict::Unchecked { "notice" } else { "error" };
    let mut message = format!("{}: “{}”", checked.verdict.as_str(), checked.quotation.text);
    if let Some(source) = checked.source.as_ref().filter(|_| !checked.diff.is_empty()) {
        message = format!("{message}; the source has “{}”", source.text);
    }
    annotation(out, level, Some((file, line(checked))), &message)
}

fn line(checked: &Checked) -> Option<u32> {
    checked.quotation.place.source.map(|source| source.at.line)
}

fn note_text(note: &Note) -> String {
    let changed = |what: &str, quoted: &str, source: &str| match (quoted, source) {
        ("", source) => format!("{what} `{source}` is left out"),
        (quoted, "") => format!("{what} `{quoted}` is not in the source"),
        (quoted, source) => format!("{what} `{quoted}` is `{source}` in the source"),
    };
    match note {
        Note::NegationLost(word) => format!("a negation is lost: `{word}`"),
        Note::NegationAdded(word) => format!("a negation is added: `{word}`"),
        Note::NumberChanged { quoted, source } => changed("the number", quoted, source),
        Note::NameChanged { quoted, source } => changed("the name", quoted, source),
        Note::UnitChanged { quoted, source } => changed("the unit", quoted, source),
        Note::SpellingChanged { quoted, source } => changed("the spelling", quoted, source),
        Note::PunctuationChanged { quoted, source } => changed("the punctuation", quoted, source),
        Note::Clipped(word) => format!("the sentence goes on with `{word}` in the source"),
        Note::SeveralSpeakers => "several speakers say this".to_owned(),
        Note::SaidBy(name) => format!("said by {name}"),
        Note::SpeakerUnclear(name) => {
            format!("the source names {name}: whether that is the same person is unclear")
        }
    }
}
