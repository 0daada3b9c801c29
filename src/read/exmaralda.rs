//! EXMARaLDA's basic transcriptions (`.exb`): <https://exmaralda.org/en/>.
//!
//! Tiers of type `t` are what people say, by the abbreviation of the speaker table. Descriptions
//! (`d`), annotations (`a`) such as translations, and links are left out. Events that follow on
//! each other are one text, since a border may lie inside a word; a sentence end parts them.
//!
//! A point of the timeline without a time lies between its neighbours.

use std::{borrow::Cow, collections::HashMap, ops::Range};

use crate::{
    place::{Time, TimeSpan},
    read::{
        Read, Reader,
        cues::{self, Cue},
        language,
        pieces::Pieces,
        single_line::single_line,
        tiers,
        timestamp::of_seconds,
        xml::{Piece, Source, Tag, pieces, root},
    },
    transcript::{Metadata, Speaker, Transcript, Warning},
};

/// EXMARaLDA's basic transcriptions.
pub const READER: Reader = Reader {
    format: "exmaralda",
    extensions: &["exb"],
    version: 2,
    recognises,
    read: Read::Text(read),
};

fn recognises(head: &str) -> bool {
    root(head) == Some("basic-transcription")
}

fn read(text: &str) -> Transcript {
    let source = Source::new(text);
    let mut reader = ExmaraldaReader::default();
    for piece in pieces(text) {
        match piece {
            Piece::Start(tag) => reader.start(&tag),
            Piece::End(name) => reader.end(name),
            Piece::Text(bytes) => reader.text(text, bytes),
        }
    }
    let mut warnings = Vec::new();
    let mut said = reader.cues(&source, &mut warnings);
    cues::sort(&mut said);
    Transcript { metadata: reader.metadata, turns: cues::turns_of_named(text, said), warnings }
}

/// An event of a tier that is speech.
#[derive(Debug)]
struct Event {
    /// Of which tier, counted from 1.
    tier: usize,
    speaker: Option<String>,
    start: String,
    end: String,
    text: Vec<Range<usize>>,
}

#[derive(Debug, Default)]
struct ExmaraldaReader<'a> {
    metadata: Metadata,
    /// The names of speakers by identifier.
    names: HashMap<String, String>,
    /// The speaker that is being described.
    speaker: Option<String>,
    /// The points of the timeline, in order.
    points: Vec<(String, Option<Time>)>,
    /// How many tiers there were.
    tier: usize,
    /// Whether the open tier is speech, and who speaks in it.
    is_speech: bool,
    tier_speaker: Option<String>,
    events: Vec<Event>,
    /// The open element.
    open: &'a str,
}

