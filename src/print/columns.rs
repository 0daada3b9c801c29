//! Hits as a table: one row each, for spreadsheets and for programs that read lines.

use std::io::{self, Write};

use super::table::{Cell, Sheet, number, some, table};
use crate::{place::Place, search::Hit};

/// The columns of a table of hits, as docs/output.md specifies them. New ones are added at the end.
pub const COLUMNS: [&str; 17] = [
    "rank",
    "score",
    "address",
    "path",
    "line",
    "column",
    "page",
    "time_start_ms",
    "time_end_ms",
    "speaker",
    "title",
    "date",
    "kind",
    "lang",
    "url",
    "match",
    "text",
];

/// Writes hits as CSV or TSV. The place is that of the first match.
///
/// # Errors
/// When it cannot be written.
pub fn hits<'h>(
    out: &mut dyn Write,
    sheet: Sheet,
    hits: impl IntoIterator<Item = &'h Hit>,
) -> io::Result<()> {
    table(out, sheet, "", &COLUMNS, hits.into_iter().map(row))
}

fn row(hit: &Hit) -> Vec<Cell<'_>> {
    let text = hit.passage.text.as_str();
    let source = &hit.source;
    let Place { source: at, time, page } = place(hit);
    let first = hit.matches.first().map(|it| &text[it.span.range()]);
    vec![
        number(Some(hit.rank)),
        number(Some(hit.score)),
        hit.address.to_string().into(),
        source.path.as_str().into(),
        number(at.map(|it| it.at.line)),
        number(at.map(|it| it.at.column)),
        number(page.map(|page| page.0)),
        number(time.map(|time| time.start.0)),
        number(time.map(|time| time.end.0)),
        some(hit.passage.speaker.as_ref().map(|name| name.0.as_str())),
        some(source.title.as_deref()),
        some(source.date.as_deref()),
        source.kind.as_str().into(),
        some(source.language.as_deref()),
        some(source.url.as_deref()),
        some(first),
        text.into(),
    ]
}

/// Where the first match stands, or the passage where nothing matched.
pub(super) fn place(hit: &Hit) -> Place {
    hit.place()
}
