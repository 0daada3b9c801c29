//! Praat's TextGrids, long and short: <https://www.fon.hum.uva.nl/praat/manual/TextGrid_file_formats.html>.
//!
//! Both are read alike, as Praat does it: only numbers, strings in double quotes and flags in angle
//! brackets count, each parted from the rest by white space; whatever else stands there
//! (`xmin =`, `intervals [1]:`) is for people. A double quote inside a string is written twice.
//!
//! Tiers of intervals are read, those of points only where there are no others: they mark tones and
//! events. Which tiers are speech is told by [`tiers`].

use std::{iter::Peekable, ops::Range};

use crate::{
    place::{Time, TimeSpan},
    read::{
        Read, Reader,
        cues::Cue,
        pieces::Pieces,
        single_line::single_line,
        tiers::{self, Tier},
        timestamp::of_seconds,
        xml::{Escape, Source},
    },
    transcript::{Metadata, Transcript, Warning},
};

/// Praat's TextGrids.
pub const READER: Reader = Reader {
    format: "textgrid",
    extensions: &["textgrid"],
    version: 2,
    recognises,
    read: Read::Text(read),
};

/// A double quote inside a string is written twice.
pub(crate) const DOUBLED_QUOTE: Escape =
    Escape { first: b'"', decode: |rest| rest.starts_with("\"\"").then_some(('"', 2)) };

fn recognises(head: &str) -> bool {
    // Nearly no file gets beyond this.
    if !head.contains("ooTextFile") {
        return false;
    }
    let mut strings = tokens(head).filter_map(|(_, token)| match token {
        Token::String(bytes) => Some(&head[bytes]),
        Token::Number(_) => None,
    });
    let first = strings.next();
    first == Some("ooTextFile") && strings.next() == Some("TextGrid")
}

fn read(text: &str) -> Transcript {
    let source = Source::new(text);
    let mut tokens = tokens(text).peekable();
    let (mut intervals, mut points) = (Vec::new(), Vec::new());
    let mut warnings = Vec::new();
    let mut last_end = 0;
    while let Some((at, token)) = tokens.next() {
        let Token::String(class) = token else {
            continue;
        };
        last_end = at;
        match &text[class] {
            "IntervalTier" => intervals.extend(tier(&source, 2, &mut tokens, &mut warnings)),
            "TextTier" => points.extend(tier(&source, 1, &mut tokens, &mut warnings)),
            "ooTextFile" | "TextGrid" => {}
            other => {
                let message =
                    format!("`{}` stands outside of any tier; it is left out", single_line(other));
                warnings.push(Warning::at(source.line(at), message));
            }
        }
    }
    if intervals.is_empty() && points.is_empty() {
        warnings.push(Warning::at(source.line(last_end), "the TextGrid has no tier"));
    }
    let chosen =
        if intervals.iter().any(|it: &Tier| !it.cues.is_empty()) { intervals } else { points };
    Transcript { metadata: Metadata::default(), turns: tiers::turns(text, chosen), warnings }
}

/// Reads a tier after its class: a name, from when to when, how many entries, and each entry with
/// one number (a point) or two (an interval) before its text.
fn tier(
    source: &Source<'_>,
    numbers: usize,
    tokens: &mut Peekable<impl Iterator<Item = (usize, Token)>>,
    warnings: &mut Vec<Warning>,
) -> Option<Tier> {
    let (_, Token::String(name)) = tokens.next_if(|(_, it)| matches!(it, Token::String(_)))? else {
        return None;
    };
    let name = unquoted(&source.text[name]);
    let mut tier = Tier { speaker: tiers::speaker_of(&name), name, cues: Vec::new() };
    let mut number = || match tokens.next_if(|(_, it)| matches!(it, Token::Number(_))) {
        Some((_, Token::Number(number))) => Some(number),
        _ => None,
    };
    let _from_when_to_when = (number(), number());
    let Some(_count) = number() else {
        return Some(tier);
    };
    loop {
        let mut times = [0.0; 2];
        let mut found = 0;
        while let Some((_, Token::Number(number))) =
            tokens.next_if(|(_, it)| matches!(it, Token::Number(_)))
        {
            if let Some(time) = times.get_mut(found) {
                *time = number;
            }
            found += 1;
        }
        let Some((at, Token::String(bytes))) =
            tokens.next_if(|(_, it)| found > 0 && matches!(it, Token::String(_)))
        else {
            return Some(tier);
        };
        let end = if numbers == 2 { times[1] } else { times[0] };
        let time = of_seconds(times[0]).zip(of_seconds(end)).filter(|_| found == numbers);
        let time = time.map(|(start, end)| TimeSpan { start, end: Time(end.0.max(start.0)) });
        if time.is_none() {
            let message =
                "the times of the annotation cannot be read; its text is kept without a time";
            warnings.push(Warning::at(source.line(at), message));
        }
        let mut pieces = Pieces::new(source.text);
        source.write_with(bytes, time, DOUBLED_QUOTE, &mut pieces);
        let text = pieces.take();
        if !text.is_empty() {
            tier.cues.push(Cue { time, speaker: None, text });
        }
    }
}

