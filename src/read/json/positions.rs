//! Where in a file the values of JSON stand.
//!
//! `serde_json` says what a file holds, not where. For formats of JSON whose text is prose, this
//! finds the values again, with their bytes. It checks nothing: of broken JSON it finds what comes
//! before the break.

use std::{borrow::Cow, ops::Range};

use crate::{
    place::TimeSpan,
    read::{
        pieces::{Gap, Pieces},
        xml::{Escape, Source},
    },
};

/// The members of an object that starts at `object.start`: the bytes of each name, without its
/// quotes, and of its value. None where it is no object.
#[must_use]
pub fn members(text: &str, object: &Range<usize>) -> Vec<(Range<usize>, Range<usize>)> {
    let bytes = &text.as_bytes()[..object.end];
    let mut found = Vec::new();
    if bytes.get(object.start) != Some(&b'{') {
        return found;
    }
    let mut at = skip(bytes, object.start + 1, b',');
    while bytes.get(at) == Some(&b'"') {
        let end = end_of_value(bytes, at);
        let name = inside(bytes, &(at..end));
        at = skip(bytes, end, b':');
        let end = end_of_value(bytes, at);
        found.push((name, at..end));
        at = skip(bytes, end, b',');
    }
    found
}

/// The value of a member of an object, by its name. The last one counts, as in `serde_json`.
#[must_use]
pub fn member(text: &str, object: &Range<usize>, name: &str) -> Option<Range<usize>> {
    let named =
        members(text, object).into_iter().rev().find(|(found, _)| &text[found.clone()] == name);
    named.map(|(_, value)| value)
}

/// The entries of an array that starts at `array.start`. None where it is no array.
#[must_use]
pub fn elements(text: &str, array: &Range<usize>) -> Vec<Range<usize>> {
    let bytes = &text.as_bytes()[..array.end];
    let mut found = Vec::new();
    if bytes.get(array.start) != Some(&b'[') {
        return found;
    }
    let mut at = skip(bytes, array.start + 1, b',');
    while bytes.get(at).is_some_and(|byte| !matches!(byte, b']' | b'}' | b':')) {
        let end = end_of_value(bytes, at);
        found.push(at..end);
        at = skip(bytes, end, b',');
    }
    found
}

/// The bytes of a string without its quotes; `None` where the value is no string.
#[must_use]
pub fn string(text: &str, value: &Range<usize>) -> Option<Range<usize>> {
    (text.as_bytes().get(value.start) == Some(&b'"')).then(|| inside(text.as_bytes(), value))
}

/// Whether the value that starts somewhere is closed before the text ends.
#[must_use]
pub fn is_closed(text: &str, value: &Range<usize>) -> bool {
    let close = match text.as_bytes().get(value.start) {
        Some(b'{') => b'}',
        Some(b'[') => b']',
        _ => return true,
    };
    value.len() > 1
        && text.as_bytes().get(value.end - 1) == Some(&close)
        && depth(&text.as_bytes()[value.clone()]) == 0
}

/// What a string says, its escapes decoded.
#[must_use]
pub fn unescaped(inner: &str) -> Cow<'_, str> {
    if !inner.contains('\\') {
        return Cow::Borrowed(inner);
    }
    let mut text = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(at) = rest.find('\\') {
        text.push_str(&rest[..at]);
        let (character, length) = escape(&rest[at..]).unwrap_or(('\\', 1));
        text.push(character);
        rest = &rest[at + length..];
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// Writes a string, by its bytes without the quotes, with its escapes decoded. Line ends in it part
/// lines, and two of them paragraphs.
pub fn write<'a>(
    source: &Source<'a>,
    string: &Range<usize>,
    time: Option<TimeSpan>,
    pieces: &mut Pieces<'a>,
) {
    let inner = &source.text[string.clone()];
    let (mut start, mut at, mut ended) = (0, 0, false);
    while let Some(found) = inner.get(at..).and_then(|rest| memchr::memchr(b'\\', rest.as_bytes()))
    {
        at += found;
        let is_end = matches!(inner.as_bytes().get(at + 1), Some(b'n' | b'r'));
        if is_end {
            let is_blank = inner[start..at].trim().is_empty();
            source.write_with(string.start + start..string.start + at, time, ESCAPE, pieces);
            let is_second = ended && is_blank && inner.as_bytes()[at + 1] == b'n';
            pieces.part(if is_second { Gap::Paragraph } else { Gap::Line });
            ended = inner.as_bytes()[at + 1] == b'n' || (ended && is_blank);
            start = at + 2;
        }
        at += 2;
    }
    source.write_with(string.start + start.min(inner.len())..string.end, time, ESCAPE, pieces);
}

/// How JSON escapes characters.
pub const ESCAPE: Escape = Escape { first: b'\\', decode: escape };

