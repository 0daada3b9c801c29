//! RTTM: who speaks when, and in reference files the words.
//!
//! `type file channel start duration words … speaker`. [`parse`] gives the stretches of speakers,
//! for words that stand in another file, such as [`ctm`](crate::read::nist::ctm). As a document of its own a
//! file is read for its words (`LEXEME`), with their speakers: those that a `SPEAKER` line spans stay
//! together, whoever speaks meanwhile. One without words holds nothing to find. So a folder's `.rttm` files are no documents: only a file that is named is read.

use std::collections::HashMap;

use crate::{
    place::{Place, Time, TimeSpan},
    read::{
        Read, Reader,
        cues::{self, Cue},
        nist::{by_recording, in_order, mark, records},
        pieces::Pieces,
        spoken_words::{self, Word},
        timestamp::of_seconds,
    },
    transcript::{Metadata, Speaker, Transcript, Warning},
};

/// RTTM with words.
pub const READER: Reader =
    Reader { format: "rttm", extensions: &[], version: 2, recognises, read: Read::Text(read) };

const TYPES: &[&str] = &[
    "SPEAKER",
    "SPKR-INFO",
    "LEXEME",
    "NON-LEX",
    "NON-SPEECH",
    "SU",
    "IP",
    "EDIT",
    "FILLER",
    "CB",
    "A/P",
    "SEGMENT",
    "NOSCORE",
    "NO_RT_METADATA",
];

fn recognises(head: &str) -> bool {
    records(head).next().is_some_and(|(_, fields)| {
        // Prose may open with `SPEAKER` as well: the times tell.
        let is_time = |field: &str| field == "<NA>" || field.parse::<f64>().is_ok();
        (9..=10).contains(&fields.len())
            && TYPES.contains(&fields[0].text)
            && is_time(fields[3].text)
            && is_time(fields[4].text)
    })
}

/// When somebody speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpeakerSpan {
    /// The recording, as the file names it.
    pub recording: String,
    /// The channel of the recording.
    pub channel: String,
    /// Who speaks: a name, or a label such as `SPEAKER_00`.
    pub speaker: Speaker,
    /// From when to when.
    pub time: TimeSpan,
}

/// The stretches of speakers of a file, in its order, and what could not be read.
#[must_use]
pub fn parse(text: &str) -> (Vec<SpeakerSpan>, Vec<Warning>) {
    let (mut spans, mut warnings) = (Vec::new(), Vec::new());
    for (line, fields) in records(text) {
        if fields[0].text != "SPEAKER" {
            continue;
        }
        let span = |recording: &str, channel: &str, start: &str, lasts: &str, speaker: &str| {
            Some(SpeakerSpan {
                recording: recording.to_owned(),
                channel: channel.to_owned(),
                speaker: named(speaker)?,
                time: lasting(start, lasts)?,
            })
        };
        let read = match fields.as_slice() {
            [_, recording, channel, start, lasts, _, _, speaker, ..] => {
                span(recording.text, channel.text, start.text, lasts.text, speaker.text)
            }
            _ => None,
        };
        if read.is_none() {
            let message = "the line has no times and speaker; it is left out";
            warnings.push(Warning::at(line.at.line, message));
        }
        spans.extend(read);
    }
    (spans, warnings)
}

fn named(field: &str) -> Option<Speaker> {
    (field != "<NA>").then(|| Speaker(field.to_owned()))
}

/// A start and a duration in seconds.
pub(super) fn lasting(start: &str, lasts: &str) -> Option<TimeSpan> {
    let [start, lasts] = [start, lasts].map(|it| it.parse().ok().filter(|it: &f64| it.is_finite()));
    let (start, lasts) = (of_seconds(start?)?, of_seconds(lasts?)?);
    Some(TimeSpan { start, end: Time(start.0.saturating_add(lasts.0)) })
}

fn read(text: &str) -> Transcript {
    let mut warnings = Vec::new();
    let segments = Segments::of(parse(text).0);
    let mut words = Vec::new();
    for (line, fields) in records(text) {
        if fields[0].text != "LEXEME" && fields[0].text != "NON-LEX" {
            continue;
        }
        let [_, recording, channel, start, lasts, word, _, speaker, ..] = fields.as_slice() else {
            warnings.push(Warning::at(
                line.at.line,
                "the line has no word and speaker; it is left out",
            ));
            continue;
        };
        if word.text == "<NA>" {
            continue;
        }
        let time = lasting(start.text, lasts.text);
        if time.is_none() {
            let message = "the times of the word cannot be read; it has none";
            warnings.push(Warning::at(line.at.line, message));
        }
        let mut pieces = Pieces::new(text);
        mark::write(word, time, &mut pieces);
        let word = Word { text: pieces.take(), time, speaker: named(speaker.text) };
        let segment = segments.around(recording.text, channel.text, &word);
        words.push((recording.text, (segment, word)));
    }
    let cues = by_recording(words).into_iter().map(cues_of_segments).collect();
    let turns = cues::turns_of_named(text, in_order(cues));
    Transcript { metadata: Metadata::default(), turns, warnings }
}

