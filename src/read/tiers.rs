//! Tiers of annotation programs: which of them are speech, and what is said in them.
//!
//! ELAN and Praat keep several tiers beside each other: what somebody says, the same in single
//! words, in phones, in another language, notes about it. Each word is to be read once. So of the
//! tiers that a format does not mark itself, these are left out:
//!
//! - those whose name says that they hold no speech (`phones`, `gesture`, `translation`), as long as
//!   another tier is left;
//! - those that part another one: all their intervals lie inside its intervals, cover half of
//!   their time or more, and are more of them, or as many in a tier that comes later; or all their
//!   words stand in the intervals around them. Two tiers with different speakers never are that.

use std::collections::HashMap;

use crate::{
    place::{Time, TimeSpan},
    read::{
        cues::{self, Cue},
        spoken_words::{self, Word},
    },
    transcript::{Speaker, Turn},
};

/// A tier: annotations of one kind, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tier {
    /// Its name, as written.
    pub name: String,
    /// Who speaks in it.
    pub speaker: Option<Speaker>,
    /// What stands in it; empty annotations are left out.
    pub cues: Vec<Cue>,
}

/// The turns of the tiers that are speech, in the order of their times.
#[must_use]
pub fn turns(source: &str, mut tiers: Vec<Tier>) -> Vec<Turn> {
    tiers.retain(|tier| !tier.cues.is_empty());
    for tier in &mut tiers {
        cues::sort(&mut tier.cues);
    }
    if !tiers.iter().all(|tier| is_no_speech(&tier.name)) {
        tiers.retain(|tier| !is_no_speech(&tier.name));
    }
    let repeated: Vec<bool> = (0..tiers.len()).map(|at| is_repeated(&tiers, at)).collect();
    let mut said = Vec::new();
    for (tier, _) in tiers.into_iter().zip(repeated).filter(|(_, repeated)| !repeated) {
        let speaker = tier.speaker;
        let single = tier.cues.iter().filter(|cue| !cue.text.as_str().contains(' ')).count();
        let of_words = single * 3 > tier.cues.len() * 2 && tier.cues.len() > 3;
        let named = tier.cues.into_iter().map(|cue| Cue { speaker: speaker.clone(), ..cue });
        if of_words {
            said.extend(spoken_words::cues(named.map(|cue| Word {
                text: cue.text,
                time: cue.time,
                speaker: cue.speaker,
            })));
        } else {
            said.extend(named);
        }
    }
    cues::sort(&mut said);
    cues::turns_of_named(source, said)
}

/// The earliest and the latest time that each point of a timeline can stand for. The points come in
/// order; one without a time lies between its neighbours.
#[must_use]
pub fn timeline(points: &[(String, Option<Time>)]) -> HashMap<&str, TimeSpan> {
    let mut after = None;
    let mut latest = Vec::with_capacity(points.len());
    for (_, time) in points.iter().rev() {
        after = time.or(after);
        latest.push(after);
    }
    let mut before = None;
    let mut times = HashMap::with_capacity(points.len());
    for ((id, time), latest) in points.iter().zip(latest.into_iter().rev()) {
        before = time.or(before);
        if let Some(start) = before.or(latest) {
            let end = latest.unwrap_or(start).max(start);
            times.insert(id.as_str(), TimeSpan { start, end });
        }
    }
    times
}

/// Who speaks in a tier that is known by its name alone: `Host` of `Host`, `Host - words` and
/// `Host_utterances`; nobody in `words`.
#[must_use]
pub fn speaker_of(name: &str) -> Option<Speaker> {
    let mut rest = name.trim();
    loop {
        let before = rest;
        for level in LEVELS.iter().chain(NO_SPEECH) {
            let shorter = without_end(rest, level).or_else(|| without_start(rest, level));
            rest = shorter.unwrap_or(rest).trim_matches(is_separator);
        }
        if rest.len() == before.len() {
            break;
        }
    }
    let is_number = rest.bytes().all(|byte| byte.is_ascii_digit());
    match (rest.is_empty(), is_number) {
        (true, _) => None,
        (false, true) => Some(Speaker(format!("Speaker {rest}"))),
        (false, false) => Some(Speaker(rest.to_owned())),
    }
}

