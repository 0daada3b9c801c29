//! JSON Lines: see docs/json.md.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use serde::Serialize;

use super::{VERDICTS, line, note_text};
use crate::{
    check::{Checked, Difference},
    print::json::{self, PassageObject},
    quote::Verdict,
};

#[derive(Serialize)]
struct FindingLine<'a> {
    r#type: &'static str,
    version: u32,
    file: &'a str,
    line: Option<u32>,
    quotation: &'a str,
    said_by: Option<&'a str>,
    verdict: &'static str,
    accepted: Option<&'a str>,
    hit: Option<SourceObject<'a>>,
    diff: &'a [Difference],
    notes: Vec<String>,
}

#[derive(Serialize)]
struct SourceObject<'a> {
    #[serde(flatten)]
    passage: PassageObject<'a>,
    text: &'a str,
}

/// Writes a quotation and its verdict as one JSON line.
///
/// # Errors
/// When it cannot be written.
pub fn finding(out: &mut dyn Write, file: &str, checked: &Checked) -> io::Result<()> {
    let object = checked.source.as_ref().map(|source| SourceObject {
        passage: PassageObject {
            address: source.address.to_string(),
            path: &source.document.path,
            title: source.document.title.as_deref(),
            passage: source.passage,
            speaker: source.speaker.as_deref(),
            place: json::place(source.place),
        },
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
            accepted: checked.quotation.accepted.as_deref(),
            hit: object,
            diff: &checked.diff,
            notes: checked
                .notes
                .iter()
                .map(|it| note_text(it, checked.quotation.said_by.as_deref()))
                .collect(),
        },
    )
}

#[derive(Serialize)]
struct CountsLine {
    r#type: &'static str,
    quotations: usize,
    #[serde(flatten)]
    counts: BTreeMap<&'static str, usize>,
}

/// Writes how many quotations got each verdict as one JSON line.
///
/// # Errors
/// When it cannot be written.
pub fn counts(out: &mut dyn Write, verdicts: &[Verdict]) -> io::Result<()> {
    let count = |verdict: &Verdict| verdicts.iter().filter(|it| *it == verdict).count();
    let counts = VERDICTS.iter().map(|verdict| (verdict.as_str(), count(verdict))).collect();
    json::line(out, &CountsLine { r#type: "end", quotations: verdicts.len(), counts })
}
