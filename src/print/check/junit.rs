//! XML in the form of `JUnit`, as most CI servers read it: a suite for each manuscript, a case for each quotation.

use std::{
    borrow::Cow,
    io::{self, Write},
};

use super::{Report, having, line, summary};
use crate::check::{Outcome, Policy};

/// How much of a quotation names its case, in characters.
const NAME: usize = 60;

/// Writes all quotations: what fails as a failure, what was not checked or is accepted as skipped.
///
/// # Errors
/// When it cannot be written.
pub fn report(out: &mut dyn Write, reports: &[Report], policy: &Policy) -> io::Result<()> {
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(out, r#"<testsuites name="pullquote">"#)?;
    for report in reports {
        suite(out, report, policy)?;
    }
    writeln!(out, "</testsuites>")
}

fn suite(out: &mut dyn Write, report: &Report, policy: &Policy) -> io::Result<()> {
    let count = |outcome| having(report, policy, outcome);
    let skipped = count(Outcome::Unchecked) + count(Outcome::Accepted);
    writeln!(
        out,
        r#"  <testsuite name="{file}" tests="{tests}" failures="{failures}" skipped="{skipped}">"#,
        file = escaped(&report.file),
        tests = report.findings.len(),
        failures = count(Outcome::Fails),
    )?;
    for checked in &report.findings {
        let line = line(checked).map_or_else(String::new, |line| format!("line {line}: "));
        let name: String = checked.quotation.text.chars().take(NAME).collect();
        write!(
            out,
            r#"    <testcase classname="{}" name="{}""#,
            escaped(&report.file),
            escaped(&format!("{line}{}", name.replace('\n', " "))),
        )?;
        let verdict = checked.verdict.as_str();
        match policy.outcome(checked) {
            Outcome::Passes | Outcome::Allowed => writeln!(out, "/>")?,
            Outcome::Unchecked => skip(out, verdict)?,
            Outcome::Accepted => skip(out, &format!("{verdict}, accepted in the manuscript"))?,
            Outcome::Fails => {
                let text = escaped(&summary(checked)).into_owned();
                writeln!(out, ">")?;
                writeln!(
                    out,
                    r#"      <failure type="{verdict}" message="{text}">{text}</failure>"#
                )?;
                writeln!(out, "    </testcase>")?;
            }
        }
    }
    writeln!(out, "  </testsuite>")
}

fn skip(out: &mut dyn Write, message: &str) -> io::Result<()> {
    writeln!(out, ">")?;
    writeln!(out, r#"      <skipped message="{}"/>"#, escaped(message))?;
    writeln!(out, "    </testcase>")
}

/// Text as XML 1.0 may hold it in an attribute or an element.
fn escaped(text: &str) -> Cow<'_, str> {
    let is_plain = |it: char| !matches!(it, '&' | '<' | '>' | '"') && !it.is_control();
    if text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' | '\r' => escaped.push(' '),
            control if control.is_control() => escaped.push('\u{FFFD}'),
            plain => escaped.push(plain),
        }
    }
    Cow::Owned(escaped)
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn what_xml_may_not_hold_is_escaped_or_replaced() {
        assert_eq!(escaped("a<b>&\"c\"\n\u{1B}[1m"), "a&lt;b&gt;&amp;&quot;c&quot; \u{FFFD}[1m");
        assert_eq!(escaped("plain “text”"), "plain “text”");
    }
}
