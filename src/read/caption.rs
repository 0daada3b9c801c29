//! What SubRip and WebVTT have in common: timing lines and the markup inside cues.

use crate::{
    place::{Time, TimeSpan},
    read::{
        clock::Clock,
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

/// Reads a timing line; `None` when it is none.
#[must_use]
pub fn timing(line: &str) -> Option<Timing> {
    if !line.trim_start().starts_with(|it: char| it.is_ascii_digit()) {
        return None;
    }
    let Some((start, rest)) = line.split_once("-->") else {
        return odd_arrow(line);
    };
    let (start, rest) = (start.trim(), rest.trim());
    let end = rest.split([' ', '\t']).next().unwrap_or_default();
    match (whole_time(start), whole_time(end)) {
        (Some(start), Some(end)) if start <= end => Some(Timing::Times(TimeSpan { start, end })),
        (Some(start), Some(_)) => Some(Timing::Backwards(TimeSpan { start, end: start })),
        _ => odd_arrow(line).or_else(|| start.contains(':').then_some(Timing::Broken)),
    }
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

/// Appends the cue that some lines make: more than one where several voices speak in it, none where
/// it has no word.
pub fn read_cue<'a>(
    source: &'a str,
    time: Option<TimeSpan>,
    lines: &[Line<'a>],
    cues: &mut Vec<Cue>,
) {
    let mut clock = word_clock(time, lines);
    let mut pieces = Pieces::new(source);
    let mut speaker = None;
    let mut close = |pieces: &mut Pieces<'a>, speaker: &Option<Speaker>| {
        let text = pieces.take();
        if !text.is_empty() {
            cues.push(Cue { time, speaker: speaker.clone(), text });
        }
    };
    for line in lines {
        pieces.part(Gap::Line);
        let mut at = 0;
        while let Some((start, length, markup)) = next_markup(line.text, at) {
            let said = clock.as_mut().map_or(time, |clock| clock.at(line.start + at));
            pieces.copy(&line.text[at..start], line.span(at..start), said);
            at = start + length;
            match markup {
                Markup::Style | Markup::Time(_) => {}
                Markup::Character(character) => {
                    let said = clock.as_mut().map_or(time, |clock| clock.at(line.start + start));
                    pieces.decoded(character, line.span(start..at), said);
                }
                Markup::Voice(name) => {
                    close(&mut pieces, &speaker);
                    speaker = (!name.is_empty()).then(|| Speaker(single_line(name)));
                }
            }
        }
        let said = clock.as_mut().map_or(time, |clock| clock.at(line.start + at));
        pieces.copy(&line.text[at..], line.span(at..line.text.len()), said);
    }
    close(&mut pieces, &speaker);
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
            b'{' => override_code(rest).map(|length| (length, Markup::Style)),
            _ => entity(rest).map(|(character, length)| (length, Markup::Character(character))),
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
    if name != "v" {
        return Some((length, Markup::Style));
    }
    let voice = inner.split_once([' ', '\t']).map_or("", |(_, voice)| voice.trim());
    Some((length, if inner.starts_with('/') { Markup::Style } else { Markup::Voice(voice) }))
}

/// `{\an8}` and `{y:i}`: codes of other subtitle formats that are common in SubRip.
fn override_code(rest: &str) -> Option<usize> {
    let end = memchr::memchr(b'}', &rest.as_bytes()[..rest.len().min(LONGEST_TAG)])?;
    let inner = &rest.as_bytes()[1..end];
    let is_code = inner.first() == Some(&b'\\')
        || (inner.get(1) == Some(&b':') && inner[0].is_ascii_alphabetic())
        || matches!(inner, b"b" | b"/b" | b"i" | b"/i" | b"u" | b"/u");
    is_code.then_some(end + 1)
}

/// The longest tag, in bytes: so that a line of opening brackets takes no square of its length.
const LONGEST_TAG: usize = 1024;

const TAGS: &[&str] = &[
    "b", "br", "c", "em", "font", "i", "lang", "p", "rt", "ruby", "s", "span", "strong", "u", "v",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: u64, end: u64) -> TimeSpan {
        TimeSpan { start: Time(start), end: Time(end) }
    }

    #[test]
    fn timing_lines_of_all_shapes_are_read() {
        for line in [
            "00:00:01,000 --> 00:00:02,500",
            "00:01.000-->00:02.500",
            "0:00:01 --> 0:00:02.5 align:start position:0%",
            "1.000 --> 2.500",
        ] {
            assert_eq!(timing(line), Some(Timing::Times(span(1000, 2500))), "{line}");
        }
        assert_eq!(
            timing("100:00:00,000 --> 100:00:01,000"),
            Some(Timing::Times(span(360_000_000, 360_001_000)))
        );
        assert_eq!(timing("00:02.000 --> 00:01.000"), Some(Timing::Backwards(span(2000, 2000))));
        assert_eq!(timing("00:00:07.000 --> 00:00:1d.890"), Some(Timing::Broken));
        assert_eq!(timing("a --> b"), None);
        assert_eq!(timing("00:00:07.000 --> "), Some(Timing::Broken));
        assert_eq!(timing("42"), None);
    }

    #[test]
    fn arrows_of_all_shapes_part_times() {
        for arrow in [
            "->", "-- >", "—>", "=>", " → ", "--->", "-->>", "––>", " --&gt; ", "- ->", ">", " - ",
            "--",
        ] {
            let line = format!("00:00:01,000 {arrow} 00:00:02,500");
            assert_eq!(timing(&line), Some(Timing::OddArrow(span(1000, 2500))), "{line}");
        }
        for prose in [
            "10:00 - 11:00",
            "10:00 -> then",
            "10:00",
            "10:00 11:00",
            "10:00,5 11:00,5",
            "00:01,000 - 00:02,000 and on",
        ] {
            assert_eq!(timing(prose), None, "{prose}");
        }
    }

    #[test]
    fn only_known_markup_is_markup() {
        for text in ["a < b > c", "<laughs>", "{sighs}", "&co", "<>", "<"] {
            assert_eq!(next_markup(text, 0), None, "{text}");
        }
        assert_eq!(next_markup("{\\an8}x", 0), Some((0, 6, Markup::Style)));
        assert_eq!(next_markup("<v.loud Ada King>x", 0), Some((0, 17, Markup::Voice("Ada King"))));
    }
}
