//! A report in Markdown, for a comment on a change or a mail to an author.

use std::io::{self, Write};

use super::{Report, counts, line, note_text, outcome_name, whence};
use crate::{
    check::{Checked, Difference, Outcome, Policy},
    print::{clean::is_unsafe, sources::counted},
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
    for line in quotation.lines() {
        writeln!(out, "> {line}")?;
    }
    if let Some(source) = &checked.source {
        writeln!(out, "\nSource: {}", escaped(&whence(source)))?;
    }
    if !checked.notes.is_empty() {
        writeln!(out)?;
    }
    for note in &checked.notes {
        writeln!(out, "- {}", escaped(&note_text(note)))?;
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

/// Text in which no character is markup, and no control character is left.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(
            character,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '!'
        ) {
            escaped.push('\\');
        }
        let is_hidden = is_unsafe(character) && character != '\n';
        escaped.push(if is_hidden { '\u{FFFD}' } else { character });
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_quotation_is_markup_or_turns_the_text_around() {
        assert_eq!(escaped("a\u{202E}b"), "a\u{FFFD}b");
        assert_eq!(escaped("*a* <b> [c](d) \u{1B}"), "\\*a\\* \\<b\\> \\[c\\](d) \u{FFFD}");
    }

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
