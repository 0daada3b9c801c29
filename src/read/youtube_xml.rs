//! YouTube captions as XML: `<text start dur>` in seconds, and `srv3` (`<p t d>` in milliseconds,
//! with a `<s t>` for each word of automatic captions).
//!
//! The text of the first kind is escaped twice. Captions stay on screen while the next ones are said:
//! their times end there.

use std::ops::Range;

use crate::{
    place::{Time, TimeSpan},
    read::{
        Read, Reader,
        cues::{Cue, turns},
        pieces::Pieces,
        rolling,
        xml::{Piece, Source, Tag, pieces},
    },
    transcript::{Metadata, Transcript, Warning},
};

/// YouTube captions as XML.
pub const READER: Reader = Reader {
    format: "youtube-xml",
    extensions: &["srv1", "srv2", "srv3", "xml"],
    version: 3,
    recognises,
    read: Read::Text(read),
};

fn recognises(head: &str) -> bool {
    if !head.trim_start().starts_with('<') {
        return false;
    }
    let mut tags = pieces(head).filter_map(|piece| match piece {
        Piece::Start(tag) => Some(tag),
        _ => None,
    });
    let is_caption = |tag: Tag<'_>| {
        (tag.name == "text" && tag.attribute("start").is_some())
            || (tag.name == "p" && tag.attribute("t").is_some())
    };
    match tags.next().map(|tag| tag.name) {
        Some("timedtext") => true,
        Some("transcript") => tags.next().is_some_and(is_caption),
        _ => false,
    }
}

/// A caption and its words, each with its own start.
#[derive(Debug)]
struct Caption {
    time: Option<TimeSpan>,
    words: Vec<(Option<u64>, Range<usize>)>,
}

fn read(text: &str) -> Transcript {
    let source = Source::new(text);
    let mut warnings = Vec::new();
    let mut captions: Vec<Caption> = Vec::new();
    let mut offset = None;
    let mut open = false;
    for piece in pieces(text) {
        match piece {
            Piece::Start(tag) if matches!(tag.name, "text" | "p") => {
                let time = time(&tag);
                if time.is_none() {
                    let message = "the times of the caption cannot be read; it has none";
                    warnings.push(Warning::at(source.line_of(&tag), message));
                }
                captions.push(Caption { time, words: Vec::new() });
                (open, offset) = (true, None);
            }
            Piece::Start(tag) if tag.name == "s" => {
                offset = Some(tag.attribute("t").and_then(|it| it.parse().ok()).unwrap_or(0));
            }
            Piece::End("text" | "p") => open = false,
            Piece::End("s") => offset = None,
            Piece::Text(bytes) if open => {
                captions
                    .iter_mut()
                    .last()
                    .into_iter()
                    .for_each(|it| it.words.push((offset, bytes.clone())));
            }
            Piece::Text(bytes) if text[bytes.clone()].contains(char::is_alphanumeric) => {
                let message = "text outside of any caption; it is kept without a time";
                warnings.push(Warning::at(source.line(bytes.start), message));
                captions.push(Caption { time: None, words: vec![(None, bytes)] });
            }
            _ => {}
        }
    }
    captions.retain(|it| it.words.iter().any(|(_, bytes)| !text[bytes.clone()].trim().is_empty()));
    rolling::end_at_next(captions.iter_mut().filter_map(|it| it.time.as_mut()));
    let cues = captions.iter().filter_map(|caption| cue(&source, caption)).collect();
    Transcript { metadata: Metadata::default(), turns: turns(text, cues), warnings }
}

fn time(tag: &Tag<'_>) -> Option<TimeSpan> {
    let (names, scale) = if tag.name == "p" { (["t", "d"], 1.0) } else { (["start", "dur"], 1e3) };
    let [start, lasts] = names.map(|name| {
        let number: f64 = tag.attribute(name)?.trim().parse().ok()?;
        let duration = std::time::Duration::try_from_secs_f64(number * scale / 1e3 + 5e-7).ok()?;
        u64::try_from(duration.as_millis()).ok()
    });
    let start = start?;
    Some(TimeSpan { start: Time(start), end: Time(start.saturating_add(lasts.unwrap_or(0))) })
}

fn cue(source: &Source<'_>, caption: &Caption) -> Option<Cue> {
    let mut pieces = Pieces::new(source.text);
    let mut next = None;
    let mut ends: Vec<_> = Vec::with_capacity(caption.words.len());
    for (offset, _) in caption.words.iter().rev() {
        ends.push(next);
        next = offset.or(next);
    }
    for ((offset, bytes), next) in caption.words.iter().zip(ends.into_iter().rev()) {
        let time = caption.time.map(|whole| {
            let after = |offset: u64| Time(whole.start.0.saturating_add(offset)).min(whole.end);
            let start = offset.map_or(whole.start, after);
            TimeSpan { start, end: next.map_or(whole.end, after).max(start) }
        });
        source.write_escaped_twice(bytes.clone(), time, &mut pieces);
    }
    let text = pieces.take();
    (!text.is_empty()).then_some(Cue { time: caption.time, speaker: None, text })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_old_kind_is_read() {
        let source = "<?xml version=\"1.0\"?><transcript><text start=\"0\" dur=\"1.5\">it&amp;#39;s\nso</text><text start=\"1.5\">on</text></transcript>";
        assert!(recognises(source));
        let turns = read(source).turns;
        assert_eq!(turns[0].text.as_str(), "it's\nso\non");
        let time = turns[0].text.parts()[0].place.time;
        assert_eq!(time, Some(TimeSpan { start: Time(0), end: Time(1500) }));
    }

    #[test]
    fn words_of_srv3_have_times_of_their_own() {
        let source = "<timedtext format=\"3\">\n<head><ws id=\"0\"/></head><body>\n<p t=\"1000\" d=\"2000\"><s ac=\"1\">so</s><s t=\"500\"> today</s></p>\n<p t=\"2000\" d=\"1\" a=\"1\">\n</p></body></timedtext>";
        assert!(recognises(source));
        let transcript = read(source);
        assert_eq!(transcript.turns[0].text.as_str(), "so today");
        let times: Vec<_> =
            transcript.turns[0].text.parts().iter().filter_map(|it| it.place.time).collect();
        let span = |start, end| TimeSpan { start: Time(start), end: Time(end) };
        assert_eq!(times, [span(1000, 1500), span(1500, 3000)]);
        assert_eq!(transcript.warnings, []);
    }

    #[test]
    fn captions_without_times_are_warnings_and_their_text_is_kept() {
        let transcript = read("<transcript>\n<text start=\"x\">one</text> two\n</transcript>");
        assert_eq!(transcript.turns[0].text.as_str(), "one\ntwo");
        let lines: Vec<_> = transcript.warnings.iter().map(|it| it.line).collect();
        assert_eq!(lines, [Some(2), Some(2)]);
    }
}
