//! A report as one page of HTML that needs nothing beside it.

use std::io::{self, Write};

use super::{Report, counts, line, note_text, outcome_name, whence};
use crate::{
    check::{Checked, Difference, Outcome, Policy},
    print::{html::escaped, sources::counted},
    search::recall::Kind,
};

const HEAD: &str = r#"<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Quotations</title>
<style>
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
blockquote { margin: .5rem 0; font-family: Georgia, serif; white-space: pre-line; }
article { border-left: .25rem solid #b00; padding-left: 1rem; margin: 1.5rem 0; }
article.passes { border-color: #3a3; }
article.accepted, article.unchecked { border-color: #999; }
del { color: #b00; } ins { color: #080; font-weight: bold; text-decoration: none; }
td { padding-right: 1rem; } td + td { text-align: right; }
.source { opacity: .7; }
</style>
</head>
<body>
<h1>Quotations</h1>
"#;

/// Writes how many quotations got each verdict, then each quotation.
///
/// # Errors
/// When it cannot be written.
pub fn report(out: &mut dyn Write, reports: &[Report], policy: &Policy) -> io::Result<()> {
    out.write_all(HEAD.as_bytes())?;
    writeln!(out, "<table>")?;
    for (verdict, count) in counts(reports) {
        writeln!(out, "<tr><td>{}</td><td>{count}</td></tr>", verdict.as_str())?;
    }
    writeln!(out, "</table>")?;
    for report in reports {
        let count = counted(report.findings.len() as u64, "quotation");
        writeln!(out, "<h2>{}</h2>\n<p>{count}</p>", escaped(&report.file))?;
        for checked in &report.findings {
            finding(out, checked, policy.outcome(checked))?;
        }
    }
    writeln!(out, "</body>\n</html>")
}

fn finding(out: &mut dyn Write, checked: &Checked, outcome: Outcome) -> io::Result<()> {
    let class = match outcome {
        Outcome::Passes => "passes",
        Outcome::Accepted | Outcome::Allowed => "accepted",
        Outcome::Unchecked => "unchecked",
        Outcome::Fails => "fails",
    };
    let line = line(checked).map_or_else(String::new, |line| format!("Line {line}: "));
    let verdict = checked.verdict.as_str();
    writeln!(out, r#"<article class="{class}">"#)?;
    writeln!(out, "<h3>{line}{verdict}, {}</h3>", outcome_name(outcome))?;
    let quotation = if checked.diff.is_empty() {
        let lines: Vec<String> = checked.quotation.text.lines().map(escaped).collect();
        format!("“{}”", lines.join("\n"))
    } else {
        differences(&checked.diff)
    };
    writeln!(out, "<blockquote>{quotation}</blockquote>")?;
    if let Some(source) = &checked.source {
        writeln!(out, r#"<p class="source">{}</p>"#, escaped(&whence(source)))?;
    }
    for note in &checked.notes {
        writeln!(
            out,
            "<p>{}</p>",
            escaped(&note_text(note, checked.quotation.said_by.as_deref()))
        )?;
    }
    writeln!(out, "</article>")
}

fn differences(diff: &[Difference]) -> String {
    let mut pieces = Vec::new();
    for Difference { kind, quoted, source } in diff {
        if matches!(kind, Kind::Changed | Kind::Missing) {
            pieces.push(format!("<del>{}</del>", escaped(quoted)));
        }
        match kind {
            Kind::Same => pieces.push(escaped(source)),
            Kind::Changed | Kind::Added => pieces.push(format!("<ins>{}</ins>", escaped(source))),
            Kind::Missing => {}
        }
    }
    pieces.join(" ")
}
