//! What SubRip and WebVTT have in common: timing lines and the markup inside cues.

use std::borrow::Cow;

use crate::{
    place::{Time, TimeSpan},
    read::{
        clock::Clock,
        colours::{Colour, Coloured, Paint, is_class},
        cues::Cue,
        entity::entity,
        lines::Line,
        pieces::{Gap, Pieces},
        single_line::single_line,
        timestamp,
    },
    transcript::{Speaker, Warning},
};

/// What a line is to a caption format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timing {
    /// `00:00:01,000 --> 00:00:02,000`, with settings after it or not.
    Times(TimeSpan),
    /// The same with an end before its start: a span without length.
    Backwards(TimeSpan),
    /// Two times with something else than `-->` between them, such as `->` or `=>`.
    OddArrow(TimeSpan),
    /// A line that was meant to be one: it starts with a digit and has an arrow and a colon.
    Broken,
}

impl Timing {
    /// The time between two: of an end before the start only the start counts.
    #[must_use]
    pub fn between(start: Time, end: Time) -> Self {
        if start <= end {
            Self::Times(TimeSpan { start, end })
        } else {
            Self::Backwards(TimeSpan { start, end: start })
        }
    }
}

/// Reads a timing line; `None` when it is none.
#[must_use]
pub fn timing(line: &str) -> Option<Timing> {
    let line = line.trim_matches(is_invisible);
    if !line.starts_with(|it: char| it.is_ascii_digit()) {
        return None;
    }
    let Some((start, rest)) = line.split_once("-->") else {
        return odd_arrow(line);
    };
    let (start, rest) = (start.trim_matches(is_invisible), rest.trim_matches(is_invisible));
    let end = rest.split([' ', '\t']).next().unwrap_or_default();
    match (whole_time(start), whole_time(end)) {
        (Some(start), Some(end)) => Some(Timing::between(start, end)),
        _ => odd_arrow(line).or_else(|| start.contains(':').then_some(Timing::Broken)),
    }
}

