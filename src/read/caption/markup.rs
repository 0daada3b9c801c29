//! The markup inside the cues of SubRip and WebVTT: tags, escaped tags, entities, and the codes of
//! other formats in braces.

use crate::{
    place::Time,
    read::{caption::whole_time, colours::is_class, entity::entity},
};

/// Markup inside a line of a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Markup<'a> {
    /// How it looks, without a colour.
    Style,
    /// An element begins, in a colour or not.
    Opens(Option<&'a str>),
    /// Such an element ends.
    Closes,
    /// A colour from here on, or none.
    Paints(Option<&'a str>),
    /// Somebody else speaks.
    Voice(&'a str),
    /// When the next word is said.
    Time(Time),
    /// A character that is written otherwise.
    Character(char),
}

/// The next markup from `from` on: where it starts, how many bytes it takes, what it is.
#[must_use]
pub fn next_markup(line: &str, from: usize) -> Option<(usize, usize, Markup<'_>)> {
    let mut at = from;
    while let Some(found) = memchr::memchr3(b'<', b'{', b'&', line.as_bytes().get(at..)?) {
        at += found;
        let rest = &line[at..];
        let markup = match rest.as_bytes()[0] {
            b'<' => tag(rest),
            b'{' => override_code(rest),
            _ => escaped_style(line, at).map(|length| (length, Markup::Style)).or_else(|| {
                entity(rest).map(|(character, length)| (length, Markup::Character(character)))
            }),
        };
        if let Some((length, markup)) = markup {
            return Some((at, length, markup));
        }
        at += 1;
    }
    None
}

/// A known tag, a voice or the time of a word. Other things in angle brackets are text.
fn tag(rest: &str) -> Option<(usize, Markup<'_>)> {
    let end = memchr::memchr(b'>', &rest.as_bytes()[..rest.len().min(LONGEST_TAG)])?;
    let inner = &rest[1..end];
    let length = end + 1;
    if let Some(time) = whole_time(inner).filter(|_| inner.contains(':')) {
        return Some((length, Markup::Time(time)));
    }
    let name = inner.trim_start_matches('/').split([' ', '\t', '.', '/', '=']).next()?;
    if !TAGS.iter().any(|tag| tag.eq_ignore_ascii_case(name)) {
        return None;
    }
    if name.eq_ignore_ascii_case("br") {
        return Some((length, Markup::Character(' ')));
    }
    let is_font = name.eq_ignore_ascii_case("font");
    if is_font || name == "c" {
        let colour = if is_font { attribute(inner, "color") } else { class(inner) };
        let closes = inner.starts_with('/');
        return Some((length, if closes { Markup::Closes } else { Markup::Opens(colour) }));
    }
    if name != "v" {
        return Some((length, Markup::Style));
    }
    let voice = inner.split_once([' ', '\t']).map_or("", |(_, voice)| voice.trim());
    Some((length, if inner.starts_with('/') { Markup::Style } else { Markup::Voice(voice) }))
}

/// How many bytes `&lt;i&gt;` or `&lt;/i&gt;` takes, of which the other stands on the same line: a tag
/// that some program escaped. Others in escaped brackets are text.
fn escaped_style(line: &str, at: usize) -> Option<usize> {
    for (open, close) in ESCAPED_TAGS {
        if line[at..].starts_with(open) {
            let end = line.floor_char_boundary(at + LONGEST_TAG);
            return line[at..end].contains(close).then_some(open.len());
        }
        if line[at..].starts_with(close) {
            let start = line.ceil_char_boundary(at.saturating_sub(LONGEST_TAG));
            return line[start..at].contains(open).then_some(close.len());
        }
    }
    None
}

const ESCAPED_TAGS: [(&str, &str); 3] =
    [("&lt;b&gt;", "&lt;/b&gt;"), ("&lt;i&gt;", "&lt;/i&gt;"), ("&lt;u&gt;", "&lt;/u&gt;")];

/// The value of an attribute inside a tag.
fn attribute<'a>(inner: &'a str, name: &str) -> Option<&'a str> {
    let (_, value) = inner.split_once('=').filter(|(before, _)| {
        before.trim_end().rsplit([' ', '\t']).next().is_some_and(|it| it.eq_ignore_ascii_case(name))
    })?;
    let value = value.trim_start().trim_start_matches(['"', '\'']);
    value.split(['"', '\'', ' ', '\t']).next()
}

/// The class of a tag such as `c.yellow.bg_black` that is a colour.
fn class(inner: &str) -> Option<&str> {
    inner.split([' ', '\t']).next()?.split('.').skip(1).find(|class| is_class(class))
}

/// `{\an8}` and `{y:i}`: codes of other subtitle formats that are common in SubRip.
fn override_code(rest: &str) -> Option<(usize, Markup<'_>)> {
    let end = memchr::memchr(b'}', &rest.as_bytes()[..rest.len().min(LONGEST_TAG)])?;
    let code = &rest[1..end];
    let inner = code.as_bytes();
    let is_code = inner.first() == Some(&b'\\')
        || (inner.get(1) == Some(&b':') && inner[0].is_ascii_alphabetic())
        || matches!(inner, b"b" | b"/b" | b"i" | b"/i" | b"u" | b"/u");
    let markup = painted(code).map_or(Markup::Style, Markup::Paints);
    is_code.then_some((end + 1, markup))
}

/// The colour that the codes in braces set (`\c&H00FFFF&`, `c:$00FFFF`), if they set or reset one.
#[must_use]
pub fn painted(code: &str) -> Option<Option<&str>> {
    if let Some(colour) = code.strip_prefix(['c', 'C']).and_then(|rest| rest.strip_prefix(":$")) {
        return Some(Some(colour));
    }
    let mut last = None;
    for code in code.split('\\').skip(1) {
        let code = code.trim_end_matches('}');
        let value = code.strip_prefix("1c").or_else(|| code.strip_prefix('c'));
        match value {
            Some(value) if value.starts_with('&') => last = Some(Some(value)),
            Some("") => last = Some(None),
            _ if code == "r" => last = Some(None),
            _ => {}
        }
    }
    last
}

/// The longest tag, in bytes: so that a line of opening brackets takes no square of its length.
const LONGEST_TAG: usize = 1024;

const TAGS: &[&str] = &[
    "b", "br", "c", "em", "font", "i", "lang", "p", "rt", "ruby", "s", "span", "strong", "u", "v",
];
