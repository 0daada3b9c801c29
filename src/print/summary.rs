//! What an index run did.

use std::io::{self, Write};

use super::{clean, github, json, sources::counted, style::FAINT};
use crate::update::{FileWarning, Renamed, Summary};

/// How many warnings of one file are shown before the rest is counted.
const WARNINGS_SHOWN: usize = 3;

/// Writes warnings for a person, `path:line: message`; of a file with many, the first few.
///
/// # Errors
/// When it cannot be written.
pub fn warnings(out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
    for of_one_file in summary.warnings.chunk_by(|a, b| a.path == b.path) {
        for FileWarning { path, line, message, .. } in of_one_file.iter().take(WARNINGS_SHOWN) {
            let line = line.map_or_else(String::new, |line| format!(":{line}"));
            writeln!(out, "{}{line}: {}", clean(path), clean(message))?;
        }
        let more = of_one_file.len().saturating_sub(WARNINGS_SHOWN);
        if more > 0 {
            let path = clean(&of_one_file[0].path);
            let counted = counted(more as u64, "more warning");
            writeln!(out, "{FAINT}{path}: {counted}, see `pullquote read`{FAINT:#}")?;
        }
    }
    Ok(())
}

/// Writes what a run did in a few lines.
///
/// # Errors
/// When it cannot be written.
pub fn text(out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
    let renamed = match summary.renamed.len() {
        0 => String::new(),
        count => format!("{count} renamed, "),
    };
    writeln!(
        out,
        "{} ({} added, {} changed, {renamed}{} removed, {} unchanged), {}, {}, {} in {:.2} s",
        counted(summary.documents as u64, "document"),
        summary.added.len(),
        summary.changed.len(),
        summary.removed.len(),
        summary.unchanged,
        counted(summary.passages, "passage"),
        counted(summary.words, "word"),
        bytes(summary.bytes),
        summary.seconds,
    )?;
    if !summary.outdated.is_empty() {
        let count = counted(summary.outdated.len() as u64, "document");
        writeln!(out, "{count} read again: this version of pullquote reads them otherwise")?;
    }
    if summary.recoded > 0 {
        let count = counted(summary.recoded as u64, "document");
        writeln!(out, "{count} read again: another --encoding was asked for than before")?;
    }
    if !summary.other_formats.is_empty() {
        let kinds = summary.other_formats.iter().map(|(extension, count)| {
            let name = if extension.is_empty() { "no extension" } else { extension };
            format!("{count} {name}")
        });
        let kinds = kinds.collect::<Vec<_>>().join(", ");
        writeln!(out, "left out files of other formats: {}", clean(&kinds))?;
    }
    match (summary.warnings.len(), summary.failed) {
        (0, _) => Ok(()),
        (warnings, 0) => writeln!(out, "{}", counted(warnings as u64, "warning")),
        (warnings, failed) => writeln!(
            out,
            "{}; {} could not be read",
            counted(warnings as u64, "warning"),
            counted(failed as u64, "file")
        ),
    }
}

/// Writes which documents are gone or in another place, a line each.
///
/// # Errors
/// When it cannot be written.
pub fn removed(out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
    summary.removed.iter().try_for_each(|path| writeln!(out, "removed {}", clean(path)))?;
    renamed(out, summary)
}

fn renamed(out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
    for Renamed { from, to } in &summary.renamed {
        writeln!(out, "renamed {} to {}", clean(from), clean(to))?;
    }
    Ok(())
}

/// Writes the difference between corpus and index, a line a document.
///
/// # Errors
/// When it cannot be written.
pub fn differences(out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
    let kinds = [
        ("added", &summary.added),
        ("changed", &summary.changed),
        ("removed", &summary.removed),
        ("unreadable", &summary.kept),
    ];
    for (kind, paths) in kinds {
        for path in paths {
            writeln!(out, "{kind} {}", clean(path))?;
        }
    }
    renamed(out, summary)
}

/// Writes warnings as annotations of GitHub Actions, and what a run did as a notice.
///
/// # Errors
/// When it cannot be written.
pub fn github(out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
    for FileWarning { path, line, message, is_failure } in &summary.warnings {
        let level = if *is_failure { "error" } else { "warning" };
        github::annotation(out, level, Some((path, *line)), message)?;
    }
    let mut told = Vec::new();
    text(&mut told, summary)?;
    github::annotation(out, "notice", None, String::from_utf8_lossy(&told).trim_end())
}

/// Writes what a run did as one JSON object.
///
/// # Errors
/// When it cannot be written.
pub fn json(out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
    json::tagged(out, "summary", summary)
}

/// `118.2 MB`.
#[expect(clippy::cast_precision_loss, reason = "one digit behind the point is shown")]
pub(super) fn bytes(count: u64) -> String {
    let mut size = count as f64;
    let mut units = ["bytes", "kB", "MB", "GB", "TB"].into_iter();
    let mut unit = units.next().unwrap_or_default();
    for larger in units {
        if size < 1000.0 {
            break;
        }
        size /= 1000.0;
        unit = larger;
    }
    if unit == "bytes" { format!("{count} bytes") } else { format!("{size:.1} {unit}") }
}

#[cfg(test)]
mod tests {
    use super::bytes;

    #[test]
    fn sizes_have_one_digit_behind_the_point() {
        assert_eq!(bytes(999), "999 bytes");
        assert_eq!(bytes(118_240_000), "118.2 MB");
    }
}