/// White space, and marks that tell the direction of writing or part lines and are not seen.
#[must_use]
pub fn is_invisible(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}')
        || matches!(character, '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// `00:00:07,000 -> 00:00:08,000` and other arrows. A dash counts only between two times with
/// fractions that have a line of their own: people write `10:00 - 11:00` in prose.
fn odd_arrow(line: &str) -> Option<Timing> {
    let line = line.trim();
    let (start, length) = timestamp::clock(line)?;
    let rest = &line[length..];
    let arrow = rest.len() - rest.trim_start_matches(|it: char| ARROW.contains(it)).len();
    let (arrow, rest) = match rest.split_at(arrow) {
        // An arrow that someone took for HTML.
        (dashes, rest) if rest.starts_with("&gt;") => {
            (if dashes.trim().is_empty() { "" } else { ">" }, rest[4..].trim_start())
        }
        found => found,
    };
    let (end, more) = timestamp::clock(rest)
        .filter(|(_, more)| rest[*more..].chars().next().is_none_or(char::is_whitespace))?;
    let has_head = arrow.contains(['>', '→', '⇒', '➔', '➜']);
    let alone = more == rest.len() && !arrow.trim().is_empty();
    let exact = |time: &str| time.contains(['.', ',']);
    let is_arrow = has_head || (alone && exact(&line[..length]) && exact(&rest[..more]));
    is_arrow.then_some(Timing::OddArrow(TimeSpan { start, end: end.max(start) }))
}

/// What arrows are made of, in files that were written by hand or mended by a word processor.
const ARROW: &str = " \t\u{A0}-‐‑–—−=~>→⇒➔➜";

fn whole_time(written: &str) -> Option<Time> {
    let read = timestamp::clock(written).or_else(|| timestamp::seconds(written));
    read.filter(|(_, length)| *length == written.len()).map(|(time, _)| time)
}

/// The time of a timing line; says what is wrong with it.
pub fn time(timing: Timing, line: u32, warnings: &mut Vec<Warning>) -> Option<TimeSpan> {
    match timing {
        Timing::Times(time) => Some(time),
        Timing::Backwards(time) => {
            warnings
                .push(Warning::at(line, "the cue ends before it starts; only its start is used"));
            Some(time)
        }
        Timing::OddArrow(time) => {
            warnings.push(Warning::at(line, "the times of the cue are not parted by `-->`"));
            Some(time)
        }
        Timing::Broken => {
            let message = "the times of the cue cannot be read; its text is kept without a time";
            warnings.push(Warning::at(line, message));
            None
        }
    }
}

/// Says that there are words before the first cue, if there are.
pub fn warn_of_text_before(lines: &[Line<'_>], warnings: &mut Vec<Warning>) {
    if let Some(line) = lines.iter().find(|line| !line.text.is_empty()) {
        let message = "text before the first cue; it is kept without a time";
        warnings.push(Warning::at(line.at.line, message));
    }
}

/// Appends the cue that some lines make: more than one where several voices speak in it, none where
/// it has no word.
pub fn read_cue<'a>(
    source: &'a str,
    time: Option<TimeSpan>,
    lines: &[Line<'a>],
    cues: &mut Vec<Cue>,
) {
    each_cue(source, time, lines, |it| cues.push(it.cue));
}

/// Like [`read_cue`], for formats whose colours may tell speakers apart: a line in another colour
/// than the one before it makes a cue of its own.
pub fn read_coloured_cue<'a>(
    source: &'a str,
    time: Option<TimeSpan>,
    lines: &[Line<'a>],
    cues: &mut Vec<Coloured>,
) {
    each_cue(source, time, lines, |it| cues.push(it));
}

fn each_cue<'a>(
    source: &'a str,
    time: Option<TimeSpan>,
    lines: &[Line<'a>],
    mut push: impl FnMut(Coloured),
) {
    let mut clock = word_clock(time, lines);
    let mut pieces = Pieces::new(source);
    let mut speaker = None;
    let mut paint = Paint::default();
    let mut close = |pieces: &mut Pieces<'a>, speaker: &Option<Speaker>, colour: Colour| {
        let text = pieces.take();
        if !text.is_empty() {
            push(Coloured { cue: Cue { time, speaker: speaker.clone(), text }, colour });
        }
    };
    for line in lines {
        pieces.part(Gap::Line);
        let mut at = 0;
        // Where the last words of the line ended.
        let mut written: Option<usize> = None;
        loop {
            let next = next_markup(line.text, at);
            let end = next.map_or(line.text.len(), |(start, ..)| start);
            let said = clock.as_mut().map_or(time, |clock| clock.at(line.start + at));
            let words = &line.text[at..end];
            if !words.trim_start().is_empty() {
                if paint.changes() {
                    match written {
                        // Captions whose words have times roll: their lines belong together.
                        None if clock.is_none() => {
                            close(&mut pieces, &speaker, paint.of_cue());
                        }
                        Some(before) if are_two_words(&line.text[..before], words) => {
                            // The code stands where a space should.
                            pieces.decoded(' ', line.span(before..at), said);
                        }
                        _ => {}
                    }
                }
                paint.write(written.is_some());
                written = Some(end);
            }
            pieces.copy(words, line.span(at..end), said);
            let Some((start, length, markup)) = next else {
                break;
            };
            at = start + length;
            match markup {
                Markup::Style | Markup::Time(_) => {}
                Markup::Opens(colour) => paint.open(colour.map(Cow::Borrowed)),
                Markup::Closes => paint.close(),
                Markup::Paints(colour) => paint.set(colour.map(Cow::Borrowed)),
                Markup::Character(character) => {
                    let said = clock.as_mut().map_or(time, |clock| clock.at(line.start + start));
                    if character.is_whitespace() {
                        written = written.map(|_| at);
                    } else {
                        if paint.changes() && written.is_none() && clock.is_none() {
                            close(&mut pieces, &speaker, paint.of_cue());
                        }
                        paint.write(written.is_some());
                        written = Some(at);
                    }
                    pieces.decoded(character, line.span(start..at), said);
                }
                Markup::Voice(name) => {
                    close(&mut pieces, &speaker, paint.of_cue());
                    speaker = (!name.is_empty()).then(|| Speaker(single_line(name)));
                }
            }
        }
    }
    close(&mut pieces, &speaker, paint.of_cue());
}

/// Whether a word ends here and another one starts: a single letter in a colour of its own is an
/// ornament of its word.
#[must_use]
pub fn are_two_words(before: &str, after: &str) -> bool {
    let are_letters =
        |mut two: [Option<char>; 2]| two.iter_mut().all(|it| it.is_some_and(char::is_alphanumeric));
    let (mut last, mut first) = (before.chars().rev(), after.chars());
    are_letters([last.next(), last.next()]) && are_letters([first.next(), first.next()])
}

/// What a cue says, without markup, where it has no place in a file.
#[must_use]
pub fn plain(written: &str) -> String {
    let mut text = String::with_capacity(written.len());
    let mut at = 0;
    while let Some((start, length, markup)) = next_markup(written, at) {
        text.push_str(&written[at..start]);
        if let Markup::Character(character) = markup {
            text.push(character);
        }
        at = start + length;
    }
    text.push_str(&written[at..]);
    text
}

/// The times of the words of a cue, where they have times of their own.
fn word_clock(time: Option<TimeSpan>, lines: &[Line<'_>]) -> Option<Clock> {
    let whole = time?;
    let mut marks = Vec::new();
    for line in lines {
        let mut at = 0;
        while let Some((start, length, markup)) = next_markup(line.text, at) {
            at = start + length;
            if let Markup::Time(word) = markup {
                marks.push((line.start + start, word.clamp(whole.start, whole.end)));
            }
        }
    }
    if marks.is_empty() {
        return None;
    }
    let first = lines.first().map(|line| (line.start, whole.start));
    let mut clock = Clock::default();
    clock.add(first.into_iter().chain(marks).chain([(usize::MAX, whole.end)]));
    Some(clock)
}

/// Markup inside a line of a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Markup<'a> {
    Style,
    /// An element begins, in a colour or not.
    Opens(Option<&'a str>),
    /// Such an element ends.
    Closes,
    /// A colour from here on, or none.
    Paints(Option<&'a str>),
    Voice(&'a str),
    Time(Time),
    Character(char),
}

/// The next markup from `from` on: where it starts, how many bytes it takes, what it is.
fn next_markup(line: &str, from: usize) -> Option<(usize, usize, Markup<'_>)> {
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

#[cfg(test)]
mod tests;