fn without_end<'a>(name: &'a str, level: &str) -> Option<&'a str> {
    let at = name.len().checked_sub(level.len())?;
    let end = name.get(at..)?;
    let before = &name[..at];
    (end.eq_ignore_ascii_case(level) && (before.is_empty() || before.ends_with(is_separator)))
        .then_some(before)
}

fn without_start<'a>(name: &'a str, level: &str) -> Option<&'a str> {
    let start = name.get(..level.len())?;
    let after = &name[level.len()..];
    (start.eq_ignore_ascii_case(level) && after.starts_with(is_separator)).then_some(after)
}

fn is_separator(character: char) -> bool {
    character.is_whitespace() || "-_:./|()[]".contains(character)
}

/// What tiers of speech are called that are not called after their speaker.
const LEVELS: &[&str] = &[
    "word",
    "words",
    "utterance",
    "utterances",
    "utt",
    "sentence",
    "sentences",
    "phrase",
    "phrases",
    "turn",
    "turns",
    "transcription",
    "transcript",
    "trans",
    "ort",
    "ortho",
    "orthography",
    "orthographic",
    "text",
    "txt",
    "tx",
    "speech",
    "tier",
    "default",
    "ipu",
    "silences",
    "silence",
];

/// What tiers are called that hold no speech, or the same once more.
const NO_SPEECH: &[&str] = &[
    "phone",
    "phones",
    "phon",
    "phoneme",
    "phonemes",
    "phonetic",
    "phonetics",
    "mau",
    "kan",
    "kas",
    "ipa",
    "syll",
    "syllable",
    "syllables",
    "tone",
    "tones",
    "tobi",
    "pitch",
    "pos",
    "lemma",
    "lemmas",
    "morph",
    "morphs",
    "mb",
    "ge",
    "gloss",
    "glosses",
    "translation",
    "translations",
    "comment",
    "comments",
    "note",
    "notes",
    "gesture",
    "gestures",
    "gaze",
    "posture",
    "noise",
    "noises",
    "misc",
];

fn is_no_speech(name: &str) -> bool {
    let mut words = name.split(|it: char| !it.is_alphanumeric());
    words.any(|word| NO_SPEECH.iter().any(|known| known.eq_ignore_ascii_case(word)))
}

fn is_repeated(tiers: &[Tier], at: usize) -> bool {
    let inner = &tiers[at];
    let spans: Option<Vec<TimeSpan>> = inner.cues.iter().map(|cue| cue.time).collect();
    let Some(spans) = spans else {
        return false;
    };
    tiers.iter().enumerate().any(|(other, outer)| {
        let differ = inner.speaker.is_some() && outer.speaker.is_some();
        let may_be_inside = other != at && !(differ && inner.speaker != outer.speaker);
        let is_finer =
            spans.len() > outer.cues.len() || (spans.len() == outer.cues.len() && at > other);
        may_be_inside
            && ((is_finer && parts(&spans, &outer.cues))
                || ((is_finer || at > other) && repeats(&inner.cues, &outer.cues)))
    })
}

/// Borders of intervals that are meant to be the same may differ by so much, in milliseconds.
const TOLERANCE: u64 = 20;

/// Whether all that is said in a tier is said in the intervals of another one around it.
fn repeats(inner: &[Cue], outer: &[Cue]) -> bool {
    inner.iter().all(|cue| {
        let after = outer.partition_point(|it| start(it) <= start(cue) + TOLERANCE);
        let around = after.checked_sub(1).and_then(|at| outer.get(at));
        around.is_some_and(|it| it.text.as_str().contains(cue.text.as_str()))
    })
}

