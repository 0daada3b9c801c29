//! Who speaks when: `tape.rttm` beside `tape.ctm`.
//!
//! Speech recognition writes words and times, another program writes who speaks when. A word belongs
//! to the speaker whose stretch shares most time with it; one outside of all stretches keeps the
//! speaker that its own file names.

use super::{Companion, Contribution};
use crate::{
    place::{Place, TimeSpan},
    read::{
        nist::rttm::{self, SpeakerSpan},
        pieces::Gap,
    },
    text::TextSpan,
    transcript::{Speaker, Transcript, Turn, Warning},
};

/// An RTTM file beside the words of a recording.
pub const COMPANION: Companion = Companion { suffix: "rttm", of: &["ctm"], read };

fn read(source: &str, transcript: &mut Transcript) -> Contribution {
    let (spans, mut warnings) = rttm::parse(source);
    let recording = spans.first().map(|span| &span.recording);
    if spans.iter().any(|span| Some(&span.recording) != recording) {
        // Their times have nothing to do with each other, and turns know no recording.
        let message = "tells of several recordings; its speakers are left out: write one file for \
                       each";
        warnings.push(Warning::whole(message));
    } else if !spans.is_empty() {
        give_speakers(spans, transcript);
    }
    Contribution { warnings, ..Contribution::default() }
}

/// The stretches of a recording, in the order of their starts.
struct Spans {
    spans: Vec<SpeakerSpan>,
    /// How long the longest one lasts, in milliseconds.
    longest: u64,
}

impl Spans {
    fn new(mut spans: Vec<SpeakerSpan>) -> Self {
        spans.sort_by_key(|span| span.time.start);
        let lasts = |span: &SpeakerSpan| span.time.end.0.saturating_sub(span.time.start.0);
        let longest = spans.iter().map(lasts).max().unwrap_or(0);
        Self { spans, longest }
    }

    /// Who speaks most in a stretch of time; of equals the first.
    fn speaker_at(&self, time: TimeSpan) -> Option<&Speaker> {
        let ends_before =
            |span: &SpeakerSpan| span.time.start.0.saturating_add(self.longest) < time.start.0;
        let first = self.spans.partition_point(ends_before);
        let near = self.spans[first..].iter().take_while(|span| span.time.start <= time.end);
        let shared = |span: &SpeakerSpan| {
            let end = span.time.end.min(time.end).0;
            end.checked_sub(span.time.start.max(time.start).0)
        };
        near.filter_map(|span| Some((shared(span)?, &span.speaker)))
            .reduce(|best, next| if next.0 > best.0 { next } else { best })
            .map(|(_, speaker)| speaker)
    }
}

/// Gives each word of a document its speaker, and joins what one speaker says.
fn give_speakers(spans: Vec<SpeakerSpan>, transcript: &mut Transcript) {
    let spans = Spans::new(spans);
    let mut turns: Vec<Turn> = Vec::with_capacity(transcript.turns.len());
    for turn in std::mem::take(&mut transcript.turns) {
        // What parts this word from the last one, where the same speaker goes on.
        let mut gap = Gap::Line.as_str();
        let mut speaker = turn.speaker.as_ref();
        for (part, written) in turn.text.pieces() {
            let word = written.trim();
            if word.is_empty() {
                gap = written;
                continue;
            }
            if let Some(time) = part.place.time {
                speaker = spans.speaker_at(time).or(turn.speaker.as_ref());
            }
            let before = written.len() - written.trim_start().len();
            let after = before + word.len();
            if before > 0 {
                gap = &written[..before];
            }
            if turns.last().is_none_or(|last| last.speaker.as_ref() != speaker) {
                turns.push(Turn { speaker: speaker.cloned(), ..Turn::default() });
            }
            if let Some(Turn { text, .. }) = turns.last_mut() {
                if !text.is_empty() {
                    text.push(gap, Place { source: None, ..part.place });
                }
                let span = TextSpan::new(part.start + before, part.start + after);
                text.append(&turn.text.slice(span));
            }
            gap = &written[after..];
        }
    }
    transcript.turns = turns;
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::read::{self, json::said};

    const WORDS: &str = "tape 1 1.0 0.4 so\ntape 1 1.4 0.2 it\ntape 1 1.6 0.5 rots\ntape 1 4.0 0.5 %um\ntape 1 4.5 x oh\ntape 1 20 1 yes\n";

    fn words(text: &str) -> Transcript {
        read::read("tape.ctm", text.as_bytes(), &read::Options::default()).unwrap().transcript
    }

    #[test]
    fn a_word_belongs_to_who_speaks_most_while_it_is_said() {
        let spans = "SPEAKER tape 1 0.9 0.9 <NA> <NA> Host <NA>\nSPEAKER tape 1 1.5 9 <NA> <NA> Archivist <NA>";
        let mut transcript = words(WORDS);
        let told = read(spans, &mut transcript);
        assert_eq!(told, Contribution::default());
        assert_eq!(
            said(&transcript),
            [
                (Some("Host"), "so it", Some((1000, 1600))),
                (Some("Archivist"), "rots\n[um] oh", Some((1600, 4500))),
                (None, "yes", Some((20000, 21000))),
            ]
        );
        let yes = &transcript.turns[2].text;
        let place = yes.place(TextSpan::new(0, 3));
        assert_eq!(place.source.map(|it| (it.at.line, it.at.column)), Some((6, 13)));
    }

    #[test]
    fn a_word_outside_of_all_stretches_keeps_its_own_speaker() {
        let mut transcript = words("t A 1 1 so\nt B 2 1 yes\nt B 9 1 no\n");
        read("SPEAKER t 1 0 3 <NA> <NA> Host <NA>", &mut transcript);
        assert_eq!(
            said(&transcript),
            [
                (Some("Host"), "so\nyes", Some((1000, 3000))),
                (Some("Channel B"), "no", Some((9000, 10000))),
            ]
        );
    }

    #[test]
    fn several_recordings_are_a_warning_and_change_nothing() {
        let spans =
            "SPEAKER a 1 0 3 <NA> <NA> Host <NA>\nSPEAKER b 1 0 3 <NA> <NA> Guest <NA>\nSPEAKER b";
        let mut transcript = words(WORDS);
        let told = read(spans, &mut transcript);
        assert_eq!(transcript, words(WORDS));
        let lines: Vec<_> = told.warnings.iter().map(|warning| warning.line).collect();
        assert_eq!(lines, [Some(3), None]);
    }

    proptest! {
        #[test]
        fn no_word_is_lost(
            rows in prop::collection::vec((0_u32..40, 0_u32..9, "[a-z]{1,3}"), 1..12),
            spans in prop::collection::vec((0_u32..40, 0_u32..20, "[AB]"), 0..6),
        ) {
            let row = |(start, lasts, word): &(u32, u32, String)| format!("t 1 {start} {lasts} {word}");
            let span = |(start, lasts, name): &(u32, u32, String)| {
                format!("SPEAKER t 1 {start} {lasts} <NA> <NA> {name} <NA>")
            };
            let text = rows.iter().map(row).collect::<Vec<_>>().join("\n");
            let rttm = spans.iter().map(span).collect::<Vec<_>>().join("\n");
            let all = |transcript: &Transcript| -> Vec<String> {
                let words = transcript.turns.iter().flat_map(|it| it.text.as_str().split_whitespace());
                words.map(str::to_owned).collect()
            };
            let mut transcript = words(&text);
            let before = all(&transcript);
            read(&rttm, &mut transcript);
            prop_assert_eq!(all(&transcript), before);
        }
    }
}