/// The character of an escape at the start of a string, and how many bytes it takes.
#[must_use]
pub fn escape(rest: &str) -> Option<(char, usize)> {
    let character = match rest.as_bytes().get(1)? {
        b'n' => '\n',
        b't' => '\t',
        b'r' => '\r',
        b'b' | b'f' => ' ',
        b'u' => return escaped_unit(rest),
        byte @ (b'"' | b'\\' | b'/') => char::from(*byte),
        _ => return None,
    };
    Some((character, 2))
}

/// `\u00e9`, or two of them for a character beyond the first 65,536.
fn escaped_unit(rest: &str) -> Option<(char, usize)> {
    let unit = |rest: &str| {
        let digits = rest.strip_prefix("\\u")?.get(..4)?;
        u16::from_str_radix(digits, 16).ok()
    };
    let first = unit(rest)?;
    let second = rest.get(6..).and_then(unit);
    let mut decoded = char::decode_utf16([Some(first), second].into_iter().flatten());
    match decoded.next()? {
        Ok(character) => Some((character, if character.len_utf16() == 2 { 12 } else { 6 })),
        Err(_) => Some((char::REPLACEMENT_CHARACTER, 6)),
    }
}

/// A string without its quotes, of which the second may be missing.
fn inside(bytes: &[u8], string: &Range<usize>) -> Range<usize> {
    let is_closed = string.len() > 1 && bytes.get(string.end - 1) == Some(&b'"');
    string.start + 1..string.end - usize::from(is_closed)
}

fn skip(bytes: &[u8], mut at: usize, mark: u8) -> usize {
    while bytes.get(at).is_some_and(|byte| byte.is_ascii_whitespace() || *byte == mark) {
        at += 1;
    }
    at
}

/// One past the last byte of the value that starts at `at`.
fn end_of_value(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at) {
        Some(b'"') => end_of_string(bytes, at),
        Some(b'{' | b'[') => {
            let mut depth = 0_usize;
            let mut end = at;
            while let Some(byte) = bytes.get(end) {
                match byte {
                    b'"' => {
                        end = end_of_string(bytes, end);
                        continue;
                    }
                    b'{' | b'[' => depth += 1,
                    b'}' | b']' => depth -= 1,
                    _ => {}
                }
                end += 1;
                if depth == 0 {
                    break;
                }
            }
            end
        }
        Some(_) => {
            let rest = &bytes[at..];
            let is_end =
                |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b',' | b']' | b'}');
            at + rest.iter().position(is_end).unwrap_or(rest.len())
        }
        None => bytes.len(),
    }
}

/// One past the quote that closes the string whose first quote is at `at`, or the end of the text
/// where it never closes.
fn end_of_string(bytes: &[u8], at: usize) -> usize {
    let mut end = at + 1;
    while let Some(found) = bytes.get(end..).and_then(|rest| memchr::memchr2(b'"', b'\\', rest)) {
        end += found;
        if bytes[end] == b'"' {
            return end + 1;
        }
        end += 2;
    }
    bytes.len()
}

/// How many brackets are open at the end.
fn depth(bytes: &[u8]) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => {
                at = end_of_string(bytes, at);
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        at += 1;
    }
    depth
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str =
        r#"{"a": [1, {"b": "x]"}, "y"], "text": "one \"two\"\n\nth\u00e9 \ud83d\ude00", "n": 1.5}"#;

    #[test]
    fn values_are_found_with_their_bytes() {
        let whole = 0..SOURCE.len();
        let names: Vec<_> =
            members(SOURCE, &whole).into_iter().map(|(name, _)| &SOURCE[name]).collect();
        assert_eq!(names, ["a", "text", "n"]);
        let array = member(SOURCE, &whole, "a").unwrap();
        let entries: Vec<_> = elements(SOURCE, &array).into_iter().map(|it| &SOURCE[it]).collect();
        assert_eq!(entries, ["1", "{\"b\": \"x]\"}", "\"y\""]);
        assert_eq!(&SOURCE[member(SOURCE, &whole, "n").unwrap()], "1.5");
        assert!(is_closed(SOURCE, &whole) && !is_closed(&SOURCE[..20], &(0..20)));
    }

    #[test]
    fn a_string_is_written_with_its_escapes_decoded() {
        let source = Source::new(SOURCE);
        let value = member(SOURCE, &(0..SOURCE.len()), "text").unwrap();
        let inner = string(SOURCE, &value).unwrap();
        let mut pieces = Pieces::new(SOURCE);
        write(&source, &inner, None, &mut pieces);
        assert_eq!(pieces.take().as_str(), "one \"two\"\n\nthé 😀");
        assert_eq!(unescaped(&SOURCE[inner]), "one \"two\"\n\nthé 😀");
    }

    #[test]
    fn broken_json_is_read_up_to_the_break() {
        for (source, count) in
            [("{\"a\": \"x", 1), ("{\"a\":", 1), ("{\"a", 1), ("{", 0), ("[1", 0)]
        {
            assert_eq!(members(source, &(0..source.len())).len(), count, "{source}");
        }
        assert_eq!(elements("[\"a\", {\"b\"", &(0..10)).len(), 2);
        assert_eq!(escape("\\u12"), None);
    }
}
