//! Hits as a page: HTML that needs nothing else, with what matched in `<mark>`.
//!
//! Whatever a document says is text: it is escaped, only web addresses become links, and the page
//! forbids itself scripts and everything that would have to be fetched.

use std::io::{self, Write};

use super::{
    clean,
    columns::place,
    link::media,
    pieces::{Piece, stretches},
    table::Cell,
};
use crate::{passage::Passage, search::Hit, text::TextSpan};

const STYLE: &str = "\
:root{color-scheme:light dark}
body{max-width:44rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 system-ui,sans-serif}
article{margin:0 0 2rem}
header{font-weight:600}
header span,header a{font-weight:400}
blockquote{margin:.25rem 0;padding:0 0 0 1rem;border-left:3px solid #8888}
.context{opacity:.65}
code,small{font-size:.85rem}
table{border-collapse:collapse}
th,td{padding:.2rem .6rem;text-align:left;border-bottom:1px solid #8884}
";

/// Writes hits as a page with a heading, such as the query.
///
/// # Errors
/// When it cannot be written.
pub fn hits<'h>(
    out: &mut dyn Write,
    heading: &str,
    hits: impl IntoIterator<Item = &'h Hit>,
) -> io::Result<()> {
    page(out, heading, |out| hits.into_iter().try_for_each(|hit| self::hit(out, hit)))
}

/// Writes a page round what `body` writes.
pub(super) fn page(
    out: &mut dyn Write,
    heading: &str,
    body: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let heading = escaped(heading);
    writeln!(out, "<!doctype html>")?;
    writeln!(out, "<html><head><meta charset=\"utf-8\">")?;
    writeln!(
        out,
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
         style-src 'unsafe-inline'\">"
    )?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width\">")?;
    writeln!(out, "<title>{heading}</title>")?;
    writeln!(out, "<style>\n{STYLE}</style></head><body>")?;
    writeln!(out, "<h1>{heading}</h1>")?;
    body(out)?;
    writeln!(out, "</body></html>")
}

fn hit(out: &mut dyn Write, hit: &Hit) -> io::Result<()> {
    let source = &hit.source;
    let place = place(hit);
    writeln!(out, "<article id=\"hit-{}\">", hit.rank)?;
    write!(out, "<header>{} ", hit.rank)?;
    let title = source.title.as_deref().unwrap_or(&source.path);
    match source.url.as_deref().and_then(|url| media(url, None)) {
        Some(link) => write!(out, "<a href=\"{}\">{}</a>", escaped(&link), escaped(title))?,
        None => write!(out, "{}", escaped(title))?,
    }
    if let Some(speaker) = &hit.passage.speaker {
        write!(out, " <span class=\"speaker\">{}</span>", escaped(&speaker.0))?;
    }
    if let Some(time) = place.time {
        match source.url.as_deref().and_then(|url| media(url, Some(time.start))) {
            Some(link) => write!(out, " <a href=\"{}\">{}</a>", escaped(&link), time.start)?,
            None => write!(out, " <span>{}</span>", time.start)?,
        }
    }
    if let Some(page) = place.page {
        write!(out, " <span>page {}</span>", page.0)?;
    }
    writeln!(out, "</header>")?;
    for passage in &hit.before {
        neighbour(out, passage)?;
    }
    let has_context = !(hit.before.is_empty() && hit.after.is_empty());
    for (at, stretch) in stretches(hit).iter().enumerate() {
        let speaker = stretch.speaker.filter(|_| has_context || at > 0);
        let speaker = speaker.map(|name| name.0.as_str());
        quoted(out, "", speaker, stretch.paragraphs.iter().map(|it| marked(it)))?;
    }
    for passage in &hit.after {
        neighbour(out, passage)?;
    }
    let line = place.source.map_or_else(String::new, |source| format!(" line {}", source.at.line));
    writeln!(out, "<small><code>{}</code>{line}</small>", escaped(&hit.address.to_string()))?;
    if !hit.alike.is_empty() {
        write!(out, "<br><small>{} more like this:", hit.alike.len())?;
        for alike in &hit.alike {
            write!(out, " <code>{}</code>", escaped(&alike.address.to_string()))?;
        }
        writeln!(out, "</small>")?;
    }
    writeln!(out, "</article>")
}

fn neighbour(out: &mut dyn Write, passage: &Passage) -> io::Result<()> {
    let whole = TextSpan { start: 0, end: passage.text.len() };
    let paragraphs = super::pieces::paragraphs(&passage.text, whole, &[]);
    let speaker = passage.speaker.as_ref().map(|name| name.0.as_str());
    quoted(out, " class=\"context\"", speaker, paragraphs.iter().map(|it| marked(it)))
}

fn quoted(
    out: &mut dyn Write,
    class: &str,
    speaker: Option<&str>,
    paragraphs: impl Iterator<Item = String>,
) -> io::Result<()> {
    writeln!(out, "<blockquote{class}>")?;
    if let Some(speaker) = speaker {
        writeln!(out, "<b>{}:</b>", escaped(speaker))?;
    }
    for paragraph in paragraphs {
        writeln!(out, "<p>{paragraph}</p>")?;
    }
    writeln!(out, "</blockquote>")
}

/// A paragraph with what matched in marks.
fn marked(pieces: &[Piece<'_>]) -> String {
    let piece = |(at, piece): (usize, &Piece<'_>)| {
        let text = if at == 0 { piece.text.trim_start() } else { &piece.text };
        let text = if at + 1 == pieces.len() { text.trim_end() } else { text };
        let text = text.split('\n').map(escaped).collect::<Vec<_>>().join("<br>");
        if piece.matched { format!("<mark>{text}</mark>") } else { text }
    };
    pieces.iter().enumerate().map(piece).collect()
}

/// Writes a table.
pub(super) fn table<'a>(
    out: &mut dyn Write,
    columns: &[&str],
    rows: impl Iterator<Item = Vec<Cell<'a>>>,
) -> io::Result<()> {
    writeln!(out, "<table>")?;
    row(out, "th", columns.iter().copied())?;
    for cells in rows {
        row(out, "td", cells.iter().map(AsRef::as_ref))?;
    }
    writeln!(out, "</table>")
}

fn row<'a>(out: &mut dyn Write, tag: &str, cells: impl Iterator<Item = &'a str>) -> io::Result<()> {
    write!(out, "<tr>")?;
    for cell in cells {
        write!(out, "<{tag}>{}</{tag}>", escaped(cell))?;
    }
    writeln!(out, "</tr>")
}

/// Text that HTML takes for nothing but text, inside of elements and of attributes.
pub(super) fn escaped(text: &str) -> String {
    let text = clean(text);
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_document_is_an_element() {
        assert_eq!(
            escaped("<b onclick=\"x('&')\">\u{1b}"),
            "&lt;b onclick=&quot;x(&#39;&amp;&#39;)&quot;&gt;␛"
        );
    }

    #[test]
    fn what_matched_is_marked() {
        let pieces = [
            Piece { text: "a <".into(), matched: false },
            Piece { text: "b\nc".into(), matched: true },
            Piece { text: "> d ".into(), matched: false },
        ];
        assert_eq!(marked(&pieces), "a &lt;<mark>b<br>c</mark>&gt; d");
    }
}
