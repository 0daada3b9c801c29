//! A line for each match, as editors read them: `path:line:column:text`.

use std::io::{self, Write};

use super::{clean, clean::is_unsafe, table::Controls};
use crate::{
    paths,
    place::{LineColumn, Place},
    search::Hit,
    text::TextSpan,
};

/// Writes a line for each match: the path, the line and the byte of it (both from 1), and the line
/// of the passage in which it stands. A hit in which nothing matched has one line. Where no line is
/// known, it is the first. Bytes of the path that are no UTF-8 are kept where controls are.
///
/// # Errors
/// When it cannot be written.
pub fn hits<'h>(
    out: &mut dyn Write,
    controls: Controls,
    hits: impl IntoIterator<Item = &'h Hit>,
) -> io::Result<()> {
    for hit in hits {
        let text = hit.passage.text.as_str();
        let whole = TextSpan { start: 0, end: text.len() };
        if hit.matches.is_empty() {
            line(out, controls, hit, whole, hit.passage.text.place(whole))?;
        }
        for found in &hit.matches {
            line(out, controls, hit, found.span, found.place)?;
        }
    }
    Ok(())
}

fn line(
    out: &mut dyn Write,
    controls: Controls,
    hit: &Hit,
    span: TextSpan,
    place: Place,
) -> io::Result<()> {
    let text = hit.passage.text.as_str();
    let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[span.start..].find('\n').map_or(text.len(), |at| span.start + at);
    let LineColumn { line, column } = place.source.map_or(LineColumn::START, |source| source.at);
    let text = clean(text[start..end].trim());
    let path = &hit.source.path;
    // An editor opens the file by its bytes; a control character would end the line for it.
    if controls == Controls::Kept && !path.contains(is_unsafe) {
        out.write_all(&paths::bytes(path))?;
    } else {
        write!(out, "{}", clean(path))?;
    }
    writeln!(out, ":{line}:{column}:{text}")
}
