//! Tags and text of XML and of its sloppy relatives, with their places in the file.
//!
//! Caption formats are shallow, and many of their files are not well-formed. So this is a scanner,
//! not a parser: it gives start tags, end tags and text in the order of the file, keeps no stack and
//! expands no entity but characters, so that nothing in a file can make it slow or deep. Names come
//! without their namespace prefix.

use std::{borrow::Cow, ops::Range};

use crate::{
    place::{LineColumn, SourceSpan, TimeSpan},
    read::{
        entity::entity,
        lines::{Line, lines},
        pieces::{Gap, Pieces},
    },
};

/// A piece of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// `<name …>` or `<name …/>`.
    Start(Tag<'a>),
    /// `</name>`. An empty element has one as well.
    End(&'a str),
    /// Text, by its bytes: see [`Source::write`].
    Text(Range<usize>),
}

/// A start tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag<'a> {
    /// The name without a prefix.
    pub name: &'a str,
    /// What stands after it, without the brackets.
    rest: &'a str,
}

impl<'a> Tag<'a> {
    /// Whether it is called so, in capitals or not.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The value of an attribute, by its name without a prefix, in capitals or not.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        let mut rest = self.rest;
        loop {
            rest = rest.trim_start_matches(|it: char| it.is_whitespace() || it == '/');
            let end = rest.find(|it: char| it.is_whitespace() || it == '=')?;
            let found = &rest[..end];
            let value = rest[end..].trim_start();
            let Some(value) = value.strip_prefix('=').map(str::trim_start) else {
                rest = value;
                continue;
            };
            let quote = value.chars().next().filter(|it| matches!(it, '"' | '\''));
            let (value, after) = match quote {
                Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
                None => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
            };
            if local(found).eq_ignore_ascii_case(name) {
                return Some(decoded(value));
            }
            rest = after;
        }
    }
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// A value with its character references decoded.
#[must_use]
pub fn decoded(value: &str) -> Cow<'_, str> {
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    let mut text = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        text.push_str(&rest[..at]);
        let (character, length) = entity(&rest[at..]).unwrap_or(('&', 1));
        text.push(character);
        rest = &rest[at + length..];
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// The pieces of a file. Comments, declarations and processing instructions are none.
pub fn pieces(source: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut at = 0;
    let mut close = None;
    std::iter::from_fn(move || {
        if let Some(name) = close.take() {
            return Some(Piece::End(name));
        }
        loop {
            let rest = source.get(at..).filter(|rest| !rest.is_empty())?;
            if !is_markup(rest) {
                let bytes = rest.as_bytes();
                let next = memchr::memchr_iter(b'<', bytes).find(|open| is_markup(&rest[*open..]));
                let start = at;
                at += next.unwrap_or(rest.len());
                return Some(Piece::Text(start..at));
            }
            if let Some(text) = rest.strip_prefix("<![CDATA[") {
                let length = text.find("]]>").unwrap_or(text.len());
                let start = at + rest.len() - text.len();
                at = (start + length + 3).min(source.len());
                return Some(Piece::Text(start..start + length));
            }
            if let Some(length) = skipped(rest) {
                at += length;
                continue;
            }
            let length = end_of_tag(rest).unwrap_or(rest.len());
            at += length;
            let inner = rest[1..length].trim_end_matches('>');
            if let Some(name) = inner.strip_prefix('/') {
                return Some(Piece::End(local(name.trim())));
            }
            let end = inner.find(|it: char| it.is_whitespace() || it == '/').unwrap_or(inner.len());
            let tag = Tag { name: local(&inner[..end]), rest: &inner[end..] };
            close = inner.ends_with('/').then_some(tag.name);
            return Some(Piece::Start(tag));
        }
    })
}

/// The name of the first element of a text that opens with markup.
#[must_use]
pub fn root(text: &str) -> Option<&str> {
    let markup = text.trim_start().starts_with('<').then_some(text)?;
    pieces(markup).find_map(|piece| match piece {
        Piece::Start(tag) => Some(tag.name),
        Piece::End(_) | Piece::Text(_) => None,
    })
}

