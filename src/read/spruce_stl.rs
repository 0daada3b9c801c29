//! Spruce subtitles (`.stl`), of tools that made DVDs: `00:00:01:00 , 00:00:02:12 , text`.
//!
//! Lines are parted by `|`; `^B`, `^I` and `^U` switch styles; lines that start with `//` are
//! comments, with `$` settings. The fourth number counts frames, and nothing says how many there
//! are in a second: 25, unless one of that number or more shows that there are 30.

use crate::{
    place::{Time, TimeSpan},
    read::{
        Read, Reader,
        caption::{Timing, time},
        cues::{Cue, turns},
        lines::{Line, lines},
        pieces::{Gap, Pieces},
        plain,
    },
    transcript::{Metadata, Transcript, Warning},
};

/// Spruce subtitles.
pub const READER: Reader = Reader {
    format: "spruce-stl",
    extensions: &["stl"],
    version: 2,
    recognises,
    read: Read::Text(read),
};

fn recognises(head: &str) -> bool {
    let first = head.lines().map(str::trim).find(|line| !is_setting(line));
    // In quotes it is a table.
    let is_text = |length: usize, line: &str| !line[length..].trim_start().starts_with('"');
    first.is_some_and(|line| codes(line).is_some_and(|(_, length)| is_text(length, line)))
}

/// A comment, a setting, or nothing.
fn is_setting(line: &str) -> bool {
    line.is_empty() || line.starts_with("//") || line.starts_with('$')
}

/// A time: seconds, and frames of the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Code {
    seconds: u64,
    frames: u64,
}

impl Code {
    fn of(written: &str) -> Option<Self> {
        let mut fields = written.split([':', ';', '.']);
        let mut field = |most: u64| {
            let digits = fields.next().filter(|it| matches!(it.len(), 1..=3))?;
            let is_number = digits.bytes().all(|it| it.is_ascii_digit());
            digits.parse().ok().filter(|number: &u64| is_number && *number <= most)
        };
        let (hours, minutes, seconds, frames) = (field(999)?, field(59)?, field(59)?, field(59)?);
        let seconds = (hours * 60 + minutes) * 60 + seconds;
        fields.next().is_none().then_some(Self { seconds, frames })
    }

    fn time(self, rate: u64) -> Time {
        Time(self.seconds * 1000 + self.frames * 1000 / rate)
    }
}

/// The two times of a line, and how many bytes they take.
fn codes(line: &str) -> Option<([Code; 2], usize)> {
    let mut fields = line.splitn(3, ',');
    let start = Code::of(fields.next()?.trim())?;
    let end = Code::of(fields.next()?.trim())?;
    let text = fields.next()?;
    Some(([start, end], line.len() - text.len()))
}

fn read(source: &str) -> Transcript {
    let lines: Vec<_> = lines(source).map(|line| line.trim()).collect();
    let subtitles: Vec<_> = lines
        .iter()
        .filter(|line| !is_setting(line.text))
        .map(|line| (*line, codes(line.text)))
        .collect();
    let times = || subtitles.iter().filter_map(|(_, codes)| codes.as_ref());
    if times().next().is_none() {
        return plain::without_cues(source);
    }
    let most = times().flat_map(|(codes, _)| codes.iter()).map(|code| code.frames).max();
    let rate = match most {
        Some(0..25) => 25,
        Some(25..30) => 30,
        _ => 60,
    };
    let (mut cues, mut warnings) = (Vec::new(), Vec::new());
    for (line, codes) in &subtitles {
        let Some(([start, end], length)) = codes else {
            let message = "a line without two times; it is kept without a time";
            warnings.push(Warning::at(line.at.line, message));
            cues.extend(cue(source, None, *line));
            continue;
        };
        let timing = Timing::between(start.time(rate), end.time(rate));
        let time = time(timing, line.at.line, &mut warnings);
        cues.extend(cue(source, time, line.after(*length)));
    }
    Transcript { metadata: Metadata::default(), turns: turns(source, cues), warnings }
}

fn cue<'a>(source: &'a str, time: Option<TimeSpan>, text: Line<'a>) -> Option<Cue> {
    let mut pieces = Pieces::new(source);
    let mut rest = text;
    while let Some(at) = rest.text.find(['|', '^']) {
        let part = rest.before(at);
        pieces.copy(part.text, part.span(0..at), time);
        let is_style = matches!(rest.text.as_bytes().get(at + 1), Some(b'B' | b'I' | b'U'));
        if rest.text.as_bytes()[at] == b'|' {
            pieces.part(Gap::Line);
        } else if !is_style {
            pieces.copy(&rest.text[at..=at], rest.span(at..at + 1), time);
        }
        rest = rest.after(at + if rest.text.as_bytes()[at] == b'^' && is_style { 2 } else { 1 });
    }
    pieces.copy(rest.text, rest.span(0..rest.text.len()), time);
    let text = pieces.take();
    (!text.is_empty()).then_some(Cue { time, text, ..Cue::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(source: &str) -> Vec<(u64, u64)> {
        let turns = read(source).turns;
        let parts = turns.iter().flat_map(|turn| turn.text.parts());
        parts.filter_map(|it| it.place.time).map(|it| (it.start.0, it.end.0)).collect()
    }

    #[test]
    fn comments_settings_and_styles_are_no_text() {
        let source = "//made by hand\n$FontName = Arial\n\n\
            00:00:01:00 , 00:00:02:12 , ^IOne^I, so|two\n00:00:03:00,00:00:04:00,2^3";
        assert!(recognises(source));
        let transcript = read(source);
        assert_eq!(transcript.turns[0].text.as_str(), "One, so\ntwo\n2^3");
        assert_eq!(transcript.warnings, []);
        assert_eq!(times(source).first(), Some(&(1000, 2480)));
    }

    #[test]
    fn a_frame_of_25_shows_that_there_are_30() {
        assert_eq!(times("00:00:01:15,00:00:02:29,a"), [(1500, 2966)]);
        assert_eq!(times("00:00:01:15,00:00:02:24,a"), [(1600, 2960)]);
    }

    #[test]
    fn odd_lines_are_warnings_and_their_text_is_kept() {
        let transcript =
            read("00:00:02:00,00:00:01:00,one\ntwo, three\n00:00:0x:00,00:00:01:00,four");
        let text = "one\ntwo, three\n00:00:0x:00,00:00:01:00,four";
        assert_eq!(transcript.turns[0].text.as_str(), text);
        let lines: Vec<_> = transcript.warnings.iter().map(|it| it.line).collect();
        assert_eq!(lines, [Some(1), Some(2), Some(3)]);
        for other in ["00:00:01:00, one", "one, two, three", "00:00:01:00,00:00:02:00,\"a\""] {
            assert!(!recognises(other), "{other}");
        }
    }
}