fn unquoted(written: &str) -> String {
    single_line(&written.replace("\"\"", "\""))
}

/// What counts in a file.
#[derive(Clone, Debug, PartialEq)]
enum Token {
    Number(f64),
    /// The bytes between the quotes.
    String(Range<usize>),
}

/// The tokens of a file, each with the byte where it starts.
fn tokens(text: &str) -> impl Iterator<Item = (usize, Token)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            at += bytes.get(at..)?.iter().take_while(|it| it.is_ascii_whitespace()).count();
            let start = at;
            match bytes.get(at)? {
                b'"' => {
                    let end = end_of_string(bytes, at + 1);
                    at = (end + 1).min(bytes.len());
                    return Some((start, Token::String(start + 1..end)));
                }
                b'!' => {
                    at = memchr::memchr2(b'\n', b'\r', &bytes[at..])
                        .map_or(bytes.len(), |it| at + it);
                }
                _ => {
                    let rest = &bytes[at..];
                    let length = rest.iter().take_while(|it| !it.is_ascii_whitespace()).count();
                    at += length;
                    let is_number = matches!(bytes[start], b'0'..=b'9' | b'-' | b'+' | b'.');
                    let number =
                        text.get(start..at).filter(|_| is_number).and_then(|it| it.parse().ok());
                    if let Some(number) = number {
                        return Some((start, Token::Number(number)));
                    }
                }
            }
        }
    })
}

fn end_of_string(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr(b'"', rest)) {
        at += found;
        if bytes.get(at + 1) != Some(&b'"') {
            return at;
        }
        at += 2;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::json::said;

    const LONG: &str = "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\nxmin = 0 \nxmax = 4 \ntiers? <exists> \nsize = 2 \nitem []: \n    item [1]:\n        class = \"IntervalTier\" \n        name = \"Host\" \n        xmin = 0 \n        xmax = 4 \n        intervals: size = 2 \n        intervals [1]:\n            xmin = 0 \n            xmax = 1.5 \n            text = \"\" \n        intervals [2]:\n            xmin = 1.5 \n            xmax = 4 \n            text = \"a \"\"brown\"\" layer\" \n    item [2]:\n        class = \"TextTier\" \n        name = \"tones\" \n        xmin = 0 \n        xmax = 4 \n        points: size = 1 \n        points [1]:\n            number = 2 \n            mark = \"H*\" \n";
    const SHORT: &str = "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\n0\n4\n<exists>\n2\n\"IntervalTier\"\n\"Host\"\n0\n4\n2\n0\n1.5\n\"\"\n1.5\n4\n\"a \"\"brown\"\" layer\"\n\"TextTier\"\n\"tones\"\n0\n4\n1\n2\n\"H*\"\n";

    #[test]
    fn the_long_and_the_short_form_are_read_alike() {
        for source in [LONG, SHORT] {
            assert!(recognises(source));
            let transcript = read(source);
            assert_eq!(
                said(&transcript),
                [(Some("Host"), "a \"brown\" layer", Some((1500, 4000)))]
            );
            assert_eq!(transcript.warnings, []);
            let last = transcript.turns[0].text.parts().last().unwrap().place.source.unwrap();
            assert_eq!(&source[last.start..last.end], " layer");
        }
    }

    #[test]
    fn points_are_read_where_there_is_nothing_else() {
        let source = SHORT.replace("a \"\"brown\"\" layer", "");
        assert_eq!(said(&read(&source)), [(None, "H*", Some((2000, 2000)))]);
    }

    #[test]
    fn times_that_cannot_be_read_are_warnings_and_the_text_is_kept() {
        let transcript = read(&SHORT.replace("1.5\n4\n\"a", "4\n\"a"));
        assert_eq!(said(&transcript), [(Some("Host"), "a \"brown\" layer", None)]);
        assert_eq!(transcript.warnings[0].line, Some(17));
    }

    #[test]
    fn a_file_that_is_cut_off_is_read_as_far_as_it_goes() {
        let cut = &SHORT[..SHORT.find("\" layer").unwrap()];
        assert!(read(cut).turns[0].text.as_str().starts_with("a \"brown"));
        assert_eq!(
            read("\"ooTextFile\" \"TextGrid\"").warnings,
            [Warning::at(1, "the TextGrid has no tier")]
        );
    }
}
