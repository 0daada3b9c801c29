//! Annotations of GitHub Actions: workflow commands, as its documentation describes them.

use std::io::{self, Write};

use super::{line, summary};
use crate::{
    check::{Checked, Outcome},
    print::github::annotation,
};

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
    let accepted = if outcome == Outcome::Accepted { "accepted, " } else { "" };
    let message = format!("{accepted}{}", summary(checked));
    annotation(out, level, Some((file, line(checked))), &message)
}
