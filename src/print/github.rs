//! Annotations of GitHub Actions: workflow commands on standard output, which show a message beside
//! the line of a file.
//!
//! Source: "Workflow commands for GitHub Actions" in GitHub's documentation.

use std::io::{self, Write};

/// Writes an annotation of a level (`error`, `warning`, `notice`), in a file and a line (from 1)
/// where there are such.
pub(super) fn annotation(
    out: &mut dyn Write,
    level: &str,
    place: Option<(&str, Option<u32>)>,
    message: &str,
) -> io::Result<()> {
    write!(out, "::{level}")?;
    if let Some((file, line)) = place {
        write!(out, " file={}", property(file))?;
        if let Some(line) = line {
            write!(out, ",line={line}")?;
        }
    }
    writeln!(out, "::{}", data(message))
}

/// Escapes what a property of a workflow command may not hold.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// Escapes what the message of a workflow command may not hold.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_of_a_file_ends_a_command_or_begins_another() {
        let mut out = Vec::new();
        let place = Some(("a:b,c\n.srt", Some(7)));
        annotation(&mut out, "warning", place, "100 %\r\n::error::no").unwrap();
        annotation(&mut out, "notice", None, "done").unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "::warning file=a%3Ab%2Cc%0A.srt,line=7::100 %25%0D%0A::error::no\n::notice::done\n"
        );
    }
}