/// The stretches of each speaker of each channel, by the order of their starts.
struct Segments(HashMap<(String, String, Speaker), Vec<TimeSpan>>);

/// Which of the stretches of a speaker it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Segment {
    channel: String,
    speaker: Speaker,
    number: usize,
}

impl Segments {
    fn of(spans: Vec<SpeakerSpan>) -> Self {
        let mut found: HashMap<_, Vec<TimeSpan>> = HashMap::new();
        for SpeakerSpan { recording, channel, speaker, time } in spans {
            found.entry((recording, channel, speaker)).or_default().push(time);
        }
        for times in found.values_mut() {
            times.sort_by_key(|time| time.start);
        }
        Self(found)
    }

    /// The last stretch of the word's speaker that began before it, if it reaches to it.
    fn around(&self, recording: &str, channel: &str, word: &Word) -> Option<Segment> {
        let (speaker, start) = (word.speaker.clone()?, word.time?.start);
        let key = (recording.to_owned(), channel.to_owned(), speaker);
        let times = self.0.get(&key)?;
        let number = times.partition_point(|time| time.start <= start).checked_sub(1)?;
        let reaches = times.get(number)?.end >= start;
        reaches.then_some(Segment { channel: key.1, speaker: key.2, number })
    }
}

/// The cues of the words of a recording: one for each segment, and of words without one as many as
/// they make.
fn cues_of_segments(words: Vec<(Option<Segment>, Word)>) -> Vec<Cue> {
    let mut groups: Vec<Vec<Word>> = vec![Vec::new()];
    let mut known: HashMap<Segment, usize> = HashMap::new();
    for (segment, word) in words {
        let at = segment.map_or(0, |it| *known.entry(it).or_insert(groups.len()));
        if at == groups.len() {
            groups.push(Vec::new());
        }
        groups[at].push(word);
    }
    let mut groups = groups.into_iter();
    let mut found = spoken_words::cues(groups.next().unwrap_or_default());
    for group in groups {
        let lines = spoken_words::cues(group).into_iter();
        found.extend(lines.reduce(|mut segment, line| {
            segment.text.push("\n", Place { time: segment.time, ..Place::default() });
            segment.text.append(&line.text);
            segment.time = segment
                .time
                .zip(line.time)
                .map(|(one, other)| TimeSpan { start: one.start, end: one.end.max(other.end) });
            segment
        }));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::json::said;

    const SOURCE: &str = "SPKR-INFO tape 1 <NA> <NA> <NA> unknown Host <NA>\nSPEAKER tape 1 1.000 1.500 <NA> <NA> Host <NA> <NA>\nLEXEME tape 1 1.000 0.5 so lex Host <NA>\nLEXEME tape 1 1.500 0.5 %um fp Host <NA>\nSPEAKER tape 1 2.500 x <NA> <NA> Archivist <NA> <NA>\nLEXEME tape 1 2.500 0.5 yes lex Archivist <NA>\n";

    #[test]
    fn speakers_are_parsed_with_their_times() {
        let (spans, warnings) = parse(SOURCE);
        let time = TimeSpan { start: Time(1000), end: Time(2500) };
        let speaker = Speaker("Host".into());
        let (recording, channel) = ("tape".into(), "1".into());
        assert_eq!(spans, [SpeakerSpan { recording, channel, speaker, time }]);
        let message = "the line has no times and speaker; it is left out";
        assert_eq!(warnings, [Warning::at(5, message)]);
    }

    #[test]
    fn a_file_with_words_is_read_for_them() {
        assert!(recognises(SOURCE));
        assert!(!recognises("SPEAKER ONE: so this is what they call a tape"));
        assert_eq!(
            said(&read(SOURCE)),
            [
                (Some("Host"), "so [um]", Some((1000, 2000))),
                (Some("Archivist"), "yes", Some((2500, 3000)))
            ]
        );
    }

    #[test]
    fn what_two_say_at_once_is_not_torn_apart() {
        let segment = |who: &str, start: u32, lasts: u32| {
            format!("SPEAKER tape 1 {start} {lasts} <NA> <NA> {who} <NA>\n")
        };
        let word = |who: &str, start: &str, word: &str| {
            format!("LEXEME tape 1 {start} 0.5 {word} lex {who} <NA>\n")
        };
        let source = [
            segment("Host", 1, 3),
            word("Host", "1.0", "it"),
            segment("Engineer", 2, 1),
            word("Engineer", "2.0", "does"),
            word("Host", "2.5", "rots"),
            word("Engineer", "2.5", "it"),
            word("Host", "3.5", "mostly"),
            word("Host", "9.0", "so"),
            word("Host", "80.0", "then"),
        ];
        assert_eq!(
            said(&read(&source.concat())),
            [
                (Some("Host"), "it rots mostly", Some((1000, 4000))),
                (Some("Engineer"), "does it", Some((2000, 3000))),
                (Some("Host"), "so", Some((9000, 9500))),
                (Some("Host"), "then", Some((80_000, 80_500))),
            ]
        );
    }
}
