//! What was found out about a manuscript's quotations: one file for each form it is written in.

pub mod github;
pub mod html;
pub mod json;
pub mod junit;
pub mod markdown;
pub mod sarif;
pub mod text;

use crate::{
    check::{Checked, Outcome, Policy, Source},
    quote::{Note, Verdict},
};

/// A manuscript, and its quotations in order.
#[derive(Clone, Debug)]
pub struct Report {
    /// The manuscript, as it was named.
    pub file: String,
    /// Its quotations.
    pub findings: Vec<Checked>,
}

/// What an outcome is called where a person or another program counts them.
fn outcome_name(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Passes => "passes",
        Outcome::Allowed => "allowed",
        Outcome::Accepted => "accepted in the manuscript",
        Outcome::Unchecked => "not checked",
        Outcome::Fails => "fails",
    }
}

/// What an editor needs to know of a quotation, in one paragraph without markup.
fn summary(checked: &Checked) -> String {
    let mut parts = vec![format!("{}: “{}”", checked.verdict.as_str(), checked.quotation.text)];
    if let Some(source) = checked.source.as_ref() {
        let wording = format!("the source has “{}” ({})", source.text, whence(source));
        parts.push(if checked.diff.is_empty() { whence(source) } else { wording });
    }
    parts
        .extend(checked.notes.iter().map(|it| note_text(it, checked.quotation.said_by.as_deref())));
    parts.join("; ")
}

/// Where a quotation is from, without markup: title, speaker, time or page, and the address
/// behind the line.
fn whence(source: &Source) -> String {
    let Source { document, speaker, place, address, .. } = source;
    let mut parts: Vec<String> = Vec::new();
    parts.extend(document.title.clone());
    parts.extend(speaker.clone());
    parts.extend(place.time.map(|time| time.start.to_string()));
    parts.extend(place.page.map(|page| format!("page {}", page.0)));
    let line = place.source.map_or_else(String::new, |source| format!(":{}", source.at.line));
    parts.push(format!("{}{line}#{}", document.path, address.spot));
    parts.join(" · ")
}

/// How many quotations of some manuscripts got each verdict, those that none got left out.
fn counts(reports: &[Report]) -> Vec<(Verdict, usize)> {
    let count = |verdict: &Verdict| {
        let findings = reports.iter().flat_map(|report| &report.findings);
        findings.filter(|checked| checked.verdict == *verdict).count()
    };
    let counted = VERDICTS.iter().map(|verdict| (*verdict, count(verdict)));
    counted.filter(|(_, count)| *count > 0).collect()
}

/// How many quotations of a manuscript came out so.
fn having(report: &Report, policy: &Policy, outcome: Outcome) -> usize {
    report.findings.iter().filter(|checked| policy.outcome(checked) == outcome).count()
}

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

fn line(checked: &Checked) -> Option<u32> {
    checked.quotation.place.source.map(|source| source.at.line)
}

/// A note in words. `named` is whom the manuscript names for the quotation.
fn note_text(note: &Note, named: Option<&str>) -> String {
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
        Note::SaidBy(name) => match named {
            Some(named) => format!("attributed to {named}, said by {name}"),
            None => format!("said by {name}"),
        },
        Note::SpeakerUnclear(name) => {
            format!("the source names {name}: whether that is the same person is unclear")
        }
    }
}
