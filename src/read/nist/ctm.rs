//! CTM: the words of speech recognition, one on each line.
//!
//! `file channel start duration word confidence type speaker`, of which the last three may be
//! missing. The words of a speaker are joined with spaces; a pause of a second starts a new line.
//! Of alternatives (`<ALT_BEGIN>`, `<ALT>`, `<ALT_END>`) the first one is read. Left out are
//! confidences, types and the words that have none (`<eps>`). Where there are several channels, the
//! channel is the speaker.
//!
//! Mostly a file says nothing about speakers: those stand in an RTTM file beside it, see
//! [`beside`](crate::read::beside).

use std::collections::HashMap;

use crate::{
    place::TimeSpan,
    read::{
        Read, Reader, cues,
        lines::Line,
        nist::{by_recording, in_order, mark, records, rttm::lasting},
        pieces::Pieces,
        spoken_words::{self, Word},
    },
    transcript::{Metadata, Speaker, Transcript, Warning},
};

/// CTM.
pub const READER: Reader = Reader {
    format: "ctm",
    extensions: &["ctm"],
    version: 2,
    // Only the name tells: lines of fields are also how tables are written.
    recognises: |_| false,
    read: Read::Text(read),
};

fn read(text: &str) -> Transcript {
    let mut warnings = Vec::new();
    let mut words = recorded(text, &mut warnings);
    let mut channels = HashMap::new();
    if words.iter().any(|it| *channels.entry(it.recording).or_insert(it.channel) != it.channel) {
        for it in words.iter_mut().filter(|it| it.word.speaker.is_none()) {
            it.word.speaker = Some(Speaker(format!("Channel {}", it.channel)));
        }
    }
    let recordings = by_recording(words.into_iter().map(|it| (it.recording, it.word)));
    let cues = recordings.into_iter().map(spoken_words::cues).collect();
    let turns = cues::turns_of_named(text, in_order(cues));
    Transcript { metadata: Metadata::default(), turns, warnings }
}

/// A word and where it was recorded.
#[derive(Debug)]
struct Recorded<'a> {
    word: Word,
    recording: &'a str,
    channel: &'a str,
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
    use crate::{place::Time, read::json::said};

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
