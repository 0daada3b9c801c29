//! Hits as Markdown (`CommonMark`; tables as GitHub has them), for notes and pull requests.
//!
//! Whatever a document says is text: all that Markdown would take for its own is escaped.

use std::{
    fmt::Write as _,
    io::{self, Write},
};

use super::{
    clean,
    columns::place,
    link::media,
    pieces::{Piece, stretches},
    table::Cell,
};
use crate::{cite::escaped_markdown, passage::Passage, search::Hit, text::TextSpan};

/// Writes hits as a numbered list, each with its passage as a block quotation and what matched in
/// strong emphasis.
///
/// # Errors
/// When it cannot be written.
pub fn hits<'h>(out: &mut dyn Write, hits: impl IntoIterator<Item = &'h Hit>) -> io::Result<()> {
    for (at, hit) in hits.into_iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        self::hit(out, hit)?;
    }
    Ok(())
}

fn hit(out: &mut dyn Write, hit: &Hit) -> io::Result<()> {
    let source = &hit.source;
    let number = format!("{}. ", hit.rank);
    let indent = " ".repeat(number.len());
    write!(out, "{number}")?;
    if let Some(title) = &source.title {
        write!(out, "**{}** · ", escaped(title))?;
    }
    if let Some(speaker) = &hit.passage.speaker {
        write!(out, "{} · ", escaped(&speaker.0))?;
    }
    let place = place(hit);
    if let Some(time) = place.time {
        match source.url.as_deref().and_then(|url| media(url, Some(time.start))) {
            Some(link) => write!(out, "[{}](<{link}>) · ", time.start)?,
            None => write!(out, "{} · ", time.start)?,
        }
    }
    if let Some(page) = place.page {
        write!(out, "page {} · ", page.0)?;
    }
    writeln!(out, "{}", code(&hit.address.to_string()))?;
    for passage in &hit.before {
        neighbour(out, &indent, passage)?;
    }
    let has_context = !(hit.before.is_empty() && hit.after.is_empty());
    for (at, stretch) in stretches(hit).iter().enumerate() {
        let speaker = stretch.speaker.filter(|_| has_context || at > 0);
        let speaker = speaker.map(|name| name.0.as_str());
        quoted(out, &indent, speaker, stretch.paragraphs.iter().map(|it| emphasised(it)))?;
    }
    for passage in &hit.after {
        neighbour(out, &indent, passage)?;
    }
    if !hit.alike.is_empty() {
        let addresses: Vec<String> =
            hit.alike.iter().map(|it| code(&it.address.to_string())).collect();
        let count = addresses.len();
        writeln!(out, "\n{indent}{count} more like this: {}", addresses.join(", "))?;
    }
    Ok(())
}

fn neighbour(out: &mut dyn Write, indent: &str, passage: &Passage) -> io::Result<()> {
    let whole = TextSpan { start: 0, end: passage.text.len() };
    let paragraphs = super::pieces::paragraphs(&passage.text, whole, &[]);
    let speaker = passage.speaker.as_ref().map(|name| name.0.as_str());
    quoted(out, indent, speaker, paragraphs.iter().map(|it| emphasised(it)))
}

/// A block quotation, with an empty line in front.
fn quoted(
    out: &mut dyn Write,
    indent: &str,
    speaker: Option<&str>,
    paragraphs: impl Iterator<Item = String>,
) -> io::Result<()> {
    writeln!(out)?;
    let mut speaker = speaker.map(|name| format!("*{}:* ", escaped(name)));
    for (at, paragraph) in paragraphs.enumerate() {
        if at > 0 {
            writeln!(out, "{indent}>")?;
        }
        let paragraph = paragraph.replace('\n', &format!("\n{indent}> "));
        writeln!(out, "{indent}> {}{paragraph}", speaker.take().unwrap_or_default())?;
    }
    Ok(())
}

