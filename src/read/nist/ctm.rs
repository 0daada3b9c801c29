//! CTM: the words of speech recognition, one on each line.
//!
//! `file channel start duration word confidence type speaker`, of which the last three may be
//! missing. The words of a speaker are joined with spaces; a pause of a second starts a new line.
//! Of alternatives (`<ALT_BEGIN>`, `<ALT>`, `<ALT_END>`) the first one is read. Left out are
//! confidences, types and the words that have none (`<eps>`). Where there are several channels, the
//! channel is the speaker.
//!
//! Mostly a file says nothing about speakers: those stand in an RTTM file, see [`read_with`].

use std::collections::HashMap;

use crate::{
    place::TimeSpan,
    read::{
        Read, Reader, cues,
        lines::Line,
        nist::{
            by_recording, in_order, mark, records,
            rttm::{SpeakerSpan, lasting},
        },
        pieces::Pieces,
        spoken_words::{self, Word},
    },
    transcript::{Metadata, Speaker, Transcript, Warning},
};

/// CTM.
pub const READER: Reader = Reader {
    format: "ctm",
    extensions: &["ctm"],
    version: 1,
    // Only the name tells: lines of fields are also how tables are written.
    recognises: |_| false,
    read: Read::Text(read),
};

fn read(text: &str) -> Transcript {
    read_with(text, &[])
}

/// A word and where it was recorded.
#[derive(Debug)]
struct Recorded<'a> {
    word: Word,
    recording: &'a str,
    channel: &'a str,
}

/// Reads the words of a CTM file. Who says a word is told by the span that shares most time with
/// it, of its recording where `spans` has any of that name, else of all. A word
/// outside of all spans keeps the speaker that the file itself names.
#[must_use]
pub fn read_with(text: &str, spans: &[SpeakerSpan]) -> Transcript {
    let mut warnings = Vec::new();
    let mut words = recorded(text, &mut warnings);
    let mut channels = HashMap::new();
    if words.iter().any(|it| *channels.entry(it.recording).or_insert(it.channel) != it.channel) {
        for it in words.iter_mut().filter(|it| it.word.speaker.is_none()) {
            it.word.speaker = Some(Speaker(format!("Channel {}", it.channel)));
        }
    }
    let mut spans: Vec<&SpeakerSpan> = spans.iter().collect();
    spans.sort_by_key(|span| span.time.start);
    let longest = spans.iter().map(|span| span.time.end.0 - span.time.start.0).max().unwrap_or(0);
    for it in &mut words {
        if let Some(time) = it.word.time.filter(|_| !spans.is_empty()) {
            it.word.speaker =
                speaker_at(time, it.recording, &spans, longest).or(it.word.speaker.take());
        }
    }
    let recordings = by_recording(words.into_iter().map(|it| (it.recording, it.word)));
    let cues = recordings.into_iter().map(spoken_words::cues).collect();
    let turns = cues::turns_of_named(text, in_order(cues));
    Transcript { metadata: Metadata::default(), turns, warnings }
}

/// Who speaks most in a stretch of a recording. `spans` are in the order of their starts, and none
/// lasts longer than `longest` milliseconds.
fn speaker_at(
    time: TimeSpan,
    recording: &str,
    spans: &[&SpeakerSpan],
    longest: u64,
) -> Option<Speaker> {
    let first = spans.partition_point(|it| it.time.start.0.saturating_add(longest) < time.start.0);
    let near = || spans[first..].iter().take_while(|it| it.time.start <= time.end);
    let is_same = |span: &SpeakerSpan| span.recording == recording;
    let known = near().any(|span| is_same(span));
    let shared = |span: &SpeakerSpan| {
        let end = span.time.end.min(time.end).0;
        end.checked_sub(span.time.start.max(time.start).0)
    };
    let candidates = near().filter(|span| !known || is_same(span));
    let best = candidates
        .filter_map(|span| Some((shared(span)?, span)))
        .reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.map(|(_, span)| span.speaker.clone())
}