fn start(cue: &Cue) -> u64 {
    cue.time.map_or(0, |time| time.start.0)
}

/// Whether all spans lie inside intervals of a tier, and cover half of them or more.
fn parts(spans: &[TimeSpan], outer: &[Cue]) -> bool {
    let around: Vec<TimeSpan> = outer.iter().filter_map(|cue| cue.time).collect();
    let lasts = |spans: &[TimeSpan]| spans.iter().map(|it| it.end.0 - it.start.0).sum::<u64>();
    let is_inside = |span: &TimeSpan| {
        let after = around.partition_point(|it| it.start.0 <= span.start.0 + TOLERANCE);
        let last = after.checked_sub(1).and_then(|at| around.get(at));
        last.is_some_and(|it| span.end.0 <= it.end.0 + TOLERANCE)
    };
    lasts(spans).saturating_mul(2) >= lasts(&around) && spans.iter().all(is_inside)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        place::Place,
        read::said::{Said, said_in, turn},
        text::Text,
    };

    fn tier(name: &str, cues: &[(u64, u64, &str)]) -> Tier {
        let cue = |(start, end, words): &(u64, u64, &str)| {
            let time = Some(TimeSpan { start: Time(*start), end: Time(*end) });
            let mut text = Text::default();
            text.push(words, Place { time, ..Place::default() });
            Cue { time, speaker: None, text }
        };
        let cues = cues.iter().map(cue).collect();
        Tier { name: name.to_owned(), speaker: speaker_of(name), cues }
    }

    fn said(tiers: &[Tier]) -> Vec<Said> {
        said_in(turns("", tiers.to_vec()))
    }

    #[test]
    fn words_that_part_an_utterance_are_not_repeated() {
        let utterances = tier("utterances", &[(0, 900, "so it rots"), (1000, 2000, "it does")]);
        let words = tier(
            "words",
            &[(0, 300, "so"), (300, 600, "it"), (600, 900, "rots"), (1000, 2000, "it does")],
        );
        let phones = tier("phones", &[(0, 300, "s"), (300, 600, "I")]);
        let expected = [(None, "so it rots\nit does".to_owned())];
        assert_eq!(said(&[utterances.clone(), words.clone(), phones.clone()]), expected);
        assert_eq!(said(&[phones.clone(), words.clone(), utterances]), expected);
        assert_eq!(said(&[words, phones.clone()]), [(None, "so it rots it does".to_owned())]);
        assert_eq!(said(&[phones]), [(None, "s\nI".to_owned())]);
    }

    #[test]
    fn a_tier_of_a_speaker_is_kept_beside_that_of_another() {
        let tiers = [
            tier("Host", &[(0, 9000, "a long story")]),
            tier("Archivist", &[(1000, 5000, "I see"), (5000, 8000, "well")]),
        ];
        assert_eq!(said(&tiers), [turn("Host", "a long story"), turn("Archivist", "I see\nwell")]);
    }

    #[test]
    fn somebody_who_says_little_meanwhile_is_kept() {
        let tiers = [
            tier("transcription", &[(0, 9000, "a long story")]),
            tier("text", &[(1000, 1200, "I see"), (5000, 5100, "well")]),
        ];
        assert_eq!(said(&tiers), [(None, "a long story\nI see\nwell".to_owned())]);
    }

    #[test]
    fn a_tier_is_called_after_its_speaker() {
        for (name, speaker) in [
            ("Host", Some("Host")),
            ("Host - words", Some("Host")),
            ("words_Host", Some("Host")),
            ("Ada King utterances", Some("Ada King")),
            ("2", Some("Speaker 2")),
            ("words", None),
            ("ORT-words", None),
            ("Sword", Some("Sword")),
            ("", None),
        ] {
            assert_eq!(speaker_of(name).map(|it| it.0).as_deref(), speaker, "{name}");
        }
    }
}