/// Goes past the end of an element that was just opened, or of the file. Gives the bytes inside it.
pub fn inside<'a>(
    source: &Source<'a>,
    pieces: &mut impl Iterator<Item = Piece<'a>>,
    tag: &Tag<'a>,
) -> Range<usize> {
    let after = source.offset(tag.rest) + tag.rest.len();
    let start = (after + 1).min(source.text.len());
    let mut depth = 1;
    for piece in pieces {
        match piece {
            Piece::Start(inner) if inner.name == tag.name => depth += 1,
            Piece::End(name) if name == tag.name => {
                depth -= 1;
                if depth == 0 {
                    let close = source.text[..source.offset(name)].rfind('<').unwrap_or(start);
                    return start..close.max(start);
                }
            }
            _ => {}
        }
    }
    start..source.text.len()
}

/// Whether markup starts here. A bracket before a space or a digit is text.
fn is_markup(rest: &str) -> bool {
    let second = rest.strip_prefix('<').and_then(|rest| rest.chars().next());
    second.is_some_and(|it| it.is_alphabetic() || matches!(it, '/' | '!' | '?' | '_'))
}

/// How many bytes a comment, a declaration or a processing instruction takes.
fn skipped(rest: &str) -> Option<usize> {
    let close = match rest.as_bytes() {
        [b'<', b'!', b'-', b'-', ..] => "-->",
        [b'<', b'!', ..] => ">",
        [b'<', b'?', ..] => "?>",
        _ => return None,
    };
    Some(rest.find(close).map_or(rest.len(), |at| at + close.len()))
}

/// How many bytes a tag takes; a bracket inside quotes does not end it.
fn end_of_tag(rest: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    // A quote that never closes: the tag ends at the first bracket.
    rest.find('>').map(|at| at + 1)
}

/// A file and its lines.
#[derive(Debug)]
pub struct Source<'a> {
    /// The decoded file.
    pub text: &'a str,
    lines: Vec<Line<'a>>,
}

impl<'a> Source<'a> {
    /// A decoded file.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self { text, lines: lines(text).collect() }
    }

    /// The line of a byte, from 1.
    #[must_use]
    pub fn line(&self, byte: usize) -> u32 {
        let at = self.lines.partition_point(|line| line.start <= byte).saturating_sub(1);
        self.lines.get(at).map_or(1, |line| line.at.line)
    }

    /// The line of a tag, from 1.
    #[must_use]
    pub fn line_of(&self, tag: &Tag<'a>) -> u32 {
        self.line(tag.name.as_ptr() as usize - self.text.as_ptr() as usize)
    }

    /// The first byte of a piece of the file that was borrowed from it.
    #[must_use]
    pub fn offset(&self, piece: &'a str) -> usize {
        piece.as_ptr() as usize - self.text.as_ptr() as usize
    }

    /// The lines of some bytes of the file, the first and the last one cut.
    pub fn lines_in(&self, bytes: Range<usize>) -> impl Iterator<Item = Line<'a>> {
        let first = self.lines.partition_point(|line| line.end() < bytes.start);
        let lines = self.lines[first..].iter().take_while(move |line| line.start < bytes.end);
        lines.map(move |line| {
            let end = bytes.end.min(line.end()).max(line.start) - line.start;
            line.before(end).after(bytes.start.saturating_sub(line.start).min(end))
        })
    }

    /// The place of a byte, without length: for characters that are not in the file.
    #[must_use]
    pub fn point(&self, byte: usize) -> SourceSpan {
        let at = self.lines.partition_point(|line| line.start <= byte).saturating_sub(1);
        let empty = SourceSpan { start: byte, end: byte, at: LineColumn::START };
        self.lines.get(at).map_or(empty, |line| {
            let bytes = byte.max(line.start) - line.start;
            line.span(bytes..bytes)
        })
    }

    /// Writes text of the file, with its characters decoded.
    pub fn write(&self, bytes: Range<usize>, time: Option<TimeSpan>, pieces: &mut Pieces<'a>) {
        self.write_with(bytes, time, Escape { first: b'&', decode: entity }, pieces);
    }

    /// Writes text of the file in which characters may have been escaped twice (`&amp;#39;`).
    pub fn write_escaped_twice(
        &self,
        bytes: Range<usize>,
        time: Option<TimeSpan>,
        pieces: &mut Pieces<'a>,
    ) {
        let escape = Escape { first: b'&', decode: entity_escaped_twice };
        self.write_with(bytes, time, escape, pieces);
    }

    /// Writes text of the file in which characters are escaped in some way of its own.
    pub fn write_with(
        &self,
        bytes: Range<usize>,
        time: Option<TimeSpan>,
        escape: Escape,
        pieces: &mut Pieces<'a>,
    ) {
        let first = self.lines.partition_point(|line| line.end() < bytes.start);
        for line in self.lines[first..].iter().take_while(|line| line.start < bytes.end) {
            if line.start > bytes.start {
                pieces.part(Gap::Line);
            }
            let start = bytes.start.max(line.start) - line.start;
            let end = bytes.end.min(line.end()).max(line.start + start) - line.start;
            write_line(line, start..end, time, escape, pieces);
        }
    }
}

