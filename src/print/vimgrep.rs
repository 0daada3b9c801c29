//! A line for each match, as editors read them: `path:line:column:text`.

use std::io::{self, Write};

use super::clean;
use crate::{
    place::{LineColumn, Place},
    search::Hit,
    text::TextSpan,
};

/// Writes a line for each match: the path, the line and the byte of it (both from 1), and the line
/// of the passage in which it stands. A hit in which nothing matched has one line. Where no line is
/// known, it is the first.
///
/// # Errors
/// When it cannot be written.
pub fn hits<'h>(out: &mut dyn Write, hits: impl IntoIterator<Item = &'h Hit>) -> io::Result<()> {
    for hit in hits {
        let text = hit.passage.text.as_str();
        let whole = TextSpan { start: 0, end: text.len() };
        if hit.matches.is_empty() {
            line(out, hit, whole, hit.passage.text.place(whole))?;
        }
        for found in &hit.matches {
            line(out, hit, found.span, found.place)?;
        }
    }
    Ok(())
}

fn line(out: &mut dyn Write, hit: &Hit, span: TextSpan, place: Place) -> io::Result<()> {
    let text = hit.passage.text.as_str();
    let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[span.start..].find('\n').map_or(text.len(), |at| span.start + at);
    let LineColumn { line, column } = place.source.map_or(LineColumn::START, |source| source.at);
    let text = clean(text[start..end].trim());
    writeln!(out, "{}:{line}:{column}:{text}", clean(&hit.source.path))
}