fn recorded<'a>(text: &'a str, warnings: &mut Vec<Warning>) -> Vec<Recorded<'a>> {
    let mut words = Vec::new();
    // Which of the alternatives it is, from 1.
    let mut alternative = 0;
    for (line, fields) in records(text) {
        let [recording, channel, start, lasts, word, more @ ..] = fields.as_slice() else {
            warnings.push(Warning::at(line.at.line, "the line has no word; it is left out"));
            continue;
        };
        match word.text {
            "<ALT_BEGIN>" => alternative = 1,
            "<ALT_END>" => alternative = 0,
            "<ALT>" => alternative += 1,
            "<eps>" | "@" => {}
            _ if alternative > 1 => {}
            _ => {
                let time = lasting(start.text, lasts.text);
                if time.is_none() {
                    let message = "the times of the word cannot be read; it has none";
                    warnings.push(Warning::at(line.at.line, message));
                }
                let word = spoken(text, word, time, more);
                words.push(Recorded { word, recording: recording.text, channel: channel.text });
            }
        }
    }
    words
}

fn spoken(text: &str, word: &Line<'_>, time: Option<TimeSpan>, more: &[Line<'_>]) -> Word {
    let mut pieces = Pieces::new(text);
    mark::write(word, time, &mut pieces);
    let speaker = more.get(2).map(|it| it.text).filter(|it| !matches!(*it, "<NA>" | "unknown"));
    Word { text: pieces.take(), time, speaker: speaker.map(|name| Speaker(name.to_owned())) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        place::Time,
        read::{json::said, nist::rttm},
    };

    const WORDS: &str = ";; a comment\ntape 1 1.0 0.4 so 0.9\ntape 1 1.4 0.2 it 0.8\ntape 1 1.6 0.5 rots 0.7\ntape 1 4.0 0.5 yes 1\n";

    #[test]
    fn words_are_joined_up_to_a_pause() {
        let transcript = read(WORDS);
        assert_eq!(said(&transcript), [(None, "so it rots\nyes", Some((1000, 4500)))]);
        let text = &transcript.turns[0].text;
        let place = text.place(crate::text::TextSpan::new(6, 10));
        assert_eq!(place.time, Some(TimeSpan { start: Time(1600), end: Time(2100) }));
        assert_eq!(place.source.map(|it| (it.at.line, it.at.column)), Some((4, 16)));
    }

    #[test]
    fn speakers_come_from_spans_beside_it() {
        let (spans, _) = rttm::parse(
            "SPEAKER tape 1 0.9 0.9 <NA> <NA> Host <NA>\nSPEAKER tape 1 1.5 9 <NA> <NA> Archivist <NA>\nSPEAKER other 1 0 9 <NA> <NA> Engineer <NA>",
        );
        assert_eq!(
            said(&read_with(WORDS, &spans)),
            [
                (Some("Host"), "so it", Some((1000, 1600))),
                (Some("Archivist"), "rots\nyes", Some((1600, 4500)))
            ]
        );
    }

    #[test]
    fn the_first_alternative_is_read() {
        let source = "t 1 * * <ALT_BEGIN>\nt 1 7.950 0.170 it's 0\nt 1 * * <ALT>\nt 1 7.950 0.085 it 0\nt 1 8.035 0.085 is 0\nt 1 * * <ALT_END>\nt 1 8.2 0.1 so";
        assert_eq!(said(&read(source)), [(None, "it's so", Some((7950, 8300)))]);
    }

    #[test]
    fn channels_and_named_speakers_are_speakers() {
        let source = "t A 1 1 so\nt B 2 1 yes 0.5 lex Archivist\nt B 3 1 no 0.5 lex <NA>";
        assert_eq!(
            said(&read(source)),
            [
                (Some("Channel A"), "so", Some((1000, 2000))),
                (Some("Archivist"), "yes", Some((2000, 3000))),
                (Some("Channel B"), "no", Some((3000, 4000))),
            ]
        );
    }

    #[test]
    fn a_broken_line_is_a_warning() {
        let transcript = read("t 1 1 1 so\nt 1 x 1 it\nt 1 2\n");
        assert_eq!(transcript.turns[0].text.as_str(), "so it");
        let lines: Vec<_> = transcript.warnings.iter().map(|it| it.line).collect();
        assert_eq!(lines, [Some(2), Some(3)]);
    }
}