impl<'a> ExmaraldaReader<'a> {
    fn start(&mut self, tag: &Tag<'a>) {
        let attribute = |name: &str| tag.attribute(name).map(Cow::into_owned);
        self.open = tag.name;
        match tag.name {
            "referenced-file" => {
                let url = attribute("url").filter(|url| url.starts_with("http"));
                self.metadata.url = self.metadata.url.take().or(url);
            }
            "speaker" => self.speaker = attribute("id"),
            "language" if self.metadata.language.is_none() => {
                self.metadata.language = attribute("lang").and_then(|it| language::code(&it));
            }
            "tli" => {
                let time = attribute("time").and_then(|it| it.trim().parse().ok());
                self.points.push((attribute("id").unwrap_or_default(), time.and_then(of_seconds)));
            }
            "tier" => {
                self.tier += 1;
                self.is_speech = attribute("type").is_none_or(|it| it == "t");
                self.tier_speaker = attribute("speaker");
            }
            "event" if self.is_speech => self.events.push(Event {
                tier: self.tier,
                speaker: self.tier_speaker.clone(),
                start: attribute("start").unwrap_or_default(),
                end: attribute("end").unwrap_or_default(),
                text: Vec::new(),
            }),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        self.open = "";
        if name == "tier" {
            self.is_speech = false;
        }
    }

    fn text(&mut self, text: &str, bytes: Range<usize>) {
        let written = || Some(single_line(&text[bytes.clone()])).filter(|it| !it.is_empty());
        match self.open {
            "transcription-name" => {
                self.metadata.title = self.metadata.title.take().or_else(written);
            }
            "abbreviation" => {
                if let Some((id, name)) = self.speaker.clone().zip(written()) {
                    self.names.insert(id, name);
                }
            }
            "event" if self.is_speech => {
                if let Some(event) = self.events.last_mut() {
                    event.text.push(bytes);
                }
            }
            _ => {}
        }
    }

    fn cues(&self, source: &Source<'_>, warnings: &mut Vec<Warning>) -> Vec<Cue> {
        let times = tiers::timeline(&self.points);
        let mut cues: Vec<Cue> = Vec::new();
        let mut last: Option<&Event> = None;
        let mut pieces = Pieces::new(source.text);
        let mut whole: Option<TimeSpan> = None;
        let mut close = |pieces: &mut Pieces<'_>, time: Option<TimeSpan>, event: Option<&Event>| {
            let text = pieces.take();
            let id = event.and_then(|event| event.speaker.as_ref());
            let name = id.map(|id| single_line(self.names.get(id).unwrap_or(id)));
            if !text.is_empty() {
                cues.push(Cue {
                    time,
                    speaker: name.filter(|it| !it.is_empty()).map(Speaker),
                    text,
                });
            }
        };
        for event in &self.events {
            let start = times.get(event.start.as_str()).map(|it| it.start);
            let end = times.get(event.end.as_str()).map(|it| it.end);
            let time = start.map(|start| TimeSpan { start, end: end.unwrap_or(start).max(start) });
            let first = event.text.first().map_or(0, |it| it.start);
            if time.is_none() {
                let message = "the event has no time; its text is kept without a time";
                warnings.push(Warning::at(source.line(first), message));
            }
            let goes_on = last.is_some_and(|last| {
                let ended =
                    last.text.last().is_some_and(|it| ends_sentence(&source.text[it.clone()]));
                last.tier == event.tier && last.end == event.start && !ended
            });
            if !goes_on {
                close(&mut pieces, whole.take(), last);
            }
            for bytes in &event.text {
                source.write(bytes.clone(), time, &mut pieces);
            }
            whole = match (whole, time) {
                (Some(whole), Some(time)) => {
                    Some(TimeSpan { end: whole.end.max(time.end), ..whole })
                }
                (whole, time) => whole.or(time),
            };
            last = Some(event);
        }
        close(&mut pieces, whole, last);
        cues
    }
}

fn ends_sentence(text: &str) -> bool {
    let words = text.trim_end().trim_end_matches(['"', '”', '’', ')', '«', '“']);
    words.ends_with(['.', '!', '?', '…'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::json::said;

    const SOURCE: &str = "<?xml version=\"1.0\"?>\n<basic-transcription><head><meta-information><transcription-name>Baking a tape</transcription-name><referenced-file url=\"tape.wav\"/></meta-information>\n<speakertable><speaker id=\"SPK0\"><abbreviation>Host</abbreviation><l1><language lang=\"eng\"/></l1></speaker><speaker id=\"SPK1\"><abbreviation>Archivist</abbreviation></speaker></speakertable></head>\n<basic-body><common-timeline><tli id=\"T0\" time=\"1.0\"/><tli id=\"T1\"/><tli id=\"T2\" time=\"3.5\"/><tli id=\"T3\" time=\"5\"/></common-timeline>\n<tier id=\"A\" speaker=\"SPK0\" category=\"v\" type=\"t\"><event start=\"T0\" end=\"T1\">It ro</event><event start=\"T1\" end=\"T2\">ts. </event></tier>\n<tier id=\"B\" speaker=\"SPK0\" category=\"en\" type=\"a\"><event start=\"T0\" end=\"T2\">Es fault.</event></tier>\n<tier id=\"C\" speaker=\"SPK1\" category=\"v\" type=\"t\"><event start=\"T2\" end=\"T3\">It does.</event></tier></basic-body></basic-transcription>";

    #[test]
    fn speech_is_read_and_annotations_are_not() {
        assert!(recognises(SOURCE));
        let transcript = read(SOURCE);
        assert_eq!(
            said(&transcript),
            [
                (Some("Host"), "It rots.", Some((1000, 3500))),
                (Some("Archivist"), "It does.", Some((3500, 5000)))
            ]
        );
        assert_eq!(transcript.metadata.title.as_deref(), Some("Baking a tape"));
        assert_eq!(transcript.metadata.language.as_deref(), Some("en"));
        assert_eq!(transcript.warnings, []);
    }

    #[test]
    fn an_event_without_a_time_is_kept_with_a_warning() {
        let transcript = read(&SOURCE.replace("start=\"T2\"", "start=\"T9\""));
        assert_eq!(transcript.turns.len(), 2);
        assert_eq!(transcript.warnings[0].line, Some(7));
    }
}
