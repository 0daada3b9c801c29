//! What SubRip and WebVTT have in common: timing lines, and cues with the markup inside them.

mod markup;

use std::borrow::Cow;

use crate::{
    place::{Time, TimeSpan},
    read::{
        clock::Clock,
        colours::{Colour, Coloured, Paint},
        cues::Cue,
        lines::Line,
        pieces::{Gap, Pieces},
        single_line::single_line,
        timestamp,
    },
    transcript::{Speaker, Warning},
};

pub use markup::painted;

use markup::{Markup, next_markup};

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

#[cfg(test)]
mod tests;