/// How characters are escaped.
#[derive(Clone, Copy, Debug)]
pub struct Escape {
    /// The byte that each escape starts with.
    pub first: u8,
    /// The character of an escape at the start of a string, and how many bytes it takes.
    pub decode: fn(&str) -> Option<(char, usize)>,
}

fn entity_escaped_twice(text: &str) -> Option<(char, usize)> {
    escaped_twice(text).or_else(|| entity(text))
}

fn escaped_twice(text: &str) -> Option<(char, usize)> {
    // What is left after `&amp;` is decoded once is a reference of its own: `&` and `#39;`.
    let inner = text.strip_prefix("&amp;")?;
    let end = inner.bytes().take(12).position(|byte| byte == b';')?;
    let (character, _) = entity(&format!("&{}", inner.get(..=end)?))?;
    Some((character, end + 6))
}

fn write_line<'a>(
    line: &Line<'a>,
    bytes: Range<usize>,
    time: Option<TimeSpan>,
    escape: Escape,
    pieces: &mut Pieces<'a>,
) {
    let Some(text) = line.text.get(bytes.clone()) else {
        return;
    };
    let mut done = 0;
    for at in memchr::memchr_iter(escape.first, text.as_bytes()) {
        if at < done {
            continue;
        }
        if let Some((character, length)) = (escape.decode)(&text[at..]) {
            let copied = bytes.start + done..bytes.start + at;
            pieces.copy(&text[done..at], line.span(copied), time);
            done = at + length;
            pieces.decoded(character, line.span(bytes.start + at..bytes.start + done), time);
        }
    }
    pieces.copy(&text[done..], line.span(bytes.start + done..bytes.end), time);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(source: &str) -> String {
        let piece = |piece| match piece {
            Piece::Start(tag) => format!("<{}>", tag.name),
            Piece::End(name) => format!("</{name}>"),
            Piece::Text(bytes) => source[bytes].to_owned(),
        };
        pieces(source).map(piece).collect()
    }

    #[test]
    fn tags_and_text_are_found() {
        for (source, expected) in [
            ("<?xml version='1.0'?><tt:p a='>'>b<br/>c</tt:p >", "<p>b<br></br>c</p>"),
            ("<!-- <p> --><!DOCTYPE x>a<![CDATA[<b>]]>c", "a<b>c"),
            ("1 < 2 <3 <p>a", "1 < 2 <3 <p>a"),
            ("<p", "<p>"),
            ("<!--", ""),
            ("<p a=\"x>b", "<p>b"),
        ] {
            assert_eq!(shown(source), expected, "{source}");
        }
    }

    #[test]
    fn attributes_are_found_by_their_local_name() {
        let source = "<p xml:id = \"a\" Begin='1s' lang=en empty end=\"2&amp;s\"/>";
        let Some(Piece::Start(tag)) = pieces(source).next() else {
            unreachable!("it is a tag");
        };
        let value = |name| tag.attribute(name).map(Cow::into_owned);
        assert_eq!(value("id"), Some("a".into()));
        assert_eq!(value("begin"), Some("1s".into()));
        assert_eq!(value("lang"), Some("en".into()));
        assert_eq!(value("end"), Some("2&s".into()));
        assert_eq!(value("dur"), None);
    }

    #[test]
    fn text_has_its_place_in_the_file() {
        let source = Source::new("<p>\n  one &amp;\n  two</p>");
        let mut pieces = Pieces::new(source.text);
        source.write(3..21, None, &mut pieces);
        let text = pieces.take();
        assert_eq!(text.as_str(), "one &\ntwo");
        let last = text.parts()[text.parts().len() - 1].place.source.unwrap();
        assert_eq!(&source.text[last.start..last.end], "two");
        assert_eq!((source.line(0), source.line(6)), (1, 2));
    }
}
