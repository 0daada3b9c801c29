//! A report in Markdown, for a comment on a change or a mail to an author.

use std::io::{self, Write};

use super::{Report, counts, line, note_text, outcome_name, whence};
use crate::{
    check::{Checked, Difference, Outcome, Policy},
    print::{markdown::escaped, sources::counted},
    search::recall::Kind,
};

/// Writes how many quotations got each verdict, then each one that does not pass or has a note.
///
/// # Errors
/// When it cannot be written.
pub fn report(out: &mut dyn Write, reports: &[Report], policy: &Policy) -> io::Result<()> {
    writeln!(out, "# Quotations\n")?;
    writeln!(out, "| verdict | quotations |\n|---|---:|")?;
    for (verdict, count) in counts(reports) {
        writeln!(out, "| {} | {count} |", verdict.as_str())?;
    }
    for report in reports {
        let count = counted(report.findings.len() as u64, "quotation");
        writeln!(out, "\n## {}\n\n{count}.", escaped(&report.file))?;
        for checked in &report.findings {
            let outcome = policy.outcome(checked);
            if outcome != Outcome::Passes || !checked.notes.is_empty() {
                finding(out, checked, outcome)?;
            }
        }
    }
    Ok(())
}

fn finding(out: &mut dyn Write, checked: &Checked, outcome: Outcome) -> io::Result<()> {
    let line = line(checked).map_or_else(String::new, |line| format!("Line {line}: "));
    let verdict = checked.verdict.as_str();
    writeln!(out, "\n### {line}{verdict}, {}\n", outcome_name(outcome))?;
    let quotation = if checked.diff.is_empty() {
        format!("“{}”", escaped(&checked.quotation.text))
    } else {
        differences(&checked.diff)
    };
    writeln!(out, "> {quotation}")?;
    if let Some(source) = &checked.source {
        writeln!(out, "\nSource: {}", escaped(&whence(source)))?;
    }
    if !checked.notes.is_empty() {
        writeln!(out)?;
    }
    for note in &checked.notes {
        writeln!(out, "- {}", escaped(&note_text(note, checked.quotation.said_by.as_deref())))?;
    }
    Ok(())
}

/// What only the manuscript has struck out, what only the source has in bold.
fn differences(diff: &[Difference]) -> String {
    let mut pieces = Vec::new();
    for Difference { kind, quoted, source } in diff {
        if matches!(kind, Kind::Changed | Kind::Missing) {
            pieces.push(format!("~~{}~~", escaped(quoted)));
        }
        match kind {
            Kind::Same => pieces.push(escaped(source)),
            Kind::Changed | Kind::Added => pieces.push(format!("**{}**", escaped(source))),
            Kind::Missing => {}
        }
    }
    pieces.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_is_struck_out_and_bold() {
        let part = |kind, quoted: &str, source: &str| Difference {
            kind,
            quoted: quoted.to_owned(),
            source: source.to_owned(),
        };
        let diff = [
            part(Kind::Same, "it took", "it took"),
            part(Kind::Changed, "four", "three"),
            part(Kind::Added, "", "whole"),
            part(Kind::Missing, "long", ""),
        ];
        assert_eq!(differences(&diff), "it took ~~four~~ **three** **whole** ~~long~~");
    }
}
