//! For a person: what does not pass, how it differs, and where it is from.

use std::io::{self, Write};

use anstyle::Style;

use super::{VERDICTS, line, note_text};
use crate::{
    check::{Checked, Difference, Source},
    print::{
        clean,
        sources::counted,
        style::Styles,
        wrap::{Piece, wrap},
    },
    quote::Verdict,
    search::recall::Kind,
};

const INDENT: usize = 4;

/// Writes a quotation and its verdict for a person: where it stands in the manuscript, what differs,
/// where it is from, what to look at.
///
/// # Errors
/// When it cannot be written.
pub fn finding(
    out: &mut dyn Write,
    file: &str,
    checked: &Checked,
    width: usize,
    styles: Styles,
) -> io::Result<()> {
    let passes = checked.verdict.passes();
    let style = match checked.verdict {
        Verdict::Unchecked => styles.faint,
        _ if passes => styles.time,
        _ => styles.found,
    };
    let line = line(checked).map_or_else(String::new, |line| format!(":{line}"));
    write!(out, "{}{line}: {style}{}{style:#}", clean(file), checked.verdict.as_str())?;
    match checked.quotation.accepted.as_deref().filter(|_| !passes) {
        Some("") => writeln!(out, ", accepted")?,
        Some(reason) => writeln!(out, ", accepted: {}", clean(reason))?,
        None => writeln!(out)?,
    }
    let quotation = clean(&checked.quotation.text).into_owned();
    let pieces = if checked.diff.is_empty() {
        vec![(format!("“{quotation}”"), Style::new())]
    } else {
        differences(&checked.diff, styles)
    };
    let pieces: Vec<Piece<'_>> =
        pieces.iter().map(|(text, style)| Piece { text, style: *style }).collect();
    wrap(out, &pieces, INDENT, width)?;
    if let Some(source) = &checked.source {
        self::source(out, source, styles)?;
    }
    for note in &checked.notes {
        writeln!(
            out,
            "{:INDENT$}{}",
            "",
            clean(&note_text(note, checked.quotation.said_by.as_deref()))
        )?;
    }
    Ok(())
}

fn source(out: &mut dyn Write, source: &Source, styles: Styles) -> io::Result<()> {
    let Styles { title, speaker: said_by, time, path, faint, .. } = styles;
    let Source { document, speaker, place, address, .. } = source;
    write!(out, "{:INDENT$}", "")?;
    if let Some(name) = &document.title {
        write!(out, "{title}{}{title:#} {faint}·{faint:#} ", clean(name))?;
    }
    if let Some(speaker) = speaker {
        write!(out, "{said_by}{}{said_by:#} {faint}·{faint:#} ", clean(speaker))?;
    }
    if let Some(span) = place.time {
        write!(out, "{time}{}{time:#} {faint}·{faint:#} ", span.start)?;
    }
    if let Some(page) = place.page {
        write!(out, "{time}page {}{time:#} {faint}·{faint:#} ", page.0)?;
    }
    let line = place.source.map_or_else(String::new, |source| format!(":{}", source.at.line));
    writeln!(out, "{path}{}{line}#{}{path:#}", clean(&document.path), address.spot)
}

/// The quotation beside the true wording, `[-…-]` for what only the manuscript has and `{+…+}` for
/// what only the source has.
fn differences(diff: &[Difference], styles: Styles) -> Vec<(String, Style)> {
    let mut pieces = Vec::new();
    for Difference { kind, quoted, source } in diff {
        if !pieces.is_empty() {
            pieces.push((" ".to_owned(), Style::new()));
        }
        if matches!(kind, Kind::Changed | Kind::Missing) {
            pieces.push((format!("[-{}-]", clean(quoted)), styles.removed));
        }
        match kind {
            Kind::Same => pieces.push((clean(source).into_owned(), Style::new())),
            Kind::Changed | Kind::Added => {
                pieces.push((format!("{{+{}+}}", clean(source)), styles.added));
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