/// A paragraph with what matched in strong emphasis.
fn emphasised(pieces: &[Piece<'_>]) -> String {
    let mut line = String::new();
    for (at, piece) in pieces.iter().enumerate() {
        let text = if at == 0 { piece.text.trim_start() } else { &piece.text };
        let text = if at + 1 == pieces.len() { text.trim_end() } else { text };
        if !piece.matched || text.trim().is_empty() {
            line.push_str(&escaped_lines(text));
            continue;
        }
        let before = pieces[..at].last().and_then(|it| it.text.chars().next_back());
        let after = pieces.get(at + 1).and_then(|it| it.text.chars().next());
        line.push_str(&strong(before, text, after));
    }
    line.trim_end().to_owned()
}

/// Strong emphasis. Where asterisks would not count as such, since a mark stands inside of them and
/// a letter outside, tags do the same.
fn strong(before: Option<char>, text: &str, after: Option<char>) -> String {
    let inner = text.trim();
    let is_mark = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
    let closes = |inside: Option<char>, outside: Option<char>| {
        !inside.is_some_and(is_mark) || outside.is_none_or(|c| !c.is_alphanumeric())
    };
    let opening = closes(inner.chars().next(), before);
    let closing = closes(inner.chars().next_back(), after);
    let padding = |white: &str| {
        if white.contains('\n') {
            "\\\n"
        } else if white.is_empty() {
            ""
        } else {
            " "
        }
    };
    let (lead, rest) = text.split_at(text.len() - text.trim_start().len());
    let (start, end) = (padding(lead), padding(&rest[inner.len()..]));
    if opening && closing {
        format!("{start}**{}**{end}", escaped_lines(inner))
    } else {
        format!("{start}<strong>{}</strong>{end}", escaped_lines(inner))
    }
}

/// Text that Markdown takes for nothing but text, on one line.
pub(super) fn escaped(text: &str) -> String {
    escaped_markdown(&clean(text))
}

/// Text that Markdown takes for nothing but text, its line ends as hard ones.
fn escaped_lines(text: &str) -> String {
    text.split('\n').map(escaped).collect::<Vec<_>>().join("\\\n")
}

/// Text as code, in as many backticks as it takes.
fn code(text: &str) -> String {
    let text = clean(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let padding = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{padding}{text}{padding}{fence}")
}

/// Writes a pipe table.
pub(super) fn table<'a>(
    out: &mut dyn Write,
    columns: &[&str],
    rows: impl Iterator<Item = Vec<Cell<'a>>>,
) -> io::Result<()> {
    writeln!(out, "| {} |", columns.join(" | "))?;
    writeln!(out, "|{}", "---|".repeat(columns.len()))?;
    for row in rows {
        let mut line = String::from("|");
        for cell in &row {
            // Writing to a string cannot fail.
            let _ = write!(line, " {} |", escaped(cell.trim()));
        }
        writeln!(out, "{line}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_markdown_would_take_for_its_own_is_escaped() {
        for (text, written) in [
            ("*not* _this_ [a](b)", r"\*not\* \_this\_ \[a\](b)"),
            ("# no heading", r"\# no heading"),
            ("- no item", r"\- no item"),
            ("12. no item", r"12\. no item"),
            ("a well-known 3.5", "a well-known 3.5"),
            ("<script>&amp;", r"\<script\>\&amp;"),
            ("a | b", r"a \| b"),
            ("see https://example.org", r"see https\://example.org"),
            ("a\nb\u{1b}c", "a b␛c"),
        ] {
            assert_eq!(escaped(text), written);
        }
    }

    #[test]
    fn a_match_stays_strong_whatever_stands_beside_it() {
        assert_eq!(strong(Some('a'), "tape", Some('b')), "**tape**");
        assert_eq!(strong(Some(' '), "C++", Some(' ')), r"**C\++**");
        assert_eq!(strong(Some('音'), "C++", Some('楽')), r"<strong>C\++</strong>");
        assert_eq!(strong(None, "one\ntwo ", None), "**one\\\ntwo** ");
    }

    #[test]
    fn lines_that_are_shown_stay_inside_the_quotation() {
        let piece = |text: &'static str, matched| Piece { text: text.into(), matched };
        let pieces = [piece("\n- one\n", false), piece("two", true), piece("\nthree\n", false)];
        let mut out = Vec::new();
        quoted(&mut out, "   ", None, [emphasised(&pieces)].into_iter()).unwrap();
        let written = "\n   > \\- one\\\n   > **two**\\\n   > three\n";
        assert_eq!(String::from_utf8(out).unwrap(), written);
    }

    #[test]
    fn code_is_fenced_by_more_backticks_than_it_has() {
        assert_eq!(code("a.md#p=1"), "`a.md#p=1`");
        assert_eq!(code("a``b"), "```a``b```");
        assert_eq!(code("`a"), "`` `a ``");
    }

    proptest! {
        #[test]
        fn escaping_adds_backslashes_alone(text in "[ -~é\\n]{0,60}") {
            let plain = |text: &str| text.replace('\\', "");
            prop_assert_eq!(plain(&escaped(&text)), plain(&clean(&text)));
        }
    }
}
