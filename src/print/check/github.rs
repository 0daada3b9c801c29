//! Annotations of GitHub Actions: workflow commands, as its documentation describes them.

use std::io::{self, Write};

use super::{line, summary};
use crate::check::{Checked, Outcome};

/// Writes a quotation that does not pass as an annotation.
///
/// # Errors
/// When it cannot be written.
pub fn finding(
    out: &mut dyn Write,
    file: &str,
    checked: &Checked,
    outcome: Outcome,
) -> io::Result<()> {
    let level = match outcome {
        Outcome::Passes | Outcome::Allowed => return Ok(()),
        Outcome::Accepted | Outcome::Unchecked => "notice",
        Outcome::Fails => "error",
    };
    let line = line(checked).map_or_else(String::new, |line| format!(",line={line}"));
    let accepted = if outcome == Outcome::Accepted { "accepted, " } else { "" };
    let message = format!("{accepted}{}", summary(checked));
    writeln!(out, "::{level} file={}{line}::{}", property(file), data(&message))
}

/// Escapes what a property of a workflow command may not hold.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// Escapes what the message of a workflow command may not hold.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}
